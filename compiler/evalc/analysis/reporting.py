"""Where the phases of this room put what they find."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import islice

from evalc.analysis.codes.files import MORE_FINDINGS
from evalc.analysis.codes.names import UNKNOWN_NAME
from evalc.base.diagnostic import Code, Edit, Findings, Fix, Level
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.syntax.tree import ProseDecl

FINDINGS_AT_MOST = 100
"""How many findings of one level are told about one file; a hostile one could have a hundred thousand."""

# Comparing two names takes some microseconds, and a hostile file can have a hundred thousand of each.
_LOOKS_AT_MOST = 100
_NAMES_AT_MOST = 1000

_PLURALS = {"criterion": "criteria"}


@dataclass(slots=True)
class Reporter:
    """The findings about one file and the files that it reads; the same finding is kept once.

    A case with rows is lowered once a row, and its mistakes are still one message each.
    """

    source: Source
    findings: Findings = field(default_factory=Findings)
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _looks: list[int] = field(default_factory=lambda: [0])
    _told: Counter[Level] = field(default_factory=Counter)

    def add(
        self, code: Code, span: Span, *, label: str = "", help: str = "", near: str | None = None, **values: object
    ) -> None:
        """Keep one finding about this source; `values` fill the code's message.

        Args:
            near: What the author may have meant to write in place of the span; it is said instead of the label.
        """
        key = (code.name, self.source.name, span.start, span.end, label, *values.values())
        if key in self._seen or self.is_full(code.level):
            return
        self._seen.add(key)
        self._told[code.level] += 1
        if self._told[code.level] > FINDINGS_AT_MOST:
            self.findings.add(MORE_FINDINGS, self.source, span, count=FINDINGS_AT_MOST, level=code.level)
        else:
            label = f"did you mean `{near}`?" if near else label
            fix = Fix(f"write `{near}`", (Edit(span, near),), is_safe=False) if near else None
            self.findings.add(code, self.source, span, label=label, help=help, fix=fix, **values)

    def add_unknown(self, kind: str, name: str, *, span: Span, known: Collection[str]) -> None:
        """Keep that a name is none of a case's, with the one that was probably meant, or else with all of them."""
        near = self.closest(name, known)
        words = f"its {kind} is" if len(known) == 1 else f"its {_PLURALS.get(kind, f'{kind}s')} are"
        help = f"{words} {listed(known)}" if known and not near else ""
        self.add(UNKNOWN_NAME, span, help=help, near=near, kind=kind, name=name)

    def is_full(self, level: Level) -> bool:
        """Whether what else is found of a level would not be told."""
        return self._told[level] > FINDINGS_AT_MOST

    def closest(self, name: str, names: Iterable[str]) -> str | None:
        """The name that was probably meant, or None; a hostile file is not looked at for long."""
        if self._looks[0] >= _LOOKS_AT_MOST:
            return None
        self._looks[0] += 1
        return closest(name, islice(names, _NAMES_AT_MOST))

    def at(self, source: Source) -> "Reporter":
        """The same findings, about another source that this file reads."""
        return Reporter(source, self.findings, self._seen, self._looks, self._told)


def listed(names: Collection[str]) -> str:
    """Names for a message, the first eight of many."""
    return ", ".join(f"`{name}`" for name in islice(names, 8)) + (", ..." if len(names) > 8 else "")


def span_in(prose: ProseDecl, *, start: int, end: int) -> Span:
    """The place in the source of a range of a prose's text."""
    return Span(_offset_of(prose, start), _offset_of(prose, end))


def _offset_of(prose: ProseDecl, offset: int) -> int:
    line = prose.text.count("\n", 0, offset)
    return prose.line_offsets[line] + offset - (prose.text.rfind("\n", 0, offset) + 1)
