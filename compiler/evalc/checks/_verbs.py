"""Which member the first words of a clause name."""

from collections.abc import Sequence

from evalc.base.family import find_member, member_names
from evalc.base.record import record
from evalc.base.suggest import closest
from evalc.checks._texts import joined
from evalc.checks.contract import CheckType
from evalc.syntax.tree import Word

FAMILY = "evalc.checks"

_MOST_WORDS = 4


@record
class Verb:
    """A verb that is known: its word in the family, such as `be-one-of`, and its member."""

    word: str
    member: type[CheckType]


@record
class Unknown:
    """Words that name no verb: the first `count` of the clause, and what may have been meant in their place."""

    words: str
    count: int
    near: str = ""
    help: str = ""


def find_verb(words: Sequence[Word]) -> Verb | Unknown:
    """The verb with the most words that a clause begins with."""
    names = _leading_names(words)
    candidates = ["-".join(names[:count]) for count in range(len(names), 0, -1)]
    # An installed package is asked last: looking for those is slow.
    for word in [word for word in candidates if word in member_names(FAMILY)] or candidates:
        member = find_member(FAMILY, word, CheckType)
        if member:
            return Verb(word, member)
    return _nearest(names)


def _leading_names(words: Sequence[Word]) -> list[str]:
    names = []
    for word in words[:_MOST_WORDS]:
        if word.kind != "name":
            break
        names.append(word.text)
    return names


def _nearest(names: Sequence[str]) -> Unknown:
    beginning = [verb.split("-")[1:] for verb in member_names(FAMILY) if verb.split("-")[0] == names[0]]
    if beginning:
        verbs = [f"{names[0]} {' '.join(words)}" for words in beginning]
        for count in range(2, len(names) + 1):
            written = " ".join(names[:count])
            if near := closest(written, verbs):
                return Unknown(written, count, near)
        rest = joined([f"`{' '.join(words)}`" for words in beginning], "or")
        count = min(2, len(names))
        help = f"`{names[0]}` goes on with {rest}"
        if names[0] == "be" and len(names) > 1:
            help += f'; what only a judge can tell is a claim: `satisfy "is {" ".join(names[1:])}"`'
        return Unknown(" ".join(names[:count]), count, help=help)
    # A verb of one word is tried first, for the words behind it are not its own.
    for count in range(1, len(names) + 1):
        verbs = [verb.replace("-", " ") for verb in member_names(FAMILY) if verb.count("-") == count - 1]
        written = " ".join(names[:count])
        if near := closest(written, verbs):
            return Unknown(written, count, near)
    known = joined([f"`{verb.replace('-', ' ')}`" for verb in member_names(FAMILY)], "and")
    return Unknown(names[0], 1, help=f"there are {known}")
