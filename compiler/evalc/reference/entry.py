"""What an entry of the reference is."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["statement", "block", "field", "check", "diagnostic", "rule", "change", "target"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Language = Literal["evalc", "toml", "console"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of text with what it shows, such as `Wrong`; empty where that is plain."""

    caption: str
    text: str
    language: Language = "evalc"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something short that is known of an entry: `Written as`, `Level`, an option of a target."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be looked up.

    `name` is what one asks for, such as `be-one-of`, and `title` what is written, such as `be one of`. `owner` is what
    it belongs to: the block of a field, the room of a finding; empty for what stands alone. Texts have code between
    backticks, and are otherwise plain.
    """

    kind: Kind
    name: str
    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    samples: tuple[Sample, ...] = ()
    owner: str = ""

    @property
    def summary(self) -> str:
        """The first sentence."""
        first, found, _ = self.paragraphs[0].partition(". ")
        # A full stop in code ends no sentence.
        return f"{first}." if found and first.count("`") % 2 == 0 else self.paragraphs[0]

    @property
    def path(self) -> str:
        """The name with its owner, which no other entry of its kind has: `case.severity`."""
        return f"{self.owner}.{self.name}" if self.owner else self.name
