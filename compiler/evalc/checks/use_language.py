"""The verb `use language`."""

from collections.abc import Iterator

from evalc.base.suggest import closest
from evalc.checks._languages import LANGUAGES, guess_language
from evalc.checks.codes import UNKNOWN_LANGUAGE
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class UseLanguage(PlainCheck):
    """The answer is written in a language, named by its two letters of ISO 639-1.

    Code, addresses and numbers do not count. The language is told by its script and its small words ("the", "und",
    "que"), so a text needs a sentence or two; of one that is too short or half in each of two languages nothing can be
    said. Chinese is `zh` in both of its scripts, Norwegian is `no`.

    Example:
        must use language "de"
    """

    forms = ("use language <language:text>",)

    language: str

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A language that cannot be told."""
        language = str(match.values["language"])
        if language not in LANGUAGES:
            near = closest(language[:2], LANGUAGES)
            known = ", ".join(f"`{known}`" for known in LANGUAGES)
            yield Objection(
                UNKNOWN_LANGUAGE,
                "language",
                {"language": language},
                help=f"known are {known}",
                near=f'"{near}"' if near else "",
            )

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer is in the language."""
        guess = guess_language(answered.response.text)
        if not guess.language:
            return Finding(None, guess.reason)
        is_so = guess.language == self.language
        return Finding(is_so, guess.reason if is_so else f"{guess.reason}, not in `{self.language}`")
