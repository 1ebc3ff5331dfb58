"""What a case asks, and what it says is expected."""

from collections.abc import Iterator, Sequence

from evalc.diff.draft import CasePair, Draft
from evalc.diff.kinds.cases import (
    CONVERSATION_CHANGED,
    EXPECTATION_ADDED,
    EXPECTATION_CHANGED,
    EXPECTATION_REFLOWED,
    EXPECTATION_REMOVED,
    EXPECTATION_REWORDED,
    INPUT_CHANGED,
    INPUT_REFLOWED,
    TOOLS_CHANGED,
)
from evalc.diff.prose.meaning import changed_pieces, compare_inputs, compare_texts
from evalc.diff.prose.words import compare_words
from evalc.model.catalog import Tool, Turn

_EXPECTATIONS = {"meaning": EXPECTATION_CHANGED, "wording": EXPECTATION_REWORDED, "reflow": EXPECTATION_REFLOWED}


def compare_conversation(pair: CasePair) -> Iterator[Draft]:
    """The turns that say something else, or one change where there are other turns than before."""
    before, after = pair.before.turns, pair.after.turns
    if [turn.role for turn in before] == [turn.role for turn in after]:
        for index, (left, right) in enumerate(zip(before, after, strict=True)):
            if left.text != right.text:
                yield from _compare_turn(pair, left.text, after=right.text, name=_turn_name(after, index))
        return
    pieces = compare_words(_transcript(before), _transcript(after)).pieces
    roles = _roles(before), _roles(after)
    yield Draft(
        CONVERSATION_CHANGED,
        pair.spot,
        before=roles[0],
        after=roles[1],
        pieces=pieces,
        cause=(pair.home, *roles, changed_pieces(pieces)),
    )


def compare_tools(pair: CasePair) -> Iterator[Draft]:
    """The tools that came, went or changed."""
    before = {tool.name: tool for tool in pair.before.tools}
    after = {tool.name: tool for tool in pair.after.tools}
    for name in dict.fromkeys([*before, *after]):
        how = _tool_change(before.get(name), after.get(name))
        if how:
            # One file of tools often serves many cases.
            cause = (
                name,
                how,
                *(tool.model_dump_json() if tool else "" for tool in (before.get(name), after.get(name))),
            )
            yield Draft(TOOLS_CHANGED, pair.spot, values={"name": name, "how": how}, cause=cause)


def compare_expectation(pair: CasePair) -> Iterator[Draft]:
    """What became of `expect`."""
    before, after = pair.before.expect, pair.after.expect
    if not before or not after:
        if before != after:
            pieces = compare_words(before, after).pieces
            kind = EXPECTATION_ADDED if after else EXPECTATION_REMOVED
            yield Draft(kind, pair.spot, pieces=pieces, cause=(pair.home,))
        return
    change = compare_texts(before, after)
    if change:
        cause = (changed_pieces(change.pieces), None if change.pieces else pair.home)
        kind = _EXPECTATIONS[change.nature]
        yield Draft(kind, pair.spot, values={"reason": change.reason}, pieces=change.pieces, cause=cause)


def _compare_turn(pair: CasePair, before: str, *, after: str, name: str) -> Iterator[Draft]:
    change = compare_inputs(before, after)
    assert change is not None
    kind = INPUT_REFLOWED if change.nature == "reflow" else INPUT_CHANGED
    # A text that several cases take from one `let` changes in all of them.
    cause = (name, changed_pieces(change.pieces), None if change.pieces else (before, after))
    how = "says something else" if change.pieces else "has other lines or indentation"
    yield Draft(kind, pair.spot, values={"what": name, "how": how}, pieces=change.pieces, cause=cause)


def _turn_name(turns: Sequence[Turn], index: int) -> str:
    """How a reader calls a turn: the `input`, the system turn, the second user turn."""
    role = turns[index].role
    count = sum(turn.role == role for turn in turns)
    if role == "user" and count == 1:
        return "input"
    number = sum(turn.role == role for turn in turns[: index + 1])
    return f"{role} turn" if count == 1 else f"{role} turn {number}"


def _transcript(turns: Sequence[Turn]) -> str:
    return "\n".join(f"{turn.role}: {turn.text}" for turn in turns)


def _roles(turns: Sequence[Turn]) -> str:
    return ", ".join(turn.role for turn in turns) or "none"


def _tool_change(before: Tool | None, after: Tool | None) -> str:
    if before is None:
        return "is new"
    if after is None:
        return "is gone"
    parts = {
        "description": before.description != after.description,
        "parameters": before.parameters != after.parameters,
        "replies": before.replies != after.replies,
    }
    changed = [name for name, is_changed in parts.items() if is_changed]
    return f"changed in its {' and '.join(changed)}" if changed else ""
