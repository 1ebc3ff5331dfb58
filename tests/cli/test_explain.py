"""`evalc explain`, as a command."""

from tests.cli.conftest import Workspace


def test_what_stands_below_a_finding_leads_to_its_page(workspace: Workspace) -> None:
    """A message is short; whoever wants more types what it says."""
    workspace.write("specs/capitals.evalc", "case france: France\n  severty: high\n")
    shown = workspace.evalc("check").stderr
    words = next(line for line in shown.splitlines() if "= see: evalc explain" in line).split()[3:]

    ended = workspace.evalc(*words)

    assert 0 == ended.returncode
    assert ended.stdout.startswith(f"{words[-1]}  (finding)\n")
    assert "\nWrong:\n" in ended.stdout
    assert "\nRight:\n" in ended.stdout


def test_several_words_are_one_name(workspace: Workspace) -> None:
    """A check is asked for as it is written."""
    ended = workspace.evalc("explain", "must", "be", "one", "of")

    assert 0 == ended.returncode
    assert "be one of TEXTS [exactly]" in ended.stdout


def test_an_unknown_word_names_the_near_one(workspace: Workspace) -> None:
    """And nothing else is printed, so that a script notices."""
    ended = workspace.evalc("explain", "near-slott")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "did you mean `near-slot`?" in ended.stderr


def test_all_that_can_be_explained_is_listed_by_kind(workspace: Workspace) -> None:
    """Who does not know the name looks for it in the list."""
    everything = workspace.evalc("explain", "--list").stdout
    rules = workspace.evalc("explain", "--list", "rules").stdout

    assert everything.startswith("statements\n")
    assert "\nblocks\n" in everything
    assert rules.startswith("rules\n  blurred-example  ")
    assert rules in everything + "\n"
    assert max(map(len, everything.splitlines())) <= 100


def test_an_unknown_kind_names_those_there_are(workspace: Workspace) -> None:
    """An empty list would look like an answer."""
    ended = workspace.evalc("explain", "--list", "verbs")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "the kinds are statements, blocks, fields, checks, rules" in ended.stderr
