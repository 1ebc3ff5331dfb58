"""Findings about a text: what they are and how a phase collects them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from evalc.base.record import record
from evalc.base.source import Source, Span

Level = Literal["error", "warning", "advice"]


@record
class Code:
    """A kind of finding: its name, how severe it is, its sentence, and its page in the reference.

    `message` is a format string over the values given when a finding is made. `wrong` and `right` are
    parts of a spec that show the mistake and its cure.
    """

    name: str
    level: Level
    message: str
    meaning: str
    wrong: str
    right: str


@record
class Edit:
    """A replacement of one range of a source."""

    span: Span
    text: str


@record
class Fix:
    """Edits of one source that cure a finding; a safe one keeps the meaning and may be applied unseen."""

    title: str
    edits: tuple[Edit, ...]
    is_safe: bool


@record
class Diagnostic:
    """One finding: where, what is there, and where known what would fit."""

    code: Code
    level: Level
    message: str
    source: Source
    span: Span
    label: str = ""
    help: str = ""
    fix: Fix | None = None


@dataclass(slots=True)
class Findings:
    """The findings of one phase about one or more sources, in the order found."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: Code,
        source: Source,
        span: Span,
        *,
        label: str = "",
        help: str = "",
        fix: Fix | None = None,
        **values: object,
    ) -> None:
        """Keep one finding; `values` fill the code's message, `label` stands beside the caret, `help` below."""
        message = code.message.format(**values)
        self.items.append(Diagnostic(code, code.level, message, source, span, label, help, fix))

    def extend(self, other: "Findings") -> None:
        """Keep all findings of another phase too."""
        self.items.extend(other.items)

    @property
    def has_errors(self) -> bool:
        """Whether at least one finding is an error."""
        return any(item.level == "error" for item in self.items)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
