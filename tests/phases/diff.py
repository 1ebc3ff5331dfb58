"""Two catalogs in memory: what changed from one to the other, in the order in which a reviewer reads."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_text
from evalc.diff.compare import compare
from evalc.model.catalog import Catalog
from evalc.model.change import Change
from evalc.model.stored import Place

MAKES = ("changes",)

VENDOR = "vendor shop: Shop\n  product: Lamps\n  about: Sells lamps.\n"
EVAL = "eval desk: Desk\n  for: shop\n  category: Support\n  version: 1.0.0\n  severity: high\n"


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The changes from the files `before/...` to the files `after/...`; those below `both/` are on either side.

    A section `cases.evalc` gets an eval and its vendor below it.
    """
    changes = compare(compiled(sections, "before"), compiled(sections, "after"))
    return {"changes": "\n".join(f"{show(change)}\n" for change in changes) or "none\n"}


def compiled(sections: Mapping[str, str], side: str) -> Catalog:
    """One side, which has to be without mistakes."""
    texts: dict[str, str] = {}
    for name, body in sections.items():
        top, _, path = name.partition("/")
        if top in (side, "both"):
            texts[path] = f"{body}\n{VENDOR}\n{EVAL}" if path == "cases.evalc" else body
    compilation = compile_loaded(MemoryLoader(texts))
    assert not compilation.findings.has_errors, f"{side}:\n{render_text(compilation.findings, colour=False)}"
    return compilation.catalog


def show(change: Change) -> str:
    """A change as lines: its class, what it is about, its sentence, its words, places and cases."""
    return "\n".join(_lines(change))


def _lines(change: Change) -> Iterator[str]:
    severity = f" [{change.severity}]" if change.severity else ""
    yield f"{change.direction} {change.kind}: {change.subject.kind} {change.subject.id}{severity}".rstrip()
    yield f"  {change.sentence}"
    if change.pieces:
        marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
        yield "  " + "".join(_marked(marks[piece.kind], piece.text) for piece in change.pieces).strip()
    yield f"  {_place(change.place_before)} -> {_place(change.place_after)}"
    if [case.case_id for case in change.reaches] not in ([], [change.subject.id.partition("#")[0]]):
        yield f"  reaches {', '.join(case.case_id for case in change.reaches)}"


def _marked(mark: str, text: str) -> str:
    """The text in its mark, with the space behind it outside."""
    return mark.format(text.rstrip()) + text[len(text.rstrip()) :]


def _place(place: Place | None) -> str:
    return f"{place.path}:{place.line}" if place else "nowhere"
