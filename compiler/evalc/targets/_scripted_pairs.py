"""Two answers that a scripted judge is shown side by side: the one with the better label wins."""

import json
import re

from evalc.model.catalog import Case, Example
from evalc.model.exchange import Prompt
from evalc.targets._script import letters_of

_NONCE = re.compile(r'^- "nonce": (".*")$', re.MULTILINE)
_WORDS = re.compile(r'^- "verdict": one of .*"first".*$', re.MULTILINE)
_ANSWER = re.compile(
    r"^<<<(?P<place>first|second) answer (?P<mark>\S+)>>>\n(?P<text>.*?)\n<<<end (?P=place) answer (?P=mark)>>>$",
    re.DOTALL | re.MULTILINE,
)
_CALLED = "\n\n(It called:)\n"


def reply_on_pair(case: Case, prompt: Prompt) -> str | None:
    """The reply to a prompt that shows two answers, or None where it is no such prompt."""
    system = prompt.messages[0].text
    user = prompt.messages[1].text if len(prompt.messages) > 1 else ""
    shown = {found["place"]: found["text"].partition(_CALLED)[0] for found in _ANSWER.finditer(user)}
    nonce = _NONCE.search(system)
    if nonce is None or not _WORDS.search(system) or len(shown) != 2:
        return None
    first, second = (_example(case, shown[place]) for place in ("first", "second"))
    if first is None or second is None:
        word, reason = "cannot-tell", "One of them is no example of the case."
    elif _rank(first) == _rank(second):
        word, reason = "equal", f"Both are {first.label} examples."
    else:
        word = "first" if _rank(first) > _rank(second) else "second"
        better, worse = (first, second) if word == "first" else (second, first)
        reason = f"This is the {better.label} example, the other one a {worse.label} one with a lower label."
        if better.label != worse.label:
            reason = f"This is a {better.label} example, the other one a {worse.label} one."
    return json.dumps({"evidence": [], "nonce": json.loads(nonce[1]), "reason": reason, "verdict": word})


def _example(case: Case, text: str) -> Example | None:
    return next((example for example in case.examples if letters_of(example.text) == letters_of(text)), None)


def _rank(example: Example) -> tuple[bool, float]:
    """How good an example is by its label, and by the scores that it has beside it."""
    return example.label == "good", sum(example.scores.values())
