"""What a compilation takes from an earlier one: never anything but what it would find itself."""

from collections.abc import Mapping

import pytest

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import DiskLoader, MemoryLoader
from evalc.base.digest import Content, canonical_json
from evalc.base.render import render_text
from tests.house.modules import ROOT

LIBRARY = """\
use "more.evalc"

vendor acme: Acme
  logo: file "acme.svg"

rubric tone: Tone
  scale: met
  criterion warm: {{warm}}
"""

FACTS = """\
use "library.evalc"

let own = "Owned"

eval facts: Facts
  for: acme
  category: Support Agent
  version: 1.0.0
  related: more

rubric depth: Depth
  scale: met
  criterion deep: {{own}}

case rows: A row of {{what}}
  severity: high
  each: file "rows.csv"
  rubric: tone, depth
  input: file "input.txt"
  must contain "{{what}}" as names-it
  must fit schema "answer.json" as fits
  bad (breaks names-it, calls look with $.n[0] = 1.5): {}
"""

MORE = """\
use "library.evalc"

eval more: More
  for: acme
  category: Support Agent
  version: 1.0.0

case old: Old
  severity: low
  formerly: older
  rubric: tone
  input: Hello!
  must contain "day"
"""

BASE: Mapping[str, str] = {
    "acme.svg": "<svg/>",
    "answer.json": '{"type": "object", "maximum": 10000000000000000000000000000000000000001}',
    "facts.evalc": FACTS,
    "input.txt": "Hello",
    "library.evalc": LIBRARY,
    "more.evalc": 'let warm = file "warm.txt"\n',
    "rows.csv": "id,what\none,oranges\n",
    "second.evalc": MORE,
    "warm.txt": "Warm",
}


class Pile(dict[str, str]):
    """A shelf in memory."""

    def get(self, key: Content) -> str | None:  # type: ignore[override]  # A shelf takes any key that has a digest.
        return super().get(canonical_json(key))

    def put(self, key: Content, text: str) -> None:
        self[canonical_json(key)] = text


def _filled() -> Pile:
    pile = Pile()
    compile_loaded(MemoryLoader(BASE), shelf=pile)
    assert 2 == len(pile)
    return pile


def _said(compilation: Compilation) -> tuple[object, str, list[str]]:
    return compilation.catalog, render_text(compilation.findings, colour=False), list(compilation.trees)


def test_what_nothing_has_changed_is_taken_from_the_shelf() -> None:
    """Whoever keeps pages and compiles all the same has twice the work."""
    pile = _filled()
    for key in pile:
        pile[key] = pile[key].replace('"title":"Facts"', '"title":"Taken"')

    assert "Taken" in [eval_.title for eval_ in compile_loaded(MemoryLoader(BASE), shelf=pile).catalog.evals]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"facts.evalc": FACTS.replace("A row", "Another row")},
        {"library.evalc": LIBRARY.replace("Tone", "Manners")},
        {"library.evalc": LIBRARY.replace("scale: met", "scale: meet")},
        {"library.evalc": LIBRARY + '\nlet idle = "x"\n'},
        {"library.evalc": MORE.replace("more", "library")},
        {"library.evalc": None},
        {"more.evalc": 'let warm = "Cold"\n'},
        {"more.evalc": 'let warm = "Cold"\nlet own = "Twice"\n'},
        {"warm.txt": "Cold"},
        {"warm.txt": None},
        {"input.txt": "Goodbye"},
        {"input.txt": "x" * 2_000_000},
        {"rows.csv": "id,what\none,oranges\ntwo,pears\n"},
        {"rows.csv": "id,what\none\n"},
        {"answer.json": '{"type": "array"}'},
        {"answer.json": "{"},
        {"acme.svg": None},
        {"third.evalc": MORE},
        {"third.evalc": MORE.replace("eval more", "eval other").replace("older", "acme/more/older")},
        {"third.evalc": MORE.replace("eval more", "eval other").replace("older", "acme/more/old")},
        {"third.evalc": "vendor acme: Acme again\n"},
        {"second.evalc": None},
        {"second.evalc": MORE.replace("eval more", "eval other")},
    ],
)
def test_with_a_shelf_all_is_as_without(changes: Mapping[str, str | None]) -> None:
    """An old meaning of a new text would be the worst that a cache can do."""
    files = {path: text for path, text in {**BASE, **changes}.items() if text is not None}
    pile = _filled()

    plain = _said(compile_loaded(MemoryLoader(files)))

    assert plain == _said(compile_loaded(MemoryLoader(files), shelf=pile))
    assert plain == _said(compile_loaded(MemoryLoader(files), shelf=pile))
    assert _said(compile_loaded(MemoryLoader(BASE))) == _said(compile_loaded(MemoryLoader(BASE), shelf=pile))


@pytest.mark.parametrize("paths", [["facts.evalc"], ["second.evalc", "library.evalc"]])
def test_a_part_of_a_catalog_is_taken_too(paths: list[str]) -> None:
    """What nobody needs is asked of the whole alone, whether it was compiled now or before."""
    pile = _filled()

    assert _said(compile_loaded(MemoryLoader(BASE), paths)) == _said(
        compile_loaded(MemoryLoader(BASE), paths, shelf=pile)
    )


@pytest.mark.parametrize("damage", ["", "{}", "[", "null", "\x00"])
def test_what_cannot_be_read_on_the_shelf_is_worked_out_again(damage: str) -> None:
    """A cache may be damaged by whatever fills a disk."""
    pile = Pile(dict.fromkeys(_filled(), damage))

    assert _said(compile_loaded(MemoryLoader(BASE))) == _said(compile_loaded(MemoryLoader(BASE), shelf=pile))


def test_our_own_catalog_is_the_same_from_the_shelf() -> None:
    """It uses every construct of the language, so nothing may get lost on the way through JSON."""
    loader, pile = DiskLoader(ROOT / "specs"), Pile()
    plain = compile_loaded(loader, prefix="specs")
    compile_loaded(loader, prefix="specs", shelf=pile)
    kept = compile_loaded(loader, prefix="specs", shelf=pile)

    assert len(plain.catalog.evals) == len(pile)
    assert plain.catalog == kept.catalog
    assert dict(plain.trees) == dict(kept.trees)
