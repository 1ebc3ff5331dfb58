"""Sentences that a check says as well, and that check."""

import re
from collections.abc import Callable
from typing import NamedTuple

from evalc.syntax.phrase import spell_text

_SUBJECT = r"(?:(?:the|its?) )?(?:(?:answer|response|reply|output|text|message) )?"
_NOT = r"(?P<no>(?:does not|doesn't|must not|should not|never) )?"
_QUOTED = "(?:\"(?P<a>[^\"]+)\"|'(?P<b>[^']+)'|“(?P<c>[^”]+)”|\u2018(?P<d>[^\u2019]+)\u2019|`(?P<e>[^`]+)`)"
_NUMBER = r"(?P<number>\d{1,6})"
_PIECES = r"(?P<pieces>words|characters|lines)"

_MOST = r"(?:at most|no more than|not more than|up to|a maximum of)"
_LESS = r"(?:fewer than|less than|under|below|shorter than)"
_LEAST = r"(?:at least|no fewer than|not less than|no less than|a minimum of)"
_MORE = r"(?:more than|over|longer than)"
_BOUND = rf"(?:(?P<most>{_MOST})|(?P<less>{_LESS})|(?P<least>{_LEAST})|(?P<more>{_MORE})|(?P<same>exactly))"

_LANGUAGES = {
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "japanese": "ja",
    "polish": "pl",
    "portuguese": "pt",
    "spanish": "es",
}


class _Form(NamedTuple):
    """A way to say something that a check says, and how to write that check."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]


def check_for(claim: str) -> str | None:
    """The check that says all that a claim says, such as `not contain "refund"`, or None."""
    text = " ".join(claim.split()).rstrip(".")
    for form in _FORMS:
        found = form.pattern.fullmatch(text)
        if found:
            return form.write(found)
    return None


def _form(pattern: str, write: Callable[[re.Match[str]], str]) -> _Form:
    return _Form(re.compile(_SUBJECT + pattern, re.IGNORECASE), write)


def _count(found: re.Match[str]) -> str:
    kinds = {"most": "<=", "less": "<", "least": ">=", "more": ">", "same": "="}
    given = found.groupdict()
    operator = next((sign for kind, sign in kinds.items() if given.get(kind)), "=")
    return f"have {found['pieces'].lower()} {operator} {found['number']}"


def _count_behind(found: re.Match[str]) -> str:
    operator = ">=" if found["way"].lower() in ("more", "longer") else "<="
    return f"have {found['pieces'].lower()} {operator} {found['number']}"


def _texts(verb: str) -> Callable[[re.Match[str]], str]:
    def write(found: re.Match[str]) -> str:
        text = next(found[name] for name in "abcde" if found[name])
        return f"{'not ' if found.groupdict().get('no') else ''}{verb} {spell_text(text)}"

    return write


_FORMS = (
    _form(rf"(?:has|have|is|are|uses?|contains?|stays?) {_BOUND} {_NUMBER} {_PIECES}(?: long)?", _count),
    _form(rf"(?:has|is) {_NUMBER} {_PIECES} or (?P<way>fewer|less|shorter|more|longer)", _count_behind),
    _form(
        r"(?:is|returns|consists of)(?: only)?(?: an?)?(?: valid| well-formed)? json(?: object)?", lambda _: "be json"
    ),
    _form(
        rf"{_NOT}(?:contains?|includes?|mentions?|has|have|says?|uses?)(?: the)?(?: exact)?"
        rf"(?: (?:words?|phrase|text|string|term|name|number))? {_QUOTED}",
        _texts("contain"),
    ),
    _form(
        rf"{_NOT}(?:starts?|begins?|opens?) with(?: the)?(?: (?:words?|phrase|text|letter))? {_QUOTED}",
        _texts("start with"),
    ),
    _form(rf"{_NOT}(?:ends?|closes?) with(?: the)?(?: (?:words?|phrase|text))? {_QUOTED}", _texts("end with")),
    _form(
        rf"is (?:written )?(?:in|all in) (?P<language>{'|'.join(_LANGUAGES)})",
        lambda found: f'use language "{_LANGUAGES[found["language"].lower()]}"',
    ),
)
