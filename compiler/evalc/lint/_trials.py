"""What the checks of a case say of a text, as far as that can be told without a judge and without a run."""

from dataclasses import dataclass, field

from evalc.checks._evaluation import evaluate_plain, open_check
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check
from evalc.model.exchange import Response

_MOST_TRIALS = 100_000
"""How often the checks of one case are tried on texts. What is left after that cannot be told."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a check says of a text, and why; None where the text alone does not tell."""

    is_passed: bool | None
    reason: str = ""


UNTOLD = Said(None)


@dataclass(slots=True)
class Trials:
    """Tries texts as answers to one case; each check is tried once on each text, whichever rows share them."""

    _known: dict[tuple[str, str], Said] = field(default_factory=dict)
    _needs_text_alone: dict[str, bool] = field(default_factory=dict)

    def say(self, check: Check, row: Case, *, text: str) -> Said:
        """What a check says of a text as an answer."""
        if check.is_judged:
            return UNTOLD
        key = check.fingerprint, text
        found = self._known.get(key)
        if found is None:
            if self.is_over:
                return UNTOLD
            found = self._known[key] = self._try(check, row, text)
        return found

    @property
    def is_over(self) -> bool:
        """Whether nothing more is tried."""
        return len(self._known) >= _MOST_TRIALS

    def _try(self, check: Check, row: Case, text: str) -> Said:
        if check.fingerprint not in self._needs_text_alone:
            self._needs_text_alone[check.fingerprint] = open_check(check).needs_text_alone
        if not self._needs_text_alone[check.fingerprint]:
            return UNTOLD
        result = evaluate_plain(check, Answered(row, (), Response(text=text)))
        if result.outcome == "errored":
            return UNTOLD
        return Said(result.outcome == "passed", f"it {result.reason}")
