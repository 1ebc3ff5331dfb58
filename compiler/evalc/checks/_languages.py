"""Which language a text is in, by its script and its small words."""

import re
from dataclasses import dataclass

from evalc.checks._function_words import FUNCTION_WORDS

# Scripts that one language alone is written in, as far as this check tells languages apart.
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "th": re.compile("[\u0e01-\u0e4e]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}

LANGUAGES = tuple(sorted({*FUNCTION_WORDS, *_SCRIPTS}))
"""The two letters of each language that can be told."""

_CODE = re.compile(r"^[ \t]*```.*?(?:^[ \t]*```|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")

# At most so much is read; a text does not change its language for the better later on.
_LONGEST_SAMPLE = 20_000

_FEWEST_WORDS = 3
_CLEAR_LEAD = 1.2
_SIGNS_A_WORD = 2
"""Scripts without spaces have some two signs a word."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The language that a text is in, empty where it cannot be told, and why."""

    language: str
    reason: str


def guess_language(text: str) -> Guess:
    """The language of a text without its code and addresses.

    A language is taken when at least three of its small words occur, and a fifth more than of any other language.
    """
    sample = _CODE.sub(" ", text[:_LONGEST_SAMPLE]).lower()
    counts = _counts(sample)
    ranked = sorted(counts, key=lambda language: (-counts[language], language))
    best, second = ranked[0], ranked[1]
    if counts[best] < _FEWEST_WORDS:
        return Guess("", "has too few words to tell their language")
    if counts[best] < _CLEAR_LEAD * counts[second]:
        return Guess("", f"is as much in `{best}` as in `{second}`")
    return Guess(best, f"is in `{best}`")


def _counts(sample: str) -> dict[str, float]:
    """How many words of each language a text has."""
    counts: dict[str, float] = {
        language: len(script.findall(sample)) / _SIGNS_A_WORD for language, script in _SCRIPTS.items()
    }
    if counts["ja"]:
        # Japanese is written with Chinese signs too; Chinese without a single kana.
        counts["ja"] += counts.pop("zh")
    words = _WORD.findall(sample)
    for language, known in FUNCTION_WORDS.items():
        counts[language] = sum(word in known for word in words)
    return counts
