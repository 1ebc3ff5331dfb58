"""What a run may still spend, of money and of calls, and who may begin."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalc.model.catalog import SEVERITIES
from evalc.model.result import Fault
from evalc.model.settings import Caps, Claim
from evalc.run.spending.money import usd

SPENT = "spent"
"""The kind of fault of what is not asked because a cap is reached."""


_ROUNDING_USD = 1e-9


@dataclass(slots=True)
class _Sum:
    """What several trials may take together."""

    calls: int = 0
    usd: float = 0.0

    def add(self, claim: Claim) -> None:
        self.calls += claim.calls
        self.usd += claim.cost_usd

    def remove(self, claim: Claim) -> None:
        self.calls -= claim.calls
        self.usd -= claim.cost_usd


class Purse:
    """Counts every call and its cost, and lets trials begin only while the caps leave room for them.

    Severe trials go first: what they may take is kept for them, whichever target is faster. The first trial that does
    not fit ends the asking, once everything under way has shown what it did cost. No call begins when a cap is reached,
    a further attempt included, so that the budget is passed by what is under way at most.
    """

    def __init__(self, caps: Caps, claims: Mapping[str, Claim]) -> None:
        self._caps = caps
        self._waiting = dict(claims) if caps.are_set else {}
        self._kept = {severity: _Sum() for severity in SEVERITIES}
        for claim in self._waiting.values():
            self._kept[claim.severity].add(claim)
        self._begun: dict[str, Claim] = {}
        self._under_way = _Sum()
        self._settled = asyncio.Event()
        self._end: Fault | None = None
        self._unknown = 0
        self._known_usd = 0.0
        self._assumed_usd = 0.0
        self._calls = 0

    @property
    def spent_usd(self) -> float | None:
        """What all calls did cost or may have cost, or None where the price of one is not known."""
        return None if self._unknown else self._known_usd

    @property
    def calls(self) -> int:
        """How many calls were made, those that failed or were given up included."""
        return self._calls

    def pay(self, cost_usd: float | None, *, assumed_usd: float = 0.0) -> None:
        """Count a call. Where its cost is not known, `assumed_usd` counts against the budget."""
        self._calls += 1
        if cost_usd is None:
            self._unknown += 1
            self._assumed_usd += assumed_usd
        else:
            self._known_usd += cost_usd

    def refusal(self) -> Fault | None:
        """Why no call may begin, or None where one may."""
        caps = self._caps
        if caps.max_calls is not None and self._calls >= caps.max_calls:
            return Fault(kind=SPENT, message=f"{self._calls} calls were made, which is all that may be")
        if caps.budget_usd is not None and self._total_usd >= caps.budget_usd:
            return Fault(kind=SPENT, message=f"the budget of {usd(caps.budget_usd)} is spent")
        return None

    async def admit(self, trial_id: str) -> Fault | None:
        """Why a trial may not begin, or None where it may, once that is known; `settle` follows where it may."""
        claim = self._waiting.get(trial_id)
        while claim and not self._end and not self._fits(claim):
            if not self._begun and not self._is_behind(claim):
                self._end = self._reason(claim)
            else:
                await self._settled.wait()
        self.forget(trial_id)
        if claim and not self._end:
            self._begun[trial_id] = claim
            self._under_way.add(claim)
        return self._end

    def settle(self, trial_id: str) -> None:
        """The trial is over, and what it took was paid."""
        if claim := self._begun.pop(trial_id, None):
            self._under_way.remove(claim)
            self._tell()

    def forget(self, trial_id: str) -> None:
        """The trial does not wait any more."""
        if claim := self._waiting.pop(trial_id, None):
            self._kept[claim.severity].remove(claim)
            self._tell()

    def forget_all(self, trial_ids: Iterable[str]) -> None:
        """These trials do not wait any more."""
        for trial_id in trial_ids:
            self.forget(trial_id)

    @property
    def _total_usd(self) -> float:
        return self._known_usd + self._assumed_usd

    def _fits(self, claim: Claim, *, kept: bool = True) -> bool:
        sums = [self._under_way, *(self._before(claim) if kept else ())]
        calls = self._calls + claim.calls + sum(found.calls for found in sums)
        cost_usd = self._total_usd + claim.cost_usd + sum(found.usd for found in sums)
        caps = self._caps
        return (caps.max_calls is None or calls <= caps.max_calls) and (
            caps.budget_usd is None or cost_usd <= caps.budget_usd + _ROUNDING_USD
        )

    def _is_behind(self, claim: Claim) -> bool:
        """Whether it is only more severe trials, which still wait, that leave no room."""
        return self._fits(claim, kept=False) and any(found.calls for found in self._before(claim))

    def _before(self, claim: Claim) -> list["_Sum"]:
        return [self._kept[severity] for severity in SEVERITIES[: SEVERITIES.index(claim.severity)]]

    def _reason(self, claim: Claim) -> Fault:
        refusal = self.refusal()
        if refusal:
            return refusal
        caps = self._caps
        left = []
        if caps.budget_usd is not None:
            rest = usd(caps.budget_usd - self._total_usd)
            left.append(f"{rest} of the budget of {usd(caps.budget_usd)} (a trial may take {usd(claim.cost_usd)})")
        if caps.max_calls is not None:
            left.append(f"{caps.max_calls - self._calls} of {caps.max_calls} calls (a trial may take {claim.calls})")
        return Fault(kind=SPENT, message=f"what is left is too little: {' and '.join(left)}")

    def _tell(self) -> None:
        self._settled.set()
        self._settled = asyncio.Event()
