"""Which language a text is in, by its script and its small words."""

import re
from collections import Counter

from evalc.base.record import record
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

# Scripts without spaces have some two signs a word.
_SIGNS_A_WORD = 2


@record
class Guess:
    """The language that a text is in, empty where it cannot be told, and why."""

    language: str
    reason: str


def guess_language(text: str) -> Guess:
    """The language of a text, without its code and addresses.

    A language is taken when at least three of its small words occur, and of those that tell it from any other language
    more than twice as many as of the other one's.
    """
    sample = _CODE.sub(" ", text[:_LONGEST_SAMPLE]).lower()
    found = _small_words(sample)
    best = max(found, key=lambda language: (found[language].total(), language))
    if found[best].total() < _FEWEST_WORDS:
        return Guess("", "has too few words to tell their language")
    for other, words in found.items():
        ours, theirs = (found[best] - words).total(), (words - found[best]).total()
        if other != best and ours <= 2 * theirs:
            first, second = sorted([best, other])
            return Guess("", f"is as much in `{first}` as in `{second}`")
    return Guess(best, f"is in `{best}`")


def _small_words(sample: str) -> dict[str, Counter[str]]:
    """The small words of each language that a text has, with how often it has them."""
    words = Counter(_WORD.findall(sample))
    found = {
        language: Counter({word: count for word, count in words.items() if word in known})
        for language, known in FUNCTION_WORDS.items()
    }
    for language, script in _SCRIPTS.items():
        found[language] = Counter({language: len(script.findall(sample)) // _SIGNS_A_WORD})
    if found["ja"].total():
        # Japanese is written with Chinese signs too; Chinese without a single kana.
        found["ja"].update(ja=found.pop("zh").total())
    return found
