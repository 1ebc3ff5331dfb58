"""Pages of the reference as an editor shows them."""

from collections.abc import Mapping
from functools import cache

from evalc.model.catalog import Rubric, Vendor
from evalc.reference.contents import language_entries
from evalc.reference.entry import Entry, Kind
from evalc.syntax.vocabulary import ANCHOR, BlockKind


def page_of(kind: Kind, path: str) -> str:
    """The page of a word of the language, empty where there is none; the path is as in `case.severity`."""
    return _pages().get((kind, path), "")


def field_page(block: BlockKind, name: str) -> str:
    """The page of a field in its block, empty where the block does not know it."""
    field = block.field(name)
    known = "anchors" if field and field.name == ANCHOR else name
    return page_of("field", f"{block.keyword}.{known}")


def rubric_page(rubric: Rubric) -> str:
    """A rubric as its readers see it."""
    lines = [f"**{rubric.title}** (`{rubric.name}`)", *filter(None, [rubric.about])]
    for criterion in rubric.criteria:
        marks = [f"weight {criterion.weight:g}"] if criterion.weight != 1 else []
        marks += ["required"] if criterion.is_required else []
        marks += ["forbidden"] if criterion.is_forbidden else []
        noted = f" ({', '.join(marks)})" if marks else ""
        anchors = [f"    - {_score(rubric, anchor.score)}: {_line(anchor.text)}" for anchor in criterion.anchors]
        lines.append("\n".join([f"- **{criterion.name}**{noted}: {_line(criterion.title)}", *anchors]))
    return "\n\n".join([*lines, f"Passes when {rubric.rule.words}."])


def vendor_page(vendor: Vendor) -> str:
    """The facts about a vendor."""
    facts = [("Product", vendor.product), ("Segment", vendor.segment), ("Industry", vendor.industry)]
    shown = "\n".join(f"- {name}: {_line(value)}" for name, value in facts if value)
    return "\n\n".join(filter(None, [f"**{vendor.title}** (`{vendor.name}`)", vendor.about, shown]))


def fenced(text: str, language: str = "evalc") -> str:
    """A text as a block of code, whatever is in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"


@cache
def _pages() -> Mapping[tuple[Kind, str], str]:
    return {(entry.kind, entry.path): _page(entry) for entry in language_entries()}


def _page(entry: Entry) -> str:
    """An entry without its title, which stands in the text already."""
    facts = "\n".join(f"- {fact.name}: {fact.text}" for fact in entry.facts)
    samples = [f"{sample.caption}\n\n{fenced(sample.text)}".lstrip() for sample in entry.samples]
    return "\n\n".join([*entry.paragraphs, facts, *samples])


def _score(rubric: Rubric, score: int) -> str:
    if rubric.scale.kind == "met":
        return "met" if score else "not met"
    return str(score)


def _line(text: str) -> str:
    return " ".join(text.split())
