"""What became of the checks of a case."""

from collections.abc import Iterator
from dataclasses import replace

from evalc.diff.cases.pair_checks import CheckPairs, Placed
from evalc.diff.cases.strength import strength_of
from evalc.diff.draft import CasePair, Draft, Spot
from evalc.diff.kinds.checks import (
    CHECK_ADDED,
    CHECK_CHANGED,
    CHECK_DEMOTED,
    CHECK_INVERTED,
    CHECK_LOOSENED,
    CHECK_MOVED,
    CHECK_PROMOTED,
    CHECK_REMOVED,
    CHECK_RENAMED,
    CHECK_REWORDED,
    CHECK_TIGHTENED,
    REPLY_MOVED,
)
from evalc.diff.kinds.kind import Kind
from evalc.diff.prose.meaning import changed_pieces, compare_texts
from evalc.diff.prose.words import compare_words
from evalc.model.change import Subject
from evalc.model.stored import Place

_LONGEST_LINE = 100


def compare_checks(pair: CasePair, checks: CheckPairs) -> Iterator[Draft]:
    """The checks that came, went or changed, and the replies that come after another turn."""
    for before, after in checks.pairs:
        yield from _compare(_spot(pair, before, after), before, after)
    for placed in checks.removed:
        spot = _spot(pair, placed, None)
        yield Draft(CHECK_REMOVED, spot, before=placed.clause, cause=(pair.eval_id, *_lines(placed, None)))
    for placed in checks.added:
        spot = _spot(pair, None, placed)
        yield Draft(CHECK_ADDED, spot, after=placed.clause, cause=(pair.eval_id, *_lines(None, placed)))


def compare_replies(pair: CasePair) -> Iterator[Draft]:
    """The replies whose checks read the answer to another turn, where the turns are the same."""
    if [turn.role for turn in pair.before.turns] != [turn.role for turn in pair.after.turns]:
        return
    turns = {reply.name: reply.turn for reply in pair.before.replies}
    for reply in pair.after.replies:
        if turns.get(reply.name, reply.turn) != reply.turn:
            yield Draft(REPLY_MOVED, pair.spot, values={"name": reply.name}, cause=(pair.home, reply.name))


def _compare(spot: Spot, before: Placed, after: Placed) -> Iterator[Draft]:
    lines = _lines(before, after)
    if before.check.level != after.check.level:
        kind = CHECK_DEMOTED if after.check.level == "should" else CHECK_PROMOTED
        words = {"words": _without_level(after)}
        yield Draft(kind, spot, before=before.check.level, after=after.check.level, values=words, cause=lines)
    demand = _demand_change(before, after)
    if demand:
        left, right = before.clause, after.clause
        if left == right:
            right = f"{right} with another content"
        pieces = compare_words(left, right).pieces
        is_long = max(len(left), len(right)) > _LONGEST_LINE
        shown = pieces if is_long else ()
        yield Draft(demand, spot, before=left, after=right, pieces=shown, cause=(*lines, changed_pieces(pieces)))
    if before.reply != after.reply:
        words = {"words": after.clause}
        yield Draft(CHECK_MOVED, spot, before=before.answer, after=after.answer, values=words, cause=lines)
    if before.check.name != after.check.name and before.check.words == after.check.words:
        words = {"words": after.clause}
        yield Draft(CHECK_RENAMED, spot, before=before.check.name, after=after.check.name, values=words, cause=lines)


def _demand_change(before: Placed, after: Placed) -> Kind | None:
    if before.demand == after.demand:
        if before.check.is_negated != after.check.is_negated:
            return CHECK_INVERTED
        is_reworded = before.check.words != after.check.words and not before.check.arguments.get("rubric")
        return CHECK_REWORDED if is_reworded else None
    match strength_of(after.check, before.check):
        case "weaker":
            return CHECK_LOOSENED
        case "stronger":
            return CHECK_TIGHTENED
        case "equal":
            return CHECK_REWORDED
        case "unknown":
            return CHECK_REWORDED if _is_same_claim(before, after) else CHECK_CHANGED


def _is_same_claim(before: Placed, after: Placed) -> bool:
    """Whether a judge is asked the same in other words."""
    if not (before.check.is_judged and after.check.is_judged):
        return False
    change = compare_texts(before.check.words, after.check.words)
    return change is None or change.nature != "meaning"


def _spot(pair: CasePair, before: Placed | None, after: Placed | None) -> Spot:
    here = after or before
    assert here is not None
    return replace(
        pair.spot,
        subject=Subject(kind="check", id=f"{pair.after.id}#{here.check.name}"),
        place_before=before.check.place if before else None,
        place_after=after.check.place if after else None,
    )


def _lines(before: Placed | None, after: Placed | None) -> tuple[Place | str | None, Place | str | None]:
    """Where a check is written: on one line for all rows of a case, and a rubric maybe on one line for all cases."""
    return _line(before) if before else None, _line(after) if after else None


def _line(placed: Placed) -> Place | str:
    return placed.clause if "rubric" in placed.check.arguments else placed.check.place


def _without_level(placed: Placed) -> str:
    return f"not {placed.check.words}" if placed.check.is_negated else placed.check.words
