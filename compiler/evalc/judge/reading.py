"""Replies of judges, read as text that nobody can trust."""

import json
import re
from collections.abc import Sequence

from pydantic import JsonValue

from evalc.base.folding import fold
from evalc.base.record import record
from evalc.judge.visible import make_visible

LONGEST_REPLY = 32_768
"""In characters."""

Members = dict[str, JsonValue]

_FENCED = re.compile(r"\A```(?:json)?[ \t]*\n(?P<body>.*)\n[ \t]*```\Z", re.DOTALL)

# A reason of fewer words may stand in an answer by chance.
_WORDS_OF_A_COPY = 5

# Models copy these signs in another form than they read them, and leave out what was put before a line.
_TYPOGRAPHY = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013\u2014\u2039\u203a", "''\"\"----<>")
_PUT_BEFORE = "⟨text⟩ "


@record
class ReplyProblem:
    """Why a reply cannot be used, as the end of the sentence `that reply cannot be used: ...`.

    No word of the reply is in it, for a judge may have taken those from the answer.
    """

    sentence: str


class Unusable(Exception):
    """A reply that cannot be used."""


def read_object(text: str) -> Members:
    """The members of a reply that is one JSON object and nothing else.

    Raises:
        Unusable: It is something else, too long, or has a member twice.
    """
    if len(text) > LONGEST_REPLY:
        raise Unusable(f"it is longer than {LONGEST_REPLY:,} characters")
    bare = text.strip()
    fenced = _FENCED.match(bare)
    try:
        value = json.loads(
            fenced["body"] if fenced else bare, object_pairs_hook=_unique_members, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise Unusable("it is not one JSON object and nothing else") from None
    if not isinstance(value, dict):
        raise Unusable("it is not one JSON object and nothing else")
    return value


def _unique_members(pairs: Sequence[tuple[str, JsonValue]]) -> Members:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Unusable("it has a member twice")
    return members


def _refuse_constant(name: str) -> JsonValue:
    raise Unusable(f"{name} is no number of JSON")


def require_members(members: Members, names: tuple[str, ...], *, what: str) -> None:
    """Return where an object has exactly these members, and thinks before it decides.

    Raises:
        Unusable: It has others, lacks one, or decides first.
    """
    for name in names:
        if name not in members:
            raise Unusable(f"{what} has no `{name}`")
    if len(members) > len(names):
        raise Unusable(f"{what} has members other than {', '.join(names)}")
    thought = [name for name in members if name in ("evidence", "reason", "verdict")]
    if thought not in ([], ["evidence", "reason", "verdict"]):
        raise Unusable(f"{what} does not have `evidence`, `reason` and `verdict` in this order")


def read_evidence(value: JsonValue, answer: str) -> tuple[str, ...]:
    """The quotes of a reply, all of which occur in the answer.

    Raises:
        Unusable: One does not, or there is no list of texts.
    """
    if not isinstance(value, list):
        raise Unusable("its `evidence` is no list of quotes")
    within = _as_quoted(answer)
    quotes = []
    for number, quote in enumerate(value, start=1):
        if not isinstance(quote, str) or not _as_quoted(quote):
            raise Unusable(f"quote {number} of its `evidence` is no text")
        if _as_quoted(quote) not in within:
            raise Unusable(f"quote {number} of its `evidence` does not occur in the answer")
        quotes.append(quote)
    return tuple(quotes)


def _as_quoted(text: str) -> str:
    return fold(text.replace(_PUT_BEFORE, "").translate(_TYPOGRAPHY))


def read_reason(value: JsonValue, answer: str) -> str:
    """The reason of a reply, with nothing hidden in it.

    Raises:
        Unusable: There is none, or it is the answer's own.
    """
    if not isinstance(value, str) or not value.strip():
        raise Unusable("its `reason` is no text")
    if len(value.split()) >= _WORDS_OF_A_COPY and _as_quoted(value) in _as_quoted(answer):
        raise Unusable("its `reason` is copied from the answer")
    # A reason is shown in terminals and on pages, and its writer may have read anything.
    return make_visible(value.strip())
