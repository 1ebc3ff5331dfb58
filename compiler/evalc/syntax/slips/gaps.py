"""Lines between two that could be read, and those among them that go on with the line above."""

from collections.abc import Sequence

from evalc.base.record import record
from evalc.syntax.codes.clauses import SPLIT_CHECK
from evalc.syntax.codes.layout import COMMENT_IN_TEXT, SPLIT_TEXT
from evalc.syntax.slips.slip import Cure, Slip, Swap
from evalc.syntax.slips.words import FIELD, Place, line_place


@record
class Line:
    """A line without its indentation and the spaces at its end; `column` is how far it is indented."""

    start: int
    end: int
    column: int


@record
class Gap:
    """Lines between two that could be read: those that could not, and the comments among them.

    `is_in_conflict` tells that an unfinished merge was found further up, so its other marks are no news.
    `above` is the kind of the token that was read before, `above_line` its first line.
    """

    text: str
    place: Place
    lines: Sequence[Line]
    comments: Sequence[Line]
    is_in_conflict: bool
    above: str = ""
    above_line: Line = Line(0, 0, 0)

    def place_of(self, line: Line) -> Place:
        """Where one of the lines stands."""
        return line_place(self.place, line.column)


def continued(gap: Gap) -> tuple[Slip, int] | None:
    """The slip of lines that go on with the line above the gap, and how many these are."""
    count = 0
    while count < len(gap.lines) and gap.lines[count].column > gap.above_line.column:
        count += 1
    deeper = gap.lines[:count]
    if not deeper:
        return None
    if gap.above.endswith("TEXT") and gap.comments and gap.comments[0].start < deeper[0].start:
        return _comment_in_text(gap, deeper), count
    if gap.above.endswith("FIELD"):
        return _split_text(gap, deeper), count
    if gap.above.endswith(("CHECK", "PASS")):
        return _split_check(gap, deeper), count
    return None


def _comment_in_text(gap: Gap, deeper: Sequence[Line]) -> Slip:
    margin = " " * gap.above_line.column
    inner = [comment for comment in gap.comments if comment.start < deeper[-1].start]
    above = "".join(f"{gap.text[comment.start : comment.end]}\n{margin}" for comment in inner)
    away = tuple(Swap(comment.start - comment.column, comment.end + 1, "") for comment in inner)
    cure = Cure("put the comment above the field", (Swap(gap.above_line.start, gap.above_line.start, above), *away))
    values = {"field": _field_above(gap)}
    return Slip(COMMENT_IN_TEXT, deeper[0].start, deeper[-1].end, cure=cure, values=values, label=cure.title)


def _split_text(gap: Gap, deeper: Sequence[Line]) -> Slip:
    head = FIELD.match(gap.text, gap.above_line.start)
    assert head is not None
    margin = gap.above_line.column + 2
    inset = tuple(Swap(line.start - line.column, line.start, " " * margin) for line in deeper if line.column < margin)
    cure = Cure("put all of it below", (Swap(head.end(), head.end() + 1, "\n" + " " * margin), *inset))
    label = "all of it belongs on the lines below the colon"
    return Slip(SPLIT_TEXT, deeper[0].start, deeper[-1].end, label, cure=cure, values={"field": head[1]})


def _split_check(gap: Gap, deeper: Sequence[Line]) -> Slip:
    ends = [gap.above_line.end, *(line.end for line in deeper)]
    swaps = tuple(Swap(end, line.start, " ") for end, line in zip(ends, deeper, strict=False))
    cure = Cure("join the lines", swaps)
    return Slip(SPLIT_CHECK, deeper[0].start, deeper[-1].end, cure.title, cure=cure)


def _field_above(gap: Gap) -> str:
    head = FIELD.match(gap.text, gap.above_line.start)
    return head[1] if head else ""
