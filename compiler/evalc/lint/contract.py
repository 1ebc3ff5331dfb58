"""What every rule of the linter promises."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from inspect import cleandoc
from textwrap import dedent
from typing import ClassVar, NamedTuple, final

from evalc.base.diagnostic import Code, Fix, Level
from evalc.base.source import Source, Span
from evalc.lint._written import WrittenCatalog


@dataclass(frozen=True, slots=True)
class Remark:
    """One place that a rule has something to say about; `values` fill the rule's message."""

    source: Source
    span: Span
    values: dict[str, object] = field(default_factory=dict)
    label: str = ""
    help: str = ""
    fix: Fix | None = None


class RulePage(NamedTuple):
    """The parts of a rule's docstring: what it finds, why that matters, parts of specs before and after the cure."""

    summary: str
    meaning: str
    wrong: str
    right: str


class LintRule(ABC):
    """A rule; the module's name completes `# allow ...`, and the docstring is its page in the reference.

    The docstring says first what is found, then why that matters, and ends with `Wrong:` and `Right:`, each followed by
    a part of a spec. A rule sees evals without errors alone. It is quiet where it is not sure: whoever is warned
    without a reason no longer reads warnings.
    """

    level: ClassVar[Level]
    message: ClassVar[str]

    @abstractmethod
    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """What there is to say about a catalog, in time that grows with its size and not its square."""

    @final
    @classmethod
    def page(cls) -> RulePage:
        """What the docstring says."""
        text, _, examples = cleandoc(cls.__doc__ or "").partition("\nWrong:\n")
        wrong, _, right = examples.partition("\nRight:\n")
        summary, _, meaning = text.strip().partition("\n\n")
        return RulePage(_unwrapped(summary), _unwrapped(meaning), _dedented(wrong), _dedented(right))

    @final
    @classmethod
    def code(cls, name: str) -> Code:
        """The kind of finding that the rule makes, by the rule's name."""
        page = cls.page()
        return Code(name, cls.level, cls.message, f"{page.summary} {page.meaning}", page.wrong, page.right)


def _dedented(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


def _unwrapped(text: str) -> str:
    return " ".join(text.split())
