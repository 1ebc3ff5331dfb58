"""What speaks against texts and lists in any check."""

import json
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from evalc.checks._texts import as_compared, quoted
from evalc.checks.codes import DUPLICATE_VALUE, EMPTY_TEXT
from evalc.checks.contract import Objection
from evalc.syntax.phrase import Match


def object_to_texts(match: Match, slot: str) -> Iterator[Objection]:
    """What speaks against the text or the texts of a slot: empty ones, and those that are there already."""
    value = match.values[slot]
    for item, text in enumerate(value if isinstance(value, list) else [value]):
        if not as_compared(str(text), exactly="exactly" in match.said):
            yield Objection(EMPTY_TEXT, slot, word=2 * item)
    if isinstance(value, list):
        yield from object_to_duplicates(value, slot, exactly="exactly" in match.said)


def object_to_duplicates(
    values: Sequence[JsonValue], slot: str, *, exactly: bool, first_word: int = 0
) -> Iterator[Objection]:
    """What speaks against a list whose words begin at `first_word` of the slot: values that are there already."""
    seen = set()
    for item, value in enumerate(values):
        key = as_compared(value, exactly=exactly) if isinstance(value, str) else (type(value) is bool, value)
        if key in seen:
            shown = quoted(value) if isinstance(value, str) else json.dumps(value)
            # Between two values of a list stands a comma.
            yield Objection(DUPLICATE_VALUE, slot, {"value": shown}, word=first_word + 2 * item)
        seen.add(key)
