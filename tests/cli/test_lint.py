"""`evalc lint`, as a command."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CAPITALS, Workspace

SILENT = """\

# A case that an empty answer passes.
case oceans: Oceans
  severity: low
  input:
    Which ocean is the largest?
  must not contain "Atlantic"
"""

SLIPS = CAPITALS.replace("severity: high", "severity:high").replace("  for: atlas", "\tfor: atlas")


def test_a_catalog_without_a_finding_is_said_to_have_none(workspace: Workspace) -> None:
    """Silence could also mean that nothing was looked at."""
    ended = workspace.evalc("lint")

    assert (0, "") == (ended.returncode, ended.stdout)
    assert "1 eval with 2 cases, nothing to mend" in ended.stderr


@pytest.mark.parametrize(
    ("options", "code", "is_shown"),
    [
        ([], 0, True),
        (["--strict"], 2, True),
        (["--level", "error"], 0, False),
        (["--level", "error", "--strict"], 0, False),
    ],
)
def test_warnings_fail_only_where_that_is_asked_for(
    workspace: Workspace, options: list[str], code: int, is_shown: bool
) -> None:
    """Advice that stops a pipeline is switched off; a team that wants it strict can have it."""
    workspace.write("specs/capitals.evalc", CAPITALS + SILENT)

    ended = workspace.evalc("lint", *options)

    assert (code, is_shown) == (ended.returncode, "passing-silence" in ended.stderr)


def test_errors_of_specs_and_of_rules_end_with_the_same_code(workspace: Workspace) -> None:
    """A spec that cannot be read is not linted, and that must not look like a clean one."""
    for text in (SLIPS, CAPITALS.replace("It is Paris.", "It is Rome.")):
        workspace.write("specs/capitals.evalc", text)

        assert 2 == workspace.evalc("lint").returncode


def test_a_policy_sets_the_levels(workspace: Workspace) -> None:
    """What a workspace does not want to hear about is said once, in its policy."""
    workspace.write("specs/capitals.evalc", CAPITALS + SILENT)
    workspace.write("evalc.toml", '[lint]\npassing-silence = "off"\n')
    workspace.write("strict.toml", '[lint]\npassing-silence = "error"\n')

    assert 0 == workspace.evalc("lint", "--strict").returncode
    assert 2 == workspace.evalc("lint", "--policy", "strict.toml").returncode


def test_a_policy_with_a_slip_is_not_used(workspace: Workspace) -> None:
    """A rule that is off by a slip, or on by one, is found out by nobody."""
    workspace.write("evalc.toml", '[lint]\npassing-silense = "off"\n')

    ended = workspace.evalc("lint")

    assert 2 == ended.returncode
    assert "did you mean `passing-silence`?" in ended.stderr


@pytest.mark.parametrize(
    ("form", "first"), [("json", '{\n  "diagnostics"'), ("github", "::warning file=specs/capitals.evalc,line=34")]
)
def test_findings_are_printed_for_programs(workspace: Workspace, form: str, first: str) -> None:
    """Programs read standard output, where nothing else stands."""
    workspace.write("specs/capitals.evalc", CAPITALS + SILENT)

    ended = workspace.evalc("lint", "--format", form)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert ended.stdout.startswith(first)


def test_rules_are_described_where_code_scanning_shows_them(workspace: Workspace) -> None:
    """Whoever reads a pull request has not read our pages."""
    workspace.write("specs/capitals.evalc", CAPITALS + SILENT)

    log = json.loads(workspace.evalc("lint", "--format", "sarif").stdout)
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]

    assert "passing-silence" == rule["id"]
    assert rule["fullDescription"]["text"].startswith("An empty answer passes every check of the case. ")


def test_safe_fixes_are_offered_and_then_applied(workspace: Workspace) -> None:
    """A slip whose cure is plain costs one command."""
    path = workspace.write("specs/capitals.evalc", SLIPS)
    offered = workspace.evalc("lint")
    before = path.read_text("utf-8")
    fixed = workspace.evalc("lint", "--fix")

    assert "`evalc lint --fix` applies 2 safe fixes" in offered.stderr
    assert SLIPS == before
    assert (0, CAPITALS) == (fixed.returncode, path.read_text("utf-8"))
    assert "specs/capitals.evalc: 2 fixes applied" in fixed.stderr


def test_what_may_change_the_meaning_is_left_to_the_author(workspace: Workspace) -> None:
    """`high` is probably what `hihg` was meant to be, and only the author knows."""
    text = CAPITALS.replace("severity: high", "severity: hihg")
    path = workspace.write("specs/capitals.evalc", text)

    ended = workspace.evalc("lint", "--fix")

    assert (2, text) == (ended.returncode, path.read_text("utf-8"))
    assert "did you mean `high`?" in ended.stderr


def test_fixes_keep_line_ends_a_byte_order_mark_and_permissions(workspace: Workspace) -> None:
    """A fix of one colon must not touch each line of a file that somebody edits on Windows."""
    path = workspace.write("specs/capitals.evalc", "")
    path.write_bytes(b"\xef\xbb\xbf" + SLIPS.replace("\n", "\r\n").encode())
    path.chmod(0o640)

    assert 0 == workspace.evalc("lint", "--fix").returncode
    assert b"\xef\xbb\xbf" + CAPITALS.replace("\n", "\r\n").encode() == path.read_bytes()
    assert 0o640 == path.stat().st_mode & 0o777
    assert ["capitals.evalc"] == [beside.name for beside in path.parent.iterdir()]


def test_a_folder_within_a_catalog_can_be_named(workspace: Workspace) -> None:
    """The evals of one vendor are checked and linted by their folder, and still use what lies elsewhere."""
    workspace.write("specs/geo/capitals.evalc", 'use "/atlas.evalc"\n' + CAPITALS.partition("\n\n")[2])
    workspace.write("specs/atlas.evalc", CAPITALS.partition("\n\n")[0] + "\n")
    workspace.write("specs/capitals.evalc", "broken\n")

    for command in ("check", "lint"):
        ended = workspace.evalc(command, "specs/geo")

        assert (0, True) == (ended.returncode, "1 eval with 2 cases" in ended.stderr), ended.stderr


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """Between reading and writing an editor may have saved."""
    from evalc.cli.rewriting import ChangedMeanwhile, rewrite

    path = tmp_path / "a.evalc"
    path.write_text("saved by an editor\n", encoding="utf-8")

    with pytest.raises(ChangedMeanwhile, match="was changed meanwhile"):
        rewrite(path, before="what was read\n", after="what was fixed\n")
    assert "saved by an editor\n" == path.read_text("utf-8")
