"""Checks, from their members."""

from collections.abc import Iterator
from inspect import cleandoc

from evalc.base.family import members
from evalc.checks.contract import CheckType, JudgedCheck
from evalc.reference.docstrings import read_docstring
from evalc.reference.entry import Entry, Fact, Sample
from evalc.syntax.phrase import Literal, Part, Slot, parse_form

FAMILY = "evalc.checks"

SLOTS: dict[str, str] = {
    "arguments": "arguments and their values, such as `$.days = 30`, joined by `and`",
    "condition": "a path, a comparison and a value, such as `$.days <= 30`, or a path, `in` and values",
    "conditions": "conditions such as `$.days <= 30`, joined by `and`",
    "count": "a whole number",
    "name": "a name",
    "number": "a number",
    "operator": "`=`, `!=`, `<`, `<=`, `>` or `>=`",
    "path": "a path into JSON, such as `$.status` or `$.items[0]`",
    "pattern": "a pattern between slashes, such as `/refund/i`",
    "quantity": "a number with its unit: `220`, `80%`, `4s`, `800ms`, `$0.02`",
    "reason": "a word such as `stop` or `length`",
    "rubric": "the name of a rubric",
    "text": "a text in quotes",
    "texts": "one text in quotes or several, with commas between them",
    "tool": "the name of a tool",
    "value": "a text in quotes, a number, `true`, `false` or `null`",
    "values": "values with commas between them",
}
"""What may stand in a slot of a form, by the slot's kind."""


def check_entries() -> Iterator[Entry]:
    """Each verb of checks."""
    for name, member in members(FAMILY, CheckType):
        yield _check(name, member)


def _check(name: str, member: type[CheckType]) -> Entry:
    page = read_docstring(cleandoc(member.__doc__ or ""))
    facts = [Fact("Decided by", "a judge" if issubclass(member, JudgedCheck) else "code")]
    parts = [parse_form(form) for form in member.forms]
    facts += [Fact("Form", f"`{spelled(form)}`") for form in parts]
    slots = {slot.name: slot for form in parts for slot in _slots(form)}
    facts += [Fact(f"`{slot.name.upper()}`", SLOTS[slot.kind]) for slot in slots.values() if "|" not in slot.kind]
    samples = tuple(Sample("", f"{line}\n") for line in page.example.splitlines())
    return Entry("check", name, name.replace("-", " "), page.paragraphs, tuple(facts), samples)


def spelled(parts: tuple[Part, ...]) -> str:
    """A form for readers: words as they are, slots in capitals, what may be left out in brackets."""
    return " ".join(_spelled(part) for part in parts)


def _spelled(part: Part) -> str:
    if isinstance(part, Literal):
        return part.text
    if isinstance(part, Slot):
        return f"({part.kind.replace('|', ' | ')})" if "|" in part.kind else part.name.upper()
    written = " | ".join(spelled(option) for option in part.options if option)
    return f"[{written}]" if () in part.options else f"({written})"


def _slots(parts: tuple[Part, ...]) -> Iterator[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif not isinstance(part, Literal):
            for option in part.options:
                yield from _slots(option)
