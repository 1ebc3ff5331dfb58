"""The verb `resemble`."""

from collections import Counter
from collections.abc import Iterator
from typing import Self, cast

from pydantic import JsonValue

from evalc.base.folding import fold
from evalc.checks._objections import object_to_texts
from evalc.checks.codes import BOUND_SAYS_NOTHING, WRONG_UNIT
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match

_LETTERS = 3


class Resemble(PlainCheck):
    """The answer is written much like a text.

    Both texts are cut into all their runs of three letters, spaces included and letter case left out; the share is that
    of the runs that they have in common (Dice's coefficient): 100% for equal texts, 0% where no run is common. It
    tells likeness of writing, not of meaning; for that, `satisfy` asks a judge.

    Example:
        must resemble "The meeting is moved to Friday at ten." >= 80%
    """

    forms = ("resemble <text:text> >= <share:quantity>",)

    text: str
    share: float

    @classmethod
    def arguments_of(cls, match: Match) -> dict[str, JsonValue]:
        """The text, and the share from 0 to 1."""
        number, _ = _quantity(match)
        return {"text": match.values["text"], "share": number / 100}

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A text that says nothing, a plain number in place of a share, a share that says nothing."""
        yield from object_to_texts(match, "text")
        number, mark = _quantity(match)
        written = f"{number:g}{mark}"
        if mark != "%":
            near = "" if mark else f"{number:g}%" if number > 1 else f"{100 * number:g}%"
            values = {"measure": "likeness", "wanted": "a share such as `80%`", "written": written}
            yield Objection(WRONG_UNIT, "share", {**values}, near=near)
        elif not 0 < number <= 100:
            verdict = "true" if number <= 0 else "false"
            values = {"measure": "likeness", "operator": ">=", "bound": written, "verdict": verdict}
            yield Objection(BOUND_SAYS_NOTHING, "share", {**values})

    def implies(self, other: Self) -> bool:
        """Whether as much likeness to the same text is asked for, or more."""
        return fold(self.text) == fold(other.text) and self.share >= other.share

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer is like the text."""
        share = likeness(answered.response.text, self.text)
        return Finding(share >= self.share - 1e-9, f"is {share:.0%} like the text, at least {self.share:.0%} is asked")


def likeness(left: str, right: str) -> float:
    """Dice's coefficient of the runs of three letters of two texts, from 0 to 1.

    Source: Dice 1945, "Measures of the amount of ecologic association", Ecology 26 (3), 297-302.
    """
    runs = [_runs(left), _runs(right)]
    common = (runs[0] & runs[1]).total()
    return 2 * common / (runs[0].total() + runs[1].total())


def _runs(text: str) -> Counter[str]:
    # A space at both ends makes the runs of a text of one letter, too.
    padded = f" {fold(text)} "
    return Counter(padded[at : at + _LETTERS] for at in range(max(1, len(padded) - _LETTERS + 1)))


def _quantity(match: Match) -> tuple[float, str]:
    quantity = cast("dict[str, JsonValue]", match.values["share"])
    return cast(float, quantity["number"]), str(quantity["unit"])
