"""Texts that praise or blame and say nothing to look for."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+")

# Words that judge without a measure. A text made of these and of words that carry nothing leaves all to the judge.
_EMPTY = frozenset(
    """
    acceptable adequate adequately appropriate appropriately average awful bad badly best better brilliant decent
    effective effectively excellent excellently exceptional fair fine good great helpful helpfully high ideal
    inadequate inappropriate low mediocre moderate nice ok okay outstanding perfect perfectly poor poorly proper
    properly reasonable reasonably satisfactory satisfying sensible solid strong suboptimal suitable suitably
    terrible unacceptable unhelpful unreasonable unsatisfactory unsuitable useful useless weak well worst
    """.split()
)

_CARRYING_NOTHING = frozenset(
    """
    a all an and answer answers any are as assistant at be been behaviour behavior but by case completely criterion
    do does enough expected extremely fairly for from full fully gives has have how if in is it its kind level makes
    manner model mostly nor not of on only or output overall part performance pretty provides quality quite rather
    really reply replies response responses result score should some somewhat sort sufficiently text than that the
    their there this to totally user very way what will with would
    """.split()
)

_OPEN_END = re.compile(
    r"\betc\b|\band so (?:on|forth)\b|\bor similar\b|\bor the like\b|\bas appropriate\b", re.IGNORECASE
)


def is_vague(text: str) -> bool:
    """Whether a text says no more than that something is good or bad."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(word in _EMPTY for word in words) and all(word in _EMPTY or word in _CARRYING_NOTHING for word in words)


def open_end(text: str) -> re.Match[str] | None:
    """Where a text leaves it to its reader what else belongs to it, such as `etc.`."""
    return _OPEN_END.search(text)
