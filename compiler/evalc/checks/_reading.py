"""From the words of a clause to a check, or to what is wrong with them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache

from pydantic import JsonValue

from evalc.base.diagnostic import Code
from evalc.base.record import record
from evalc.base.source import Span
from evalc.base.suggest import closest
from evalc.checks._naming import name_check
from evalc.checks._texts import joined
from evalc.checks._verbs import Unknown, find_verb
from evalc.checks.codes import MISSING_VERB, UNEXPECTED_WORD, UNFINISHED_CHECK, UNKNOWN_VERB
from evalc.checks.contract import CheckType, JudgedCheck, Objection
from evalc.syntax.phrase import END, Match, Mismatch, best_match, spell, spell_word
from evalc.syntax.slots import A_COMMA, A_TEXT
from evalc.syntax.tree import Word, WordKind

_NOWHERE = Span(0, 0)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@record
class Mistake:
    """What is wrong with a clause: `values` fill the code's message.

    `near` is what the author may have meant to write in place of the span, empty where that is not known.
    """

    code: Code
    span: Span
    values: dict[str, object] = field(default_factory=dict)
    help: str = ""
    near: str = ""

    @property
    def message(self) -> str:
        """The code's sentence with its values."""
        return self.code.message.format(**self.values)

    @property
    def label(self) -> str:
        """What stands beside the caret."""
        return f"did you mean `{self.near}`?" if self.near else ""


@record
class CheckReading:
    """A clause as read: the member's word in the family and its arguments, or `mistakes` and an empty `verb`.

    `words` is the clause in canonical form. `default_name` is a kebab-case name made of the words alone, so that it
    does not change when other checks do; two checks of one case may get the same one.
    """

    verb: str
    arguments: dict[str, JsonValue]
    words: str
    is_judged: bool
    mistakes: tuple[Mistake, ...]
    default_name: str


def read_clause(words: Sequence[Word]) -> CheckReading:
    """The check that the words behind `must` or `should` (and `not`) ask for, without `as NAME`."""
    reading = _read_known(tuple([(word.kind, word.text, word.mark) for word in words]))
    return reading if not reading.mistakes else _read(words)


# Half of all checks of a catalog are written in the same words as another one; their places differ.
@lru_cache(maxsize=1024)
def _read_known(key: tuple[tuple[WordKind, str, str], ...]) -> CheckReading:
    return _read([Word(kind, text, _NOWHERE, mark) for kind, text, mark in key])


def _read(words: Sequence[Word]) -> CheckReading:
    if not words or words[0].kind != "name":
        span, shown = (words[0].span, _shown(words[0])) if words else (_NOWHERE, "nothing")
        return _unreadable([Mistake(MISSING_VERB, span, {"found": shown})])
    verb = find_verb(words)
    if isinstance(verb, Unknown):
        span = Span(words[0].span.start, words[verb.count - 1].span.end)
        return _unreadable([Mistake(UNKNOWN_VERB, span, {"verb": verb.words}, verb.help, verb.near)])
    found = best_match(verb.member.forms, words)
    if isinstance(found, Mismatch):
        return _unreadable([_mistake_of_mismatch(found, words, verb.member.forms)])
    mistakes = [_mistake_of_objection(x, found, words) for x in verb.member.objections(found)]
    return _unreadable(mistakes) if mistakes else _reading(verb.word, verb.member, match=found, words=words)


def _reading(verb: str, member: type[CheckType], *, match: Match, words: Sequence[Word]) -> CheckReading:
    check = member.model_validate(member.arguments_of(match))
    return CheckReading(
        verb=verb,
        # What has its default value is left out, so that a new argument of a member changes no fingerprint.
        arguments=check.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        words=spell(words),
        is_judged=issubclass(member, JudgedCheck),
        mistakes=(),
        default_name=name_check(words),
    )


def _unreadable(mistakes: Iterable[Mistake]) -> CheckReading:
    return CheckReading("", {}, "", False, tuple(mistakes), "")


def _mistake_of_mismatch(miss: Mismatch, words: Sequence[Word], forms: Sequence[str]) -> Mistake:
    before = words[miss.at - 1]
    values: dict[str, object] = {
        "before": "the comma" if before.kind == "comma" else _shown(before),
        "expected": joined(miss.expected, "or"),
    }
    if miss.at == len(words):
        end = before.span.end
        return Mistake(UNFINISHED_CHECK, Span(end, end), values)
    # Where nothing more is expected, the word before may have begun a text; else it was right as it is.
    for start in (miss.at, miss.at - 1) if miss.expected == (END,) else (miss.at,):
        if mended := _mended(words, start, miss.at, forms=forms):
            values |= {"before": _shown(words[start - 1]), "found": _shown(words[start])}
            values |= {"expected": A_TEXT} if start < miss.at else {}
            return Mistake(UNEXPECTED_WORD, mended.span, values, near=spell_word(mended))
    word = words[miss.at]
    literals = [text.strip("`") for text in miss.expected if text.startswith("`")]
    meant = closest(word.text, literals) if word.kind == "name" else None
    help = "" if meant else _help_with(word, words, has_list=A_COMMA in miss.expected)
    return Mistake(UNEXPECTED_WORD, word.span, values | {"found": _shown(word)}, help, meant or "")


def _help_with(word: Word, words: Sequence[Word], *, has_list: bool) -> str:
    """How a check says what its words mean in English."""
    texts = ", ".join(spell_word(other) for other in words if other.kind == "text")
    match word.text if word.kind == "name" else "":
        case "or" | "and" if has_list and words[0].text == "contain" and words[1].kind == "text":
            return f"write `contain {'any' if word.text == 'or' else 'all'} of {texts}`"
        case "or" | "and" if has_list:
            return f"a comma stands between them: `{texts}`"
        case "or":
            return "one of several is said by `contain any of`, `be one of`, `in`, or `|` in a pattern"
        case "and":
            return "what comes behind `and` is a check of its own, on a line of its own"
        case "between":
            return "two checks say so: one with `>=`, one with `<=`"
    return ""


def _mended(words: Sequence[Word], start: int, at: int, *, forms: Sequence[str]) -> Word | None:
    """Words as the text, path, pattern or name that they may have been meant as, if the clause can be read so."""
    if words[start].kind == "text":
        return _mended_text(words, start, forms=forms)
    end = _end_of_names(words, start)
    if end <= at:
        return None
    text = " ".join(word.text for word in words[start:end])
    span = Span(words[start].span.start, words[end - 1].span.end)
    for mended in (Word("path", f"$.{text}", span), Word("text", text, span)):
        is_read = isinstance(best_match(forms, [*words[:start], mended, *words[end:]]), Match)
        if is_read and (mended.kind == "text" or end == start + 1):
            return mended
    return None


def _mended_text(words: Sequence[Word], at: int, *, forms: Sequence[str]) -> Word | None:
    written = words[at]
    others = [Word("name", written.text, written.span)] if _NAME.fullmatch(written.text) else []
    for mended in (*others, Word("pattern", written.text, written.span)):
        if isinstance(best_match(forms, [*words[:at], mended, *words[at + 1 :]]), Match):
            return mended
    return None


def _end_of_names(words: Sequence[Word], at: int) -> int:
    while at < len(words) and words[at].kind == "name":
        at += 1
    return at


def _mistake_of_objection(objection: Objection, match: Match, words: Sequence[Word]) -> Mistake:
    first, end = match.places[objection.slot]
    if objection.word is not None:
        first += objection.word
        end = first + 1
    span = Span(words[first].span.start, words[end - 1].span.end)
    # A part is counted in what was read; where something was escaped, the source has more characters.
    if objection.part and len(spell_word(words[first])) == span.end - span.start:
        span = Span(span.start + objection.part[0], span.start + objection.part[1])
    return Mistake(objection.code, span, objection.values, objection.help, objection.near)


def _shown(word: Word) -> str:
    return f"`{spell_word(word)}`"
