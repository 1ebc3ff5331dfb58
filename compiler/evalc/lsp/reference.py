"""Pages of the reference as an editor shows them."""

from inspect import cleandoc

from evalc.checks.contract import CheckType
from evalc.model.catalog import Rubric, Vendor
from evalc.syntax.vocabulary import BlockKind, FieldKind


def field_page(field: FieldKind) -> str:
    """What a field is for, its choices, and an example."""
    choices = f"\n\nOne of {', '.join(f'`{choice}`' for choice in field.choices)}." if field.choices else ""
    return f"{field.doc}{choices}\n\n{fenced(field.example)}"


def block_page(block: BlockKind) -> str:
    """What a block is for, and an example."""
    return f"{block.doc}\n\n{fenced(block.example)}"


def verb_page(member: type[CheckType]) -> str:
    """What a check says, how it is written, and an example."""
    text, _, example = cleandoc(member.__doc__ or "").partition("\nExample:\n")
    forms = "\n".join(member.forms)
    shown = f"\n\nExample:\n\n{fenced(cleandoc(example))}" if example else ""
    return f"{text.strip()}\n\nForms:\n\n```text\n{forms}\n```{shown}"


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


def _score(rubric: Rubric, score: int) -> str:
    if rubric.scale.kind == "met":
        return "met" if score else "not met"
    return str(score)


def _line(text: str) -> str:
    return " ".join(text.split())
