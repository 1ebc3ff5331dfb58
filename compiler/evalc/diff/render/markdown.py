"""A review as one comment on a pull request.

Whoever opens the pull request wrote the specs, so nothing of them is Markdown here: their words stand in code spans and
in fenced blocks, where GitHub links no names and numbers, loads no images and reads no HTML.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from evalc.base.visible import code_span, visible
from evalc.diff.draft import shortened
from evalc.diff.render.phrases import (
    by_direction,
    calibrations_of,
    cost_of,
    counted,
    pages_of,
    place_of,
    reach_of,
    subject_of,
)
from evalc.model.catalog import SEVERITIES
from evalc.model.change import Change, Direction, Piece, Review
from evalc.model.stored import Place

MARKER = "<!-- evalc diff -->"
"""The first line, by which the comment is found again to be replaced."""

# GitHub takes 65,536 characters; the rest is room for what a workflow adds.
LARGEST = 60_000
_LONGEST_LINE = 600
_CONTEXT = 60
_MOST_NAMED = 20

_TITLES: dict[Direction, str] = {
    "weakened": "Weakened: easier to pass, or less is tested",
    "behaviour": "Behaviour: something else is tested, and results before do not compare",
    "strengthened": "Strengthened: harder to pass, or more is tested",
    "neutral": "Neutral: readers see a difference, verdicts do not",
    "cosmetic": "Cosmetic: layout and order",
}
_OPEN: tuple[Direction, ...] = ("weakened",)


def render_markdown(review: Review, stopping: Sequence[Change], *, url: str = "") -> str:
    """The comment, shorter than GitHub's limit: what is left out for that is counted, never the worst of it.

    Args:
        stopping: The changes that need somebody who accepts them.
        url: Where files of commits are shown, such as `https://github.com/OWNER/NAME/blob`; no links without it.
    """
    return f"{MARKER}\n{render_body(review, stopping, url=url, room=LARGEST)}"


def render_body(review: Review, stopping: Sequence[Change], *, url: str, room: int) -> str:
    """What `render_markdown` says below its first line, in at most so many characters."""
    head = "\n".join(_head(review, stopping))
    tail = "\n".join(["", *_notes(review), ""])
    room -= len(head) + len(tail)
    sections = []
    for direction, changes in by_direction(review.changes).items():
        section = _section(direction, changes, review=review, url=url, room=room)
        room -= len(section)
        sections.append(section)
    return "".join([head, *sections, tail])


def _head(review: Review, stopping: Sequence[Change]) -> Iterator[str]:
    yield "### What this change does to the evals"
    yield ""
    counts = [
        f"**{len(changes)} {direction}**{_severities(changes)}"
        for direction, changes in by_direction(review.changes).items()
    ]
    yield f"{', '.join(counts) or 'Nothing changed'}. From {code_span(review.base)} to {code_span(review.head)}."
    if stopping:
        yield ""
        yield (
            f"**{counted(len(stopping), 'change')} here need somebody who accepts them**, with a line "
            "`accept: KIND by PERSON: REASON` in the case, rubric or eval."
        )
    yield ""


def _severities(changes: Iterable[Change]) -> str:
    """How many of some changes reach cases of each severity, so that none can be buried under many."""
    counts = Counter(change.severity for change in changes)
    named = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    return f" ({', '.join(named)})" if named else ""


def _section(direction: Direction, changes: Sequence[Change], *, review: Review, url: str, room: int) -> str:
    """The changes of one direction, as many as there is room for."""
    is_open = " open" if direction in _OPEN else ""
    parts = [f"\n<details{is_open}><summary>{_TITLES[direction]} ({len(changes)})</summary>\n\n"]
    end = "\n</details>\n"
    left = room - len(parts[0]) - len(end) - 100
    for number, change in enumerate(changes):
        block = "\n".join(_change(change, review, url=url)) + "\n"
        if len(block) > left:
            parts.append(f"- and {counted(len(changes) - number, 'more change')}; `evalc diff` lists all\n")
            break
        left -= len(block)
        parts.append(block)
    return "".join([*parts, end])


def _change(change: Change, review: Review, *, url: str) -> Iterator[str]:
    severity = f" ({change.severity})" if change.severity else ""
    where = " · ".join(_places(change, review, url=url))
    yield f"- {code_span(subject_of(change))}{severity} · **{change.kind}** · {where}"
    if change.acceptance:
        yield f"  - accepted by {code_span(change.acceptance.by)}: {code_span(change.acceptance.reason)}"
    shown = [*_shown_words(change)]
    if not (shown and _quotes_words(change)):
        yield f"  - {code_span(change.sentence)}"
    if shown:
        yield from _fenced(shown)
    reach = reach_of(change, most=_MOST_NAMED)
    if reach:
        yield f"  - reaches {code_span(reach)}"


def _places(change: Change, review: Review, *, url: str) -> Iterator[str]:
    if change.place_after:
        yield _link(change.place_after, review.head_commit, url)
    elif change.place_before:
        yield f"was at {_link(change.place_before, review.base_commit, url)}"


def _link(place: Place, commit: str, url: str) -> str:
    words = code_span(place_of(place))
    return f"[{words}]({url}/{commit}/{quote(place.path, errors='replace')}#L{place.line})" if url and commit else words


def _shown_words(change: Change) -> Iterator[str]:
    """The words before and after as lines of a diff, where those say more than the sentence."""
    if change.pieces:
        yield f"- {_text(change.pieces, leaves_out='added')}"
        yield f"+ {_text(change.pieces, leaves_out='removed')}"
    elif change.before or change.after:
        yield from [f"- {_line(change.before)}"] if change.before else []
        yield from [f"+ {_line(change.after)}"] if change.after else []


def _quotes_words(change: Change) -> bool:
    """Whether the sentence says no more than the words before and after."""
    words = [found for found in (change.before, change.after) if found]
    return bool(words) and all(shortened(found) in change.sentence for found in words)


def _text(pieces: Sequence[Piece], *, leaves_out: str) -> str:
    """One side of a changed prose, with little of what stayed the same."""
    parts = []
    for index, piece in enumerate(pieces):
        if piece.kind == "same":
            parts.append(_edges(piece.text, is_first=index == 0, is_last=index == len(pieces) - 1))
        elif piece.kind != leaves_out:
            parts.append(piece.text)
    return _line("".join(parts))


def _edges(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * _CONTEXT:
        return text
    before = "" if is_first else text[:_CONTEXT]
    after = "" if is_last else text[-_CONTEXT:]
    return f"{before} … {after}"


def _line(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"


def _fenced(lines: Sequence[str]) -> Iterator[str]:
    """Lines in a block of code below a list item; each begins with its sign, so none can close the block."""
    yield "  ```diff"
    yield from (f"  {line}" for line in lines)
    yield "  ```"


def _notes(review: Review) -> Iterator[str]:
    if cost := cost_of(review):
        yield f"- {cost}"
    for note in (calibrations_of(review), pages_of(review), *review.unread):
        if note:
            yield f"- {code_span(note)}"
