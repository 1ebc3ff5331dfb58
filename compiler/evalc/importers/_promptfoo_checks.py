"""Assertions of promptfoo as checks.

The kinds and their fields are those of promptfoo's configuration reference, "Assertions & metrics".
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from evalc.base.visible import visible
from evalc.importers._drafts import CheckDraft, is_readable, one_line, quoted
from evalc.syntax.slips.names import as_name

Settings = Mapping[str, JsonValue]

_SHORTHAND = re.compile(r"(not-)?([a-z][a-z-]*)(?:\((\d+(?:\.\d+)?)\))?(?::(.*))?", re.DOTALL)
_BARE_SLASH = re.compile(r"(?<!\\)((?:\\\\)*)/")
_LISTED = ("contains-all", "contains-any", "icontains-all", "icontains-any")
_OLD_NAMES = {"grade": "llm-rubric", "fn": "javascript", "eval": "javascript"}


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion: its kind without `not-`, whether it is denied, and its settings with variables filled in."""

    kind: str
    is_denied: bool
    settings: Settings

    @property
    def value(self) -> JsonValue:
        """What the answer is held against."""
        return self.settings.get("value")


def read_assertion(settings: Settings) -> Assertion:
    """An assertion as it stands in a list of them."""
    kind = str(settings.get("type", ""))
    return Assertion(kind.removeprefix("not-"), kind.startswith("not-"), settings)


def read_shorthand(text: str) -> Assertion:
    """An assertion as it stands in a cell of a table, such as `contains-any: a, b`; any other text is what is equal."""
    found = _SHORTHAND.fullmatch(text.strip())
    kind = _OLD_NAMES.get(found[2], found[2]) if found else ""
    if not found or kind not in _KNOWN:
        return Assertion("equals", False, {"type": "equals", "value": text})
    value: JsonValue = (found[4] or "").strip()
    if kind in _LISTED:
        value = [part.strip() for part in str(value).split(",")]
    settings: dict[str, JsonValue] = {"type": f"{found[1] or ''}{kind}", "value": value}
    if found[3]:
        settings["threshold"] = float(found[3])
    return Assertion(kind, bool(found[1]), settings)


def describe(assertion: Assertion) -> str:
    """An assertion in its own words, for where it has no counterpart."""
    kind = f"{'not-' if assertion.is_denied else ''}{assertion.kind or 'an assertion without a type'}"
    value = assertion.value
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return one_line(kind if value is None else f"{kind}: {shown}")


def checks_for(assertion: Assertion) -> tuple[CheckDraft, ...]:
    """The checks that ask for the same; none where there is no such check.

    A weight of 0 makes a check that is reported and never decides, so it is a `should`.
    """
    write = _WRITERS.get(assertion.kind)
    if not write:
        return ()
    word = "should" if assertion.settings.get("weight") == 0 else "must"
    name = as_name(str(assertion.settings.get("metric") or ""))
    lines = list(write(assertion))
    if not all(is_readable(f"{word} {line}") for line in lines):
        return ()
    # That none of several bounds holds would be another sentence than that each does not.
    if assertion.is_denied and len(lines) > 1:
        return ()
    return tuple(CheckDraft(f"{word}{' not' if assertion.is_denied else ''} {line}", name) for line in lines)


def _texts(value: JsonValue) -> list[str]:
    """The texts of a value, each as code can compare it; none where one of them is no such text."""
    found = value if isinstance(value, list) else [value]
    texts = [str(text) for text in found if isinstance(text, str | int | float) and not isinstance(text, bool)]
    fits = len(texts) == len(found) and all(text and visible(text) == _spaced(text) for text in texts)
    return texts if fits and not any(text.startswith("file://") for text in texts) else []


def _spaced(text: str) -> str:
    return text.replace("\t", " ").replace("\n", "\\n")


def _comparing(verb: str, end: str = "") -> Callable[[Assertion], Iterator[str]]:
    def write(assertion: Assertion) -> Iterator[str]:
        if texts := _texts(assertion.value):
            yield f"{verb} {', '.join(map(quoted, texts))}{end}"

    return write


def _match(assertion: Assertion) -> Iterator[str]:
    for pattern in _texts(assertion.value):
        yield f"match /{_BARE_SLASH.sub(_escaped, pattern)}/"


def _escaped(slash: re.Match[str]) -> str:
    return f"{slash[1]}\\/"


def _be_json(assertion: Assertion) -> Iterator[str]:
    # A schema has to lie in a file of its own.
    if not assertion.value:
        yield "be json"


def _satisfy(sentence: str = "{}") -> Callable[[Assertion], Iterator[str]]:
    def write(assertion: Assertion) -> Iterator[str]:
        for text in _texts(assertion.value):
            yield f"satisfy {quoted(sentence.format(one_line(text)))}"

    return write


def _latency(assertion: Assertion) -> Iterator[str]:
    if (most := _number(assertion, "threshold")) is not None:
        yield f"have latency <= {most:g}ms"


def _cost(assertion: Assertion) -> Iterator[str]:
    if (most := _number(assertion, "threshold")) is not None:
        yield f"have cost <= ${most:f}".rstrip("0").rstrip(".")


def _words(assertion: Assertion) -> Iterator[str]:
    value = assertion.value
    if isinstance(value, Mapping):
        bounds = {"min": ">=", "max": "<="}
        for key, operator in bounds.items():
            if isinstance(number := value.get(key), int):
                yield f"have words {operator} {number}"
    elif isinstance(value, int | str) and str(value).isdecimal():
        yield f"have words = {value}"


def _refuse(assertion: Assertion) -> Iterator[str]:
    yield "refuse"


def _stop(assertion: Assertion) -> Iterator[str]:
    reason = str(assertion.value or "").replace("_", "-")
    if reason and reason == as_name(reason):
        yield f"stop with {reason}"


def _call(assertion: Assertion) -> Iterator[str]:
    for tool in _texts(assertion.value):
        yield f"call {quoted(tool)}"


def _number(assertion: Assertion, key: str) -> float | None:
    value = assertion.settings.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


_WRITERS: Mapping[str, Callable[[Assertion], Iterator[str]]] = {
    "equals": _comparing("equal", " exactly"),
    "contains": _comparing("contain", " exactly"),
    "contains-all": _comparing("contain all of", " exactly"),
    "contains-any": _comparing("contain any of", " exactly"),
    "icontains": _comparing("contain"),
    "icontains-all": _comparing("contain all of"),
    "icontains-any": _comparing("contain any of"),
    "starts-with": _comparing("start with", " exactly"),
    "regex": _match,
    "is-json": _be_json,
    "llm-rubric": _satisfy(),
    "g-eval": _satisfy(),
    "model-graded-closedqa": _satisfy(),
    "factuality": _satisfy("Agrees in all facts with: {}"),
    "model-graded-factuality": _satisfy("Agrees in all facts with: {}"),
    "latency": _latency,
    "cost": _cost,
    "word-count": _words,
    "is-refusal": _refuse,
    "finish-reason": _stop,
    "trajectory:tool-used": _call,
}

_KNOWN = frozenset(_WRITERS) | {"javascript", "python", "similar", "levenshtein", "rouge-n", "webhook", "contains-json"}
