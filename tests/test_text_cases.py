"""Each text case under `tests/cases` against the phase that its folder names."""

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import pytest

from tests.text_cases import read_sections, write_sections

HERE = Path(__file__).parent
CASES = HERE / "cases"


class Phase(Protocol):
    """What a module of `tests.phases` promises."""

    MAKES: tuple[str, ...]

    def make(self, sections: Mapping[str, str], folder: Path) -> dict[str, str]: ...


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each file under `tests/cases`."""
    if "case" in metafunc.fixturenames:
        found = sorted(CASES.rglob("*.txt"))
        metafunc.parametrize("case", found, ids=[path.relative_to(CASES).as_posix() for path in found])


def test_text_case(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """What a phase makes of a text is an interface: a person reads every change of it."""
    written = case.read_bytes().decode()
    made = remake(written, find_phase(case), tmp_path)
    if pytestconfig.getoption("update"):
        if made != written:
            case.write_bytes(made.encode())
        return
    if made != written:
        pytest.fail(f"{_diff(case, written, made)}\n`make update` accepts this", pytrace=False)


def test_each_phase_has_cases_and_each_folder_a_phase() -> None:
    """A folder without its phase, or a phase without a case, would be a test that cannot fail."""
    phases = {path.stem for path in (HERE / "phases").glob("*.py") if not path.stem.startswith("_")}
    folders = {path.relative_to(CASES).parts[0] for path in CASES.rglob("*.txt")}

    assert phases == folders


def find_phase(case: Path) -> Phase:
    """The phase of a case, by the name of its folder."""
    name = case.relative_to(CASES).parts[0]
    return cast(Phase, import_module(f"tests.phases.{name}"))


def remake(written: str, phase: Phase, folder: Path) -> str:
    """The text case with what the phase makes now: the given sections first, then the made ones."""
    given = {name: body for name, body in read_sections(written).items() if not _is_made(name, phase)}
    made = phase.make(given, folder)
    strange = [name for name in made if not _is_made(name, phase)]
    assert not strange, f"MAKES of the phase lacks {strange}"
    return write_sections(given | made)


def _is_made(name: str, phase: Phase) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in phase.MAKES)


def _diff(case: Path, written: str, made: str) -> str:
    def lines(text: str) -> Iterator[str]:
        return (line.replace("\r", "␍") for line in text.split("\n"))

    name = case.relative_to(HERE.parent).as_posix()
    return "\n".join(
        unified_diff(list(lines(written)), list(lines(made)), f"{name} as written", "as made", lineterm="")
    )
