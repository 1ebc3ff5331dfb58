"""A review as lines for a terminal, weakenings first, with changed words marked."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.diff.render.phrases import (
    acceptance_of,
    by_direction,
    calibrations_of,
    cost_of,
    counts_of,
    kinds_of,
    pages_of,
    place_of,
    reach_of,
    subject_of,
)
from evalc.model.change import Change, Direction, Piece, Review

_COLOURS: dict[Direction, str] = {
    "weakened": "1;31",
    "behaviour": "1;33",
    "strengthened": "1;32",
    "neutral": "1",
    "cosmetic": "2",
}
_PIECES = {"removed": ("31", "[-{}-]"), "added": ("32", "{{+{}+}}"), "same": ("2", "{}")}

_MOST_NAMED = 5

_FOLDED: tuple[Direction, ...] = ("neutral", "cosmetic")


def render_terminal(review: Review, *, colour: bool, whole: bool = False) -> str:
    """The changes by direction, then what they cost.

    Args:
        whole: List the neutral and the cosmetic changes too, which are else only counted, and name all cases.
    """
    return "\n".join(_lines(review, colour=colour, whole=whole)) + "\n"


def _lines(review: Review, *, colour: bool, whole: bool) -> Iterator[str]:
    yield f"{visible(review.base)} -> {visible(review.head)}: {counts_of(review)}"
    for direction, changes in by_direction(review.changes).items():
        title = _paint(direction, _COLOURS[direction], colour)
        yield ""
        if direction in _FOLDED and not whole:
            yield f"{title}: {_paint(kinds_of(changes), '2', colour)}"
            continue
        yield title
        for change in changes:
            yield from _change(change, colour=colour, most=len(change.reaches) if whole else _MOST_NAMED)
    notes = [note for note in (cost_of(review), calibrations_of(review), pages_of(review), *review.unread) if note]
    yield from ["", *(visible(note) for note in notes)] if notes else []


def _change(change: Change, *, colour: bool, most: int) -> Iterator[str]:
    severity = f" ({change.severity})" if change.severity else ""
    place = _paint(visible(place_of(change.place)), "2", colour) if change.place else ""
    yield f"  {_paint(visible(subject_of(change)), '1', colour)}{severity}  {place}".rstrip()
    yield f"    {change.kind}: {visible(change.sentence)}"
    if change.pieces:
        yield f"      {_words(change.pieces, colour=colour)}"
    elif _is_telling(change):
        yield f"      {_words(_as_pieces(change), colour=colour)}"
    for note in (_reach(change, most), acceptance_of(change)):
        if note:
            yield f"      {_paint(visible(note), '2', colour)}"


def _reach(change: Change, most: int) -> str:
    reach = reach_of(change, most=most)
    return f"reaches {reach}" if reach else ""


def _is_telling(change: Change) -> bool:
    """Whether the words before and after say more than the sentence, which quotes most of them."""
    return change.kind == "fact-changed" and bool(change.before or change.after)


def _as_pieces(change: Change) -> tuple[Piece, ...]:
    both = (Piece(kind="removed", text=f"{change.before} "), Piece(kind="added", text=change.after))
    return tuple(piece for piece in both if piece.text.strip())


def _words(pieces: Sequence[Piece], *, colour: bool) -> str:
    return "".join(_piece(piece, colour=colour) for piece in pieces).strip()


def _piece(piece: Piece, *, colour: bool) -> str:
    """A piece in its colour, or in brackets without colours; the space behind it is not marked."""
    text = visible(piece.text)
    words = text.rstrip()
    code, brackets = _PIECES[piece.kind]
    marked = _paint(words, code, colour) if colour else brackets.format(words)
    return f"{marked if words else ''}{text[len(words) :]}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text
