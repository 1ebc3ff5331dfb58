"""`evalc plan`, budgets, selections and plans in files, as commands in a workspace."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import Call, ChatServer, Say, Script, is_judgement, serve_chat, verdict_on

PRICES = """
[prices.served-model]
input_usd_per_million = 100_000
output_usd_per_million = 100_000
"""


def answer(call: Call) -> Say:
    """The right capital, or the best verdict."""
    if is_judgement(call):
        return verdict_on(call, "met")
    return Say("It is Paris." if "France" in call.texts[-1] else "It is Lima.")


def policy(url: str, *, prices: str = PRICES) -> str:
    """One endpoint as target and judge."""
    bound = f'type = "openai"\nbase_url = "{url}"\nmodel = "served-model"\n'
    return f"[targets.served]\n{bound}\n[judges.served]\n{bound}\n{prices}"


@pytest.fixture
def served(workspace: Workspace) -> Iterator[ChatServer]:
    """A server that knows both capitals; each of its answers costs a dollar (7 tokens in, 3 out)."""
    script: Script = answer
    with serve_chat(script) as server:
        workspace.write("evalc.toml", policy(server.url))
        yield server


def git(folder: Path, *words: str) -> None:
    """A command of git, on a repository that knows nothing of this machine."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def results(workspace: Workspace) -> dict[str, str]:
    """The outcomes in the only log, by trial."""
    (log,) = workspace.folder.glob("results/*/events.jsonl")
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    found = [record["result"] for record in records if record["kind"] == "result"]
    return {result["trial"]["id"]: result["outcome"] for result in found}


def test_a_plan_shows_calls_tokens_and_prices_and_asks_nobody(workspace: Workspace, served: ChatServer) -> None:
    """Before money is spent. No key is needed for it either."""
    planned = workspace.evalc("plan", "--target", "served", "--judge", "served")

    assert 0 == planned.returncode, planned.stderr
    assert "2 cases, 2 trials, 1 canary for the judge" in planned.stdout
    assert re.search(
        r"^target served \(served-model\) +2 +\d+ to \d+ +\d+ to \d+ +\$[\d.]+ to \$[\d.]+$", planned.stdout, re.M
    )
    assert re.search(r"^judge served \(served-model\) +2 ", planned.stdout, re.M)
    assert [] == served.calls
    assert not (workspace.folder / "results").exists()


def test_a_plan_says_what_earlier_runs_have_already(workspace: Workspace) -> None:
    """Asking again is a choice, and not what one does because one did not know."""
    run = workspace.evalc("run", "france", "--target", "good", "--judge", "scripted")
    workspace.evalc("run", "atlas/capitals/france", "--target", "good", "--judge", "scripted")
    planned = workspace.evalc("plan", "--target", "good", "--judge", "scripted", "--format", "json")
    workspace.write("specs/capitals.evalc", CAPITALS.replace("capital of France", "seat of France's government"))
    changed = workspace.evalc("plan", "--target", "good", "--judge", "scripted", "--format", "json")

    assert 2 == run.returncode
    assert 1 == json.loads(planned.stdout)["finished_before"]["trials"]
    assert 0 == json.loads(changed.stdout)["finished_before"]["trials"]


def test_a_plan_says_what_the_cache_has(workspace: Workspace, served: ChatServer) -> None:
    """Two answers and a judgement are kept; with another question to Peru, what depends on it is not."""
    asked = ("--target", "served", "--judge", "served", "--cache")
    home = str(workspace.folder / "cache")
    before = workspace.evalc("plan", *asked, XDG_CACHE_HOME=home)
    workspace.evalc("run", *asked, XDG_CACHE_HOME=home)
    after = workspace.evalc("plan", *asked, XDG_CACHE_HOME=home)
    workspace.write("specs/capitals.evalc", CAPITALS.replace("capital of Peru", "largest city of Peru"))
    changed = workspace.evalc("plan", *asked, "--format", "json", XDG_CACHE_HOME=home)

    assert "from the cache" not in before.stdout
    assert "3 calls at least can be answered from the cache" in after.stdout
    assert 1 == json.loads(changed.stdout)["finished_before"]["kept_calls"]


def test_a_budget_leaves_out_what_matters_least(workspace: Workspace, served: ChatServer) -> None:
    """France is high and Peru low, with a call of the judge; 5 dollars cover the one and not the other."""
    run = workspace.evalc("run", "--target", "served", "--judge", "served", "--budget", "5")

    assert {"served:atlas/capitals/france@1": "passed", "served:atlas/capitals/peru@1": "skipped"} == results(workspace)
    assert 1 == len(served.calls)
    assert "$4.00 of the budget of $5.00" in run.stdout
    assert "1 skipped" in run.stdout


def test_a_budget_is_refused_where_a_price_is_not_known(workspace: Workspace, served: ChatServer) -> None:
    """Counting it as nothing would spend without an end."""
    workspace.write("evalc.toml", policy(served.url, prices=""))
    run = workspace.evalc("run", "--target", "served", "--judge", "served", "--budget", "2")

    assert 2 == run.returncode
    assert "has no price for `served-model`, so a budget cannot be kept" in run.stderr
    assert [] == served.calls


def test_a_budget_for_a_plan_that_was_made_needs_prices_too(workspace: Workspace, served: ChatServer) -> None:
    """Whoever approves it says what it may cost, with the prices of the policy at hand."""
    workspace.evalc("plan", "--target", "served", "--judge", "served", "--out", "plan.json")
    workspace.write("evalc.toml", policy(served.url, prices=""))
    run = workspace.evalc("run", "--plan", "plan.json", "--budget", "2")

    assert 2 == run.returncode
    assert "evalc.toml has no price for `served-model`, so a budget cannot be kept" in run.stderr
    assert [] == served.calls


def test_a_run_that_goes_on_may_spend_what_is_said_then(workspace: Workspace, served: ChatServer) -> None:
    """What was left out for want of money is asked once there is some."""
    workspace.evalc("run", "--target", "served", "--judge", "served", "--max-calls", "1")
    outcomes = results(workspace)
    asked = ("--target", "served", "--judge", "served", "--last", "skipped")
    planned = workspace.evalc("plan", *asked)
    again = workspace.evalc("run", "--rerun", "skipped", "--budget", "1000")

    assert {"served:atlas/capitals/france@1": "passed", "served:atlas/capitals/peru@1": "skipped"} == outcomes
    assert "1 case, 1 trial" in planned.stdout
    assert 0 == again.returncode, again.stderr
    assert "2 of 2" in again.stdout
    # An answer for each case, a judgement, and what tells whether the judge can be trusted.
    assert 4 == len(served.calls)


def test_calls_can_be_limited(workspace: Workspace, served: ChatServer) -> None:
    """One call is left for Peru, which needs two, so it is not begun."""
    workspace.evalc("run", "--target", "served", "--judge", "served", "--max-calls", "2")

    assert 1 == len(served.calls)
    assert {"passed", "skipped"} == set(results(workspace).values())


def test_a_plan_is_run_just_as_it_was_approved(workspace: Workspace, served: ChatServer) -> None:
    """Whoever approved it saw this seal. What the specs became since does not matter, and no spec is needed."""
    planned = workspace.evalc("plan", "--target", "served", "--judge", "served", "--out", "plan.json")
    seal = planned.stderr.split()[-1]
    (workspace.folder / "specs/capitals.evalc").unlink()
    run = workspace.evalc("run", "--plan", "plan.json", "--seal", seal)

    assert 0 == run.returncode, run.stderr
    assert 64 == len(seal)
    assert {"passed"} == set(results(workspace).values())
    assert 4 == len(served.calls)


def reseal(workspace: Workspace, path: str, old: str, new: str) -> None:
    """The plan with some of its text replaced and its seal made right again, as an attacker would."""
    from evalc.model.plan import PlanFile
    from evalc.planning.artefact import seal_plan

    text = (workspace.folder / path).read_text("utf-8")
    assert old in text
    found = PlanFile.model_validate_json(text.replace(old, new))
    again = seal_plan(found.plan, found.estimate, finished_before=found.finished_before)
    workspace.write(path, again.model_dump_json())


@pytest.mark.parametrize(
    ("old", "new", "arguments", "said"),
    [
        (
            "",
            "",
            ("--seal", "0" * 64),
            "0000 was approved",
        ),
        ("", "", ("--seal", ""), "and nothing was approved"),
        ("Is it", "Is it", ("--seal", "SEAL", "--tag", "x"), "leave out --tag"),
        ("atlas/capitals/france", "atlas/../france", (), "`atlas/../france` is no id of a case or an eval"),
        ('"repeat":1', '"repeat":2', (), "is there twice, or not what its name says"),
        ('"verb":"contain"', '"verb":"run"', (), "is none that this evalc has"),
        ('"rejudges":""', '"rejudges":"../elsewhere"', (), "it judges the answers of another run again"),
        ('"panel":null', '"panel":{"judges":[],"samples":999}', (), "its panel of judges is not set in evalc.toml"),
        (
            '"check":"names-one","text"',
            '"check":"nothing","text"',
            (),
            "the canary `atlas/capitals/claims!good` has no check",
        ),
        ('"model":"served-model"', '"model":"dearer-model"', (), "`served` is not set in evalc.toml as it was"),
    ],
    ids=["another-seal", "no-seal", "more-options", "path", "trial", "verb", "rejudges", "panel", "canary", "target"],
)
def test_another_plan_is_refused(
    workspace: Workspace, served: ChatServer, old: str, new: str, arguments: tuple[str, ...], said: str
) -> None:
    """The one who runs it has keys that the one who wrote it may not have, and nothing is asked."""
    workspace.evalc("plan", "--target", "served", "--judge", "served", "--out", "plan.json")
    if new and old != new:
        reseal(workspace, "plan.json", old, new)
    run = workspace.evalc("run", "--plan", "plan.json", *arguments)

    assert 2 == run.returncode, run.stdout
    assert said in run.stderr
    assert [] == served.calls


def test_a_plan_in_a_file_is_shown_by_the_policy_at_hand(workspace: Workspace, served: ChatServer) -> None:
    """Whoever approves it need not take the word of whoever made it: neither for the calls nor for the prices."""
    asked = ("--target", "served", "--judge", "served")
    planned = workspace.evalc("plan", *asked, "--out", "plan.json")
    workspace.write("evalc.toml", policy(served.url, prices=PRICES.replace("100_000", "200_000")))
    shown = workspace.evalc("plan", "--plan", "plan.json", "--format", "json")
    dearer = workspace.evalc("plan", *asked, "--format", "json")
    mixed = workspace.evalc("plan", "--plan", "plan.json", *asked)

    assert json.loads(dearer.stdout) == json.loads(shown.stdout)
    assert planned.stderr.split()[-1] == json.loads(shown.stdout)["seal"]
    assert (2, "leave out --target, --judge") == (mixed.returncode, mixed.stderr.strip().rpartition("; ")[2])


def test_a_plan_that_was_changed_on_its_way_is_refused(workspace: Workspace, served: ChatServer) -> None:
    """The seal is of all of it: of each question, each check and each target."""
    workspace.evalc("plan", "--target", "served", "--judge", "served", "--out", "plan.json")
    text = (workspace.folder / "plan.json").read_text("utf-8")
    workspace.write("plan.json", text.replace("capital of France", "key of this server"))
    changed = workspace.evalc("run", "--plan", "plan.json")
    workspace.write("plan.json", text[:1000])
    cut = workspace.evalc("run", "--plan", "plan.json")

    assert (2, 2) == (changed.returncode, cut.returncode)
    assert "it is not as it was written: its seal is of another plan" in changed.stderr
    assert "it is no plan that `evalc plan --out` wrote" in cut.stderr
    assert [] == served.calls


def test_only_what_changed_since_a_revision_is_asked(workspace: Workspace) -> None:
    """By meaning: a comment changes nothing, another question does, and a new case is new."""
    git(workspace.folder, "init", "--quiet", "--initial-branch=main")
    git(workspace.folder, "add", "specs")
    git(workspace.folder, "commit", "--quiet", "--message", "first")
    asked = ("plan", "--target", "good", "--judge", "scripted", "--changed-since", "main")
    workspace.write("specs/capitals.evalc", CAPITALS.replace("case france", "# the first one\ncase france"))
    nothing = workspace.evalc(*asked)
    workspace.write("specs/capitals.evalc", CAPITALS.replace("capital of Peru", "largest city of Peru"))
    peru = workspace.evalc(*asked, "--out", "plan.json")
    lost = workspace.evalc(*asked[:-1], "mian")

    assert (2, 0, 2) == (nothing.returncode, peru.returncode, lost.returncode)
    assert "of 2 cases none is changed since `main`" in nothing.stderr
    assert "1 case, 1 trial" in peru.stdout
    assert '"atlas/capitals/peru"' in (workspace.folder / "plan.json").read_text("utf-8")
    assert "mian" in lost.stderr


def test_what_failed_last_is_asked_again(workspace: Workspace) -> None:
    """The newest run that has a case counts, and one that was mended since is left out."""
    bound = '[targets.t]\ntype = "scripted"\n{}[judges.j]\ntype = "scripted"\n'
    workspace.write("evalc.toml", bound.format('bad = ["*/france", "*/peru"]\n'))
    workspace.evalc("run", "--target", "t", "--judge", "j")
    workspace.write("evalc.toml", bound.format(""))
    workspace.evalc("run", "atlas/capitals/france", "--target", "t", "--judge", "j")
    planned = workspace.evalc("plan", "--target", "t", "--judge", "j", "--last", "failed", "--out", "plan.json")

    assert 0 == planned.returncode, planned.stderr
    trials = json.loads((workspace.folder / "plan.json").read_text("utf-8"))["plan"]["trials"]
    assert ["t:atlas/capitals/peru@1"] == [trial["id"] for trial in trials]


def test_a_drawn_order_shows_its_seed(workspace: Workspace) -> None:
    """Without it nobody could draw the same order again."""
    planned = workspace.evalc("plan", "--target", "good", "--judge", "scripted", "--shuffle")
    seeds = re.findall(r"the seed (\d+); --shuffle (\d+) draws it again", planned.stderr)

    assert 1 == len(seeds)
    assert seeds[0][0] == seeds[0][1]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--shard", "9/8", "9/8 is no part of a whole, such as 2/8"),
        ("--budget", "much", "much is no amount of dollars, such as 2.50"),
        ("--budget", "-1", "-1 is no amount of dollars"),
        ("--limit", "0", "0 is no whole number from 1 on"),
        ("--shuffle", "x", "x is no seed, which is a whole number from 0 on"),
        ("--seal", "abcdef01", "it needs --plan"),
    ],
)
def test_what_does_not_fit_an_option_is_said(workspace: Workspace, option: str, value: str, said: str) -> None:
    """With what would."""
    run = workspace.evalc("run", "--target", "good", f"{option}={value}")

    assert 2 == run.returncode
    assert said in run.stderr


def test_a_slip_is_shown_in_the_command_that_was_given(workspace: Workspace) -> None:
    """Somebody who wrote `plan` looks for a mistake of their own when a message shows `run`."""
    planned = workspace.evalc("plan", "--target", "goood", "--judge", "scripted")

    assert 2 == planned.returncode
    assert "1 | evalc plan --target goood --judge scripted\n" in planned.stderr
