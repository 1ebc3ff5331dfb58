"""What the picture of an eval says, which shows where somebody links to its page."""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from evalc.base.digest import digest
from evalc.model.catalog import Eval
from evalc.pages._copies import ShownVerdict
from evalc.pages._excerpt import cut_words
from evalc.pages._faces import Face, face_of
from evalc.pages._figures import as_percent
from evalc.pages._legible import make_legible
from evalc.pages._results import Results, TargetResults, results_of
from evalc.pages._words import say
from evalc.pages.contract import Library

CARDS_PATH = "assets/evalc/cards/"
"""Where the pictures lie below the site's root."""

_DRAWING = 1
"""Counts up when pictures of the same words look otherwise, so that those kept from before are not taken."""

_MARKS_SHOWN = 3
_NAME_SHOWN = 22
_LEAD_SHOWN = 150

# The characters of the theme's font that stand alone: a picture with gaps is worse than none.
DRAWABLE = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u00ff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a"
    r"\u20ac\u2122\u2191\u2193\u2212]*"
)
"""What a text may have that stands in a picture."""


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a picture, each on one line; `marks` are verdicts with the words beside each."""

    kicker: str
    category: str
    title: str
    lead: str
    face: Face
    facts: str
    marks: tuple[tuple[ShownVerdict, str], ...]

    @property
    def path(self) -> str:
        """Where the picture lies below the site's root: by what it says, for places that keep pictures by address."""
        return f"{CARDS_PATH}{digest([_DRAWING, *_listed(astuple(self))])}.png"


def card_of(library: Library, eval_: Eval) -> Card | None:
    """The picture of an eval, or None where its title or its vendor cannot be written with the theme's font."""
    vendor = library.vendor(eval_.vendor)
    title, kicker, category = map(_on_one_line, (eval_.title, say("page.for", vendor=vendor.title), eval_.category))
    face = face_of(vendor)
    if not all(map(DRAWABLE.fullmatch, (title, kicker, face.initials))):
        return None
    lead = cut_words(_on_one_line(eval_.description or eval_.about), _LEAD_SHOWN)
    return Card(
        kicker=kicker,
        category=_if_drawable(category),
        title=title,
        lead=_if_drawable(f"{lead.text} …" if lead.is_cut else lead.text),
        face=face,
        facts=say("card.cases", n=len(eval_.cases)),
        marks=_marks(results_of(library, eval_.id)),
    )


def _marks(results: Results) -> tuple[tuple[ShownVerdict, str], ...]:
    """The verdict of each target where they are few, and else how many have each; a script's answers are no model's."""
    marks = [(target.report.gate.verdict, _said(target)) for target in results.targets]
    if not marks:
        return (("not-run", say("outcome.not-run")),)
    if len(marks) <= _MARKS_SHOWN and all(DRAWABLE.fullmatch(said) for _, said in marks):
        return tuple(marks)
    note = " · " + say("scripted.short") if results.is_scripted else ""
    counts = results.verdicts
    order: tuple[ShownVerdict, ...] = ("passed", "failed", "inconclusive")
    return tuple((one, f"{say('outcome.' + one)} {counts[one]}{note}") for one in order if counts.get(one))


def _said(target: TargetResults) -> str:
    report = target.report
    name = cut_words(_on_one_line(report.target.name), _NAME_SHOWN).text
    rate = as_percent(report.tally.rate) if report.tally.rate is not None else say(f"outcome.{report.gate.verdict}")
    return " · ".join([f"{name} {rate}", *([say("scripted.short")] if report.target.is_scripted else [])])


def _on_one_line(text: str) -> str:
    return make_legible(" ".join(text.split()))


def _if_drawable(text: str) -> str:
    return text if DRAWABLE.fullmatch(text) else ""


def _listed(values: Sequence[object]) -> list[str]:
    return [repr(value) for value in values]
