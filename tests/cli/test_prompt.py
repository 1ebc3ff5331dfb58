"""`evalc prompt`, as a command."""

from tests.cli.conftest import Workspace

CASE = "atlas/capitals/peru"


def test_the_prompt_of_a_claim_is_printed_whole(workspace: Workspace) -> None:
    """An author sees what a judge will see, and nothing is asked of anybody for that."""
    ended = workspace.evalc("prompt", CASE)

    assert 0 == ended.returncode
    assert ended.stdout.startswith("=== names-one · claim · digest ")
    assert "--- system message\nYou grade one answer" in ended.stdout
    assert "--- user message\nWhat the AI system was asked:" in ended.stdout
    assert "«the answer»" in ended.stdout


def test_the_digest_is_that_of_the_results(workspace: Workspace) -> None:
    """Otherwise nobody could tell whether a result was judged by the prompt that a reviewer has read."""
    heading = workspace.evalc("prompt", CASE).stdout.splitlines()[0]
    workspace.evalc("run", CASE, "--target", "good", "--judge", "scripted")
    (log,) = workspace.folder.glob("results/*/events.jsonl")

    assert heading.rpartition(" ")[2] in log.read_text(encoding="utf-8")


def test_a_case_without_a_judge_has_no_prompt(workspace: Workspace) -> None:
    """An empty output would look like a prompt that was lost."""
    ended = workspace.evalc("prompt", "atlas/capitals/france")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "no check of atlas/capitals/france is judged" in ended.stderr


def test_a_slip_in_an_id_or_a_criterion_is_told(workspace: Workspace) -> None:
    """Both are long, and typed by hand."""
    case = workspace.evalc("prompt", "atlas/capitals/perru")
    criterion = workspace.evalc("prompt", CASE, "--criterion", "clam")

    assert (2, 2) == (case.returncode, criterion.returncode)
    assert f"did you mean `{CASE}`?" in case.stderr
    assert "did you mean `claim`?" in criterion.stderr
