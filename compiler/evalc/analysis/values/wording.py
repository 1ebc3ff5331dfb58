"""What the slots of a text stand for: columns of the case's rows, and what `let` names."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from evalc.analysis.codes.names import NEAR_SLOT, SLOT_IN_DATA, TOO_MUCH_TEXT
from evalc.analysis.reporting import Reporter, span_in
from evalc.analysis.values.templates import Slot, Template, cut, find_slots
from evalc.base.source import Span
from evalc.syntax.tree import ProseDecl, Word

MAX_TEXT = 64 * 1024 * 1024
"""How many characters the texts of one file may have together after everything is filled in."""

# A pasted page of a foreign template has many slots; the first slips tell the author enough.
_SLIPS_AT_MOST = 20


@dataclass(slots=True)
class Allowance:
    """How many characters may still be filled in; a small file must not become a huge catalog."""

    reporter: Reporter
    left: int = MAX_TEXT

    def take(self, length: int, where: Callable[[], Span]) -> bool:
        """Whether that many more are allowed; where they no longer are is reported once."""
        if self.left < 0:
            return False
        self.left -= length
        if self.left < 0:
            self.reporter.add(TOO_MUCH_TEXT, where(), limit=f"{MAX_TEXT:,}")
        return self.left >= 0


@dataclass(slots=True)
class Lets:
    """The constants that a file sees, and which of them were needed."""

    values: Mapping[str, str]
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Wording:
    """Makes templates of the texts of one block, and remembers which names they need.

    Where not all columns are known for certain, no slot is called a near miss.
    """

    reporter: Reporter
    lets: Lets
    allowance: Allowance
    columns: Collection[str] = ()
    used: set[str] = field(default_factory=set)
    is_certain: bool = True

    def template(self, prose: ProseDecl) -> Template:
        """The template of a text; slots that are probably slips are reported."""
        if "{{" not in prose.text:
            return Template((prose.text,))
        return self._cut(prose.text, prose)

    def word(self, word: Word) -> Template:
        """The template of a text or pattern of a check."""
        if "{{" not in word.text:
            return Template((word.text,))
        # What is put into a pattern is meant as text, so its letters stand for themselves.
        return self._cut(word.text, word.span, quote=re.escape if word.kind == "pattern" else str)

    def item(self, text: str, span: Span) -> str:
        """A short text, such as an item of a list, where there are no rows."""
        return text if "{{" not in text else self._cut(text, span).fill({})

    def fixed(self, prose: ProseDecl) -> str:
        """The text where there are no rows."""
        return self.template(prose).fill({})

    def leave(self, text: str, place: ProseDecl | Span, *, where: str) -> str:
        """A text that nothing is filled into, though it may look so."""
        seen: set[str] = set()
        for slot in find_slots(text):
            is_declared = slot.name in self.columns or slot.name in self.lets.values
            if is_declared and slot.name not in seen and len(seen) < _SLIPS_AT_MOST:
                seen.add(slot.name)
                self._use(slot.name)
                self.reporter.add(SLOT_IN_DATA, _place(slot, place), name=slot.name, where=where)
        return text

    def _cut(self, text: str, place: ProseDecl | Span, *, quote: Callable[[str], str] = str) -> Template:
        misses: set[str] = set()

        def constant(slot: Slot) -> str | None:
            value = self.lets.values.get(slot.name)
            if value is None:
                if self.is_certain and slot.name not in misses and len(misses) < _SLIPS_AT_MOST:
                    misses.add(slot.name)
                    self._look_near(slot, _place(slot, place))
                return None
            self._use(slot.name)
            return quote(value) if self.allowance.take(len(value), lambda: _place(slot, place)) else None

        template = cut(text, self.columns, constant=constant)
        self.used.update(template.columns)
        return template

    def _use(self, name: str) -> None:
        (self.used if name in self.columns else self.lets.used).add(name)

    def _look_near(self, slot: Slot, span: Span) -> None:
        names = [*self.lets.values, *self.columns]
        name = slot.name.strip()
        near = name if name in names else self.reporter.closest(name, names)
        if near:
            # It was meant to be used, so nothing is said about its being unused.
            self._use(near)
            self.reporter.add(NEAR_SLOT, span, slot=slot.name, label=f"did you mean `{{{{{near}}}}}`?")


def _place(slot: Slot, place: ProseDecl | Span) -> Span:
    return place if isinstance(place, Span) else span_in(place, start=slot.start, end=slot.end)
