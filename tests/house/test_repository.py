"""What the repository as a whole promises: where output goes, and that no machine is written into it."""

import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.utils.yaml import yaml_load
from packaging.requirements import Requirement

from tests.house.modules import ROOT, kept_files

_OUTPUT_AT_SITE = re.compile(r"""\bsite[_-]dir["']?(?:\s*[:=]\s*|\s+)["']?site\b""")
_LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
_REGISTRY = re.compile(
    r"--(?:extra-)?index-url|https?://(?:[\w.-]+\.)?(?:pypi|pythonhosted|npmjs|yarnpkg)\.\w+|\"resolved\": \"http"
)


def test_the_site_is_built_below_build() -> None:
    """MkDocs empties its output folder, and `site/` holds the theme and the hand-written pages."""
    settings = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    assert "build/site" == settings["site_dir"]
    assert "site/docs" == settings["docs_dir"]


def test_nothing_names_the_folder_of_sources_as_output() -> None:
    """One careless default would delete what people wrote."""
    assert [] == [place for place, line in _lines() if _OUTPUT_AT_SITE.search(line)]


def test_what_is_generated_is_ignored() -> None:
    """A build output that git sees gets committed one day."""
    generated = ["build/site/index.html", "build/evals/a/b/spec.json", "results/run/events.jsonl", ".venv/ready"]
    command = ["git", "check-ignore", "--no-index", *generated]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert generated == found.stdout.split()


def test_no_file_names_a_registry_or_a_machine() -> None:
    """A lock file that remembers where its author sat works for its author alone."""
    folders = "|".join(re.escape(str(folder)) for folder in {ROOT, Path.home()} if len(str(folder)) > 1)
    machine = re.compile(rf"(?<![\w./-])(?:{folders})/")
    found = [place for place, line in _lines() if _REGISTRY.search(line) or machine.search(line)]

    assert [] == found


def test_the_locked_requirements_are_those_declared() -> None:
    """A range that the lock does not meet is a range that no test has ever seen."""
    locked = dict(_LOCKED.findall((ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8").splitlines()
    extras = project["project"]["optional-dependencies"]
    declared = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for extra in extras.values() for line in extra if not line.startswith("evalc[")),
        *(line for line in tools if line and not line.startswith("#")),
    ]
    unmet = [line for line in declared if not _is_met(Requirement(line), locked)]

    assert [] == unmet


def test_folders_of_the_checkout_are_no_packages() -> None:
    """With an `__init__.py` there, `compiler` or `site` would be importable and shadow the real modules."""
    found = [name for name in ("compiler", "grammar", "site") if (ROOT / name / "__init__.py").exists()]

    assert [] == found


def test_files_stay_small() -> None:
    """A large file is in every clone for ever."""
    assert [] == [name for name in kept_files() if (ROOT / name).stat().st_size > 1 << 20]


def _is_met(needed: Requirement, locked: Mapping[str, str]) -> bool:
    return needed.name in locked and needed.specifier.contains(locked[needed.name])


def _lines() -> Iterator[tuple[str, str]]:
    for name in kept_files():
        if Path(name).suffix in {".png", ".ico", ".woff2"} or ROOT / name == Path(__file__):
            continue
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), start=1):
            yield f"{name}:{number}", line
