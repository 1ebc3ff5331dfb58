"""What the README and the guide show is true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from evalc.reference.pages import all_pages
from tests.house.modules import ROOT, kept_files

_BLOCK = re.compile(r"^```evalc\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Pages below `evals/` are made by the site's plug-in, and its strict build checks links to them.
_LINK = re.compile(r"\]\((?!https?:|mailto:|#|evals/)([^)#\s]+)")

DOCUMENTS = [name for name in kept_files() if name.endswith(".md")]
SPECS = [
    pytest.param(block, id=f"{name}-{number}")
    for name in DOCUMENTS
    for number, block in enumerate(_BLOCK.findall((ROOT / name).read_text(encoding="utf-8")), start=1)
]


@pytest.mark.parametrize("spec", SPECS)
def test_specs_in_the_documents_are_right(spec: str, tmp_path: Path) -> None:
    """The first thing that a stranger does is to paste the example. Parts and wrong examples are fenced as `text`."""
    (tmp_path / "example.evalc").write_text(spec, encoding="utf-8")
    call = [sys.executable, "-m", "evalc", "check", "example.evalc"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """A page that was moved is missed by nobody but its reader."""
    page = ROOT / name
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    # The pages of the reference are made when the site is.
    made = {ROOT / "site" / "docs" / found.path for found in all_pages()}

    assert [] == [target for target in missing if page.parent / target not in made]


def test_what_ci_runs_is_what_the_readme_says() -> None:
    """CI that runs other commands than the README would keep the README wrong."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^make \w+", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)

    assert ["make demo", "make test"] == commands
    assert [] == [command for command in commands if command not in readme]


def test_actions_that_readers_copy_are_pinned_by_commit() -> None:
    """A tag can be moved to other code, which then runs with the rights of whoever copied it."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in (*DOCUMENTS, *_workflows())}
    used = [(name, action) for name, text in texts.items() for action in re.findall(r"uses: (actions/\S+)", text)]

    assert [] == [(name, action) for name, action in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action)]
    assert used


def _workflows() -> list[str]:
    return [name for name in kept_files() if name.endswith(".yml")]
