"""What the checks of a case say of an answer, as far as that can be told without a judge and without a run."""

from dataclasses import dataclass, field

from evalc.base.digest import canonical_json
from evalc.checks._evaluation import evaluate_plain, open_check
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check, Example
from evalc.model.exchange import Response

_MOST_TRIALS = 100_000
"""How often the checks of one case are tried. What is left after that cannot be told."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a check says of an answer, and why; None where the answer alone does not tell."""

    is_passed: bool | None
    reason: str = ""


UNTOLD = Said(None)


@dataclass(slots=True)
class Trials:
    """Tries answers to one case; each check is tried once on each, whichever rows share them."""

    _known: dict[tuple[str, str, str], Said] = field(default_factory=dict)
    _needs_answer_alone: dict[str, bool] = field(default_factory=dict)

    def say(self, check: Check, row: Case, *, text: str) -> Said:
        """What a check says of a text as an answer for which nothing was called."""
        return self._say(check, row, Response(text=text))

    def say_of(self, check: Check, row: Case, *, example: Example) -> Said:
        """What a check says of an example, with the calls that it shows."""
        return self._say(check, row, Response.like(example))

    @property
    def is_over(self) -> bool:
        """Whether nothing more is tried."""
        return len(self._known) >= _MOST_TRIALS

    def _say(self, check: Check, row: Case, response: Response) -> Said:
        if check.is_judged:
            return UNTOLD
        calls = canonical_json([[call.name, call.arguments] for call in response.tool_calls])
        key = check.fingerprint, response.text, calls
        found = self._known.get(key)
        if found is None:
            if self.is_over:
                return UNTOLD
            found = self._known[key] = self._try(check, row, response)
        return found

    def _try(self, check: Check, row: Case, response: Response) -> Said:
        if check.fingerprint not in self._needs_answer_alone:
            self._needs_answer_alone[check.fingerprint] = open_check(check).needs_answer_alone
        if not self._needs_answer_alone[check.fingerprint]:
            return UNTOLD
        result = evaluate_plain(check, Answered(row, (), response))
        if result.outcome == "errored":
            return UNTOLD
        return Said(result.outcome == "passed", f"it {result.reason}")
