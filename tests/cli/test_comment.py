"""`evalc comment`: one comment with what a change does and what a run found."""

import json
import os
import re
from collections.abc import Iterator

import pytest

from tests.cli.conftest import CAPITALS, POLICY, Workspace
from tests.cli.test_diff import commit, git, weaken
from tests.servers.forge import ForgeServer, serve_forge

_PINGS = re.compile(r"@\w|!\[|<img|<script|<!--(?! evalc comment -->)|^/\w|^::", re.MULTILINE)


@pytest.fixture
def repository(workspace: Workspace) -> Workspace:
    """The workspace, committed."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    commit(workspace)
    return workspace


@pytest.fixture
def forge() -> Iterator[ForgeServer]:
    """A forge without comments."""
    with serve_forge() as running:
        yield running


def job(workspace: Workspace, forge: ForgeServer) -> dict[str, str]:
    """The environment of a job of GitHub Actions about pull request 12."""
    event = workspace.folder / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 12}}), encoding="utf-8")
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": forge.url,
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_TOKEN": "token-of-the-job",
        "CI": "true",
    }


def run(workspace: Workspace) -> None:
    """One run of all cases, whatever it finds."""
    ended = workspace.evalc("run", "--target", "good", "--judge", "scripted")
    assert ended.returncode in (0, 1), ended.stderr


def test_it_tells_what_a_change_weakens_and_what_the_run_found(repository: Workspace) -> None:
    """A reviewer needs both in one place: an eval that got easier explains a run that got better."""
    run(repository)
    repository.write("evalc.toml", POLICY.replace('"good"', '"bad"'))
    run(repository)
    weaken(repository)
    commit(repository)
    first = min(path.name for path in (repository.folder / "results").iterdir())
    ended = repository.evalc("comment", "HEAD^..HEAD", "--run", "latest", "--against", first)
    text = ended.stdout

    assert (0, "") == (ended.returncode, ended.stderr)
    assert text.startswith("<!-- evalc comment -->\n## ❌ The gate failed\n")
    assert "| `atlas/capitals` | `good` (scripted) | 0 of 2" in text
    assert "**Since then:** 2 lost and 0 gained of 2 compared" in text
    assert text.index("cases flipped") < text.index("cases did not pass") < text.index("### What this change does")
    assert "**check-loosened**" in text


def test_what_was_accepted_is_held_against_the_run(repository: Workspace) -> None:
    """The baseline in git says what people were content with; a run of last week need not be kept for it."""
    run(repository)
    repository.evalc("bless")
    repository.write("evalc.toml", POLICY.replace('"good"', '"bad"'))
    run(repository)
    text = repository.evalc("comment", "HEAD", "--run", "latest").stdout

    assert "`good` against its baseline" in text
    assert "2 lost and 0 gained of 2 compared" in text
    assert "from `good` in the baseline to `good` in `" in text


def test_a_push_renews_the_comment(repository: Workspace, forge: ForgeServer) -> None:
    """One comment with what holds now, however often somebody pushes."""
    environment = job(repository, forge)
    weaken(repository)
    commit(repository)
    first = repository.evalc("comment", "HEAD^..HEAD", "--post", **environment)
    repository.write("notes.txt", "nothing of an eval")
    commit(repository)
    second = repository.evalc("comment", "HEAD^..HEAD", "--post", **environment)

    assert (0, 0) == (first.returncode, second.returncode), first.stderr + second.stderr
    assert "the comment is at https://github.example/o/r/pull/12#issuecomment-1\n" == first.stdout == second.stdout
    (note,) = forge.notes
    assert "Nothing changed" in note.body


def test_lines_are_linked_to_where_the_pull_request_lives(repository: Workspace, forge: ForgeServer) -> None:
    """The next question is what the line says."""
    weaken(repository)
    commit(repository)
    repository.evalc("comment", "HEAD^..HEAD", "--post", **job(repository, forge))

    assert re.search(r"\(https://github.example/o/r/blob/[0-9a-f]{40}/specs/capitals.evalc#L\d+\)", forge.notes[0].body)


def test_a_fork_is_answered_in_the_summary_of_the_job(repository: Workspace, forge: ForgeServer) -> None:
    """The token of a fork's job may not comment, and that is right so; what there is to say is said all the same."""
    summary = repository.folder / "summary.md"
    forge.failures = [403]
    weaken(repository)
    commit(repository)
    environment = {**job(repository, forge), "GITHUB_STEP_SUMMARY": str(summary)}
    ended = repository.evalc("comment", "HEAD^..HEAD", "--post", **environment)

    assert 0 == ended.returncode
    assert ended.stdout.endswith("so the comment is in the summary of the job\n")
    assert "**check-loosened**" in summary.read_text("utf-8")


def test_a_token_is_in_nothing_that_is_written(repository: Workspace, forge: ForgeServer) -> None:
    """Whatever goes wrong, what a job prints can be read by anybody."""
    environment = job(repository, forge)
    commit(repository)
    for forge.failures in ([], [500], [403]):
        ended = repository.evalc("comment", "HEAD^..HEAD", "--post", **environment)

        assert "token-of-the-job" not in ended.stdout + ended.stderr + str(forge.notes)
    assert {"Bearer token-of-the-job"} == forge.tokens


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--against", "latest"], "`--against` says what `--run` is compared with"),
        (["--run", "lates"], "did you mean `latest`?"),
        (["--post"], "this is no job of GitHub Actions or GitLab"),
        (["nowhere..HEAD"], "there is no revision `nowhere`"),
    ],
)
def test_what_cannot_be_told_is_an_error_with_a_cure(repository: Workspace, words: list[str], said: str) -> None:
    """The author of a workflow sees the message alone."""
    run(repository)
    ended = repository.evalc("comment", *words, GITHUB_ACTIONS="", GITLAB_CI="")

    assert 2 == ended.returncode
    assert said in ended.stderr


def test_words_of_others_do_nothing_in_the_comment(repository: Workspace) -> None:
    """Names, pictures, HTML, hidden remarks and commands of a forge can stand in a spec or an answer."""
    hostile = "@everyone ![x](https://evil.example/p.png) <img src=x> <!-- hide --> `x` | y <script>x</script>"
    # A scripted target answers with the example, which fails the check that asks for something else.
    text = CAPITALS.replace("It is Paris.", hostile).replace("case france: France", f"case france: {hostile}")
    repository.write("specs/capitals.evalc", text)
    run(repository)
    text = text.replace("must satisfy", f'must contain "{hostile.replace(chr(34), "")}" as odd\n  must satisfy')
    repository.write("specs/capitals.evalc", text)
    run(repository)
    ended = repository.evalc("comment", "HEAD", "--run", "latest")
    outside = re.sub(r"(`+) ?.*? ?\1", "", re.sub(r"```diff\n.*?```", "", ended.stdout, flags=re.DOTALL))

    assert 0 == ended.returncode
    assert "everyone" in ended.stdout
    assert [] == _PINGS.findall(outside)


def test_a_long_story_stays_below_the_limit_of_forges(repository: Workspace) -> None:
    """GitHub refuses a comment of more than 65,536 characters, and then there would be none."""
    many = "".join(
        CAPITALS[CAPITALS.index("case france") : CAPITALS.index("case peru")]
        .replace("case france", f"case france-{number}")
        .replace('"Paris"', f'"{"word " * 60}{number}"')
        for number in range(400)
    )
    repository.write("specs/capitals.evalc", CAPITALS + "\n" + many)
    run(repository)
    ended = repository.evalc("comment", "HEAD", "--run", "latest")

    assert 0 == ended.returncode
    assert 40_000 < len(ended.stdout) < 65_000
    assert "more, which `evalc compare`" in ended.stdout
    assert "more changes; `evalc diff` lists all" in ended.stdout
    assert os.linesep.join(["", "</details>", ""]) in ended.stdout
