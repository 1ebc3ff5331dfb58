"""Conversations: the turns of a case in order, and the answers in between that have checks of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evalc.analysis.codes.cases import (
    ANSWERED_LAST_TURN,
    EMPTY_CASE,
    EMPTY_REPLY,
    INPUT_AND_TURNS,
    MISPLACED_REPLY,
    TURN_ORDER,
)
from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.lower.body import Body
from evalc.analysis.lower.context import Context
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Wording
from evalc.base.record import record
from evalc.base.source import Span
from evalc.model.catalog import Turn
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl

Role = Literal["system", "user", "assistant"]
_ROLES: Mapping[str, Role] = {"system": "system", "user": "user", "assistant": "assistant", "input": "user"}


@record
class TurnDraft:
    """A turn before its row is known."""

    role: Role
    text: Template
    span: Span


@record
class ReplyDraft:
    """The checks of the answer to `turns[turn]`."""

    name: str
    turn: int
    clauses: Sequence[ClauseDecl]
    span: Span


@dataclass(slots=True)
class Conversation:
    """The turns of a case, and its replies."""

    turns: list[TurnDraft] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    replies: dict[str, ReplyDraft] = field(default_factory=dict)

    def fill(self, row: Mapping[str, str]) -> tuple[Turn, ...]:
        """The turns for one row."""
        return tuple([Turn(role=turn.role, text=turn.text.fill(row)) for turn in self.turns])


def read_conversation(block: BlockDecl, body: Body, *, context: Context, wording: Wording) -> Conversation:
    """The conversation of a case; an order in which no target could answer is reported."""
    found = Conversation()
    once: dict[str, FieldDecl] = {}
    for member in block.body:
        if isinstance(member, FieldDecl) and member.name.text in _ROLES:
            name = member.name.text
            found.names.add(name)
            # Of a field that stands once the first counts; the others were reported.
            if name in ("user", "assistant") or once.setdefault(name, member) is member:
                _add_turn(found, member, context, wording=wording)
        elif isinstance(member, BlockDecl) and member.keyword.text == "reply":
            _add_reply(found, member, context)
    _check_input(body, context)
    # A turn with a slip in its name is reported as that.
    is_whole = sum(body.mentions(name) for name in _ROLES) == len(found.names) and not body.has_strangers
    if is_whole and not context.damage.touches(block):
        _check_end(block, found, context)
    return found


def _add_turn(found: Conversation, decl: FieldDecl, context: Context, *, wording: Wording) -> None:
    role = _ROLES[decl.name.text]
    last = found.turns[-1].role if found.turns else None
    if role == "system" and last:
        context.reporter.add(TURN_ORDER, decl.name.span, found="`system:`", where="first")
    elif role == "assistant" and last == "assistant":
        context.reporter.add(TURN_ORDER, decl.name.span, found="`assistant:`", where="below a `user:`")
    # A turn whose file cannot be read is kept, so that nothing is said about a conversation that lacks it.
    text = context.template(decl, wording) or Template(("",))
    found.turns.append(TurnDraft(role, text, decl.name.span))


def _add_reply(found: Conversation, decl: BlockDecl, context: Context) -> None:
    same = found.replies.get(decl.name.text)
    clauses = [member for member in decl.body if isinstance(member, ClauseDecl)]
    if same:
        place = f"on line {context.reporter.source.line_of(same.span.start)}"
        context.reporter.add(DUPLICATE_NAME, decl.name.span, kind="reply", name=decl.name.text, place=place)
    elif not found.turns or found.turns[-1].role != "user":
        context.reporter.add(MISPLACED_REPLY, decl.name.span, why="there is no `user:` right above it")
    else:
        if not clauses:
            context.reporter.add(EMPTY_REPLY, decl.name.span, name=decl.name.text)
        reply = ReplyDraft(decl.name.text, len(found.turns) - 1, clauses, decl.name.span)
        found.replies[reply.name] = reply


def _check_input(body: Body, context: Context) -> None:
    given = body.one("input")
    other = body.one("user") or body.one("assistant")
    if given and other:
        context.reporter.add(INPUT_AND_TURNS, given.name.span, other=other.name.text)


def _check_end(block: BlockDecl, found: Conversation, context: Context) -> None:
    if not any(turn.role == "user" for turn in found.turns):
        help = "write `input:` with what the user says"
        context.reporter.add(EMPTY_CASE, block.name.span, name=block.name.text, help=help)
        return
    last = found.turns[-1]
    if last.role != "user":
        context.reporter.add(ANSWERED_LAST_TURN, last.span, role=last.role)
    for reply in found.replies.values():
        if reply.turn + 1 == len(found.turns):
            why = "the checks of the last answer stand in the case itself"
        elif found.turns[reply.turn + 1].role != "user":
            why = "the `assistant:` below gives the answer"
        else:
            continue
        context.reporter.add(MISPLACED_REPLY, reply.span, why=why)
