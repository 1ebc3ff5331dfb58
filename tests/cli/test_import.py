"""`evalc import`."""

from tests.cli.conftest import Workspace

CONFIG = """\
tests:
  - description: Peru
    vars: {prompt: What is the capital of Peru?}
    assert:
      - {type: icontains, value: lima}
      - {type: javascript, value: output.length > 1}
"""


def test_what_is_imported_is_a_spec_and_the_rest_is_told(workspace: Workspace) -> None:
    """The spec goes where its reader sends it, and what is lost must not go there alone."""
    workspace.write("old/promptfooconfig.yaml", CONFIG)
    imported = workspace.evalc("import", "promptfoo", "old/promptfooconfig.yaml", "--vendor", "old-tools")
    workspace.write("specs/old.evalc", imported.stdout)
    checked = workspace.evalc("check", "specs/old.evalc")

    assert 0 == imported.returncode, imported.stderr
    assert "evalc: not imported, in case peru: javascript: output.length > 1\n" in imported.stderr
    assert "  for: old-tools\n" in imported.stdout
    assert (0, "1 eval with 1 case, nothing to mend\n") == (checked.returncode, checked.stderr)


def test_a_file_that_is_not_there_and_a_vendor_that_is_no_name(workspace: Workspace) -> None:
    """Both are said in a line, before anything is written."""
    lost = workspace.evalc("import", "promptfoo", "nowhere.yaml")
    odd = workspace.evalc("import", "promptfoo", "nowhere.yaml", "--vendor", "Old Tools")

    assert (2, "", "evalc: nowhere.yaml cannot be read: there is no such file\n") == (
        lost.returncode,
        lost.stdout,
        lost.stderr,
    )
    assert (2, "evalc: 'Old Tools' is no name of a vendor: write it like `acme-tools`\n") == (
        odd.returncode,
        odd.stderr,
    )
