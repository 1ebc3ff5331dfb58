"""What every engine is held against: the inputs of the text cases of colours, and the catalog of this repository."""

from pathlib import Path

from tests.text_cases import read_sections

ROOT = Path(__file__).parents[2]

_CASES = sorted((ROOT / "tests" / "cases" / "colours").glob("*.txt"))
_SPECS = sorted((ROOT / "specs").rglob("*.evalc"))

CORPUS: dict[str, str] = {path.stem: read_sections(path.read_bytes().decode())["input.evalc"] for path in _CASES} | {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in _SPECS
}
"""Each text by its name."""
