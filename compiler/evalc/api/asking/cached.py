"""Answers kept between runs: where, and why a call finds one or not."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Panel, Plan, TargetCard, Trial
from evalc.model.settings import Caps, Limits, Policy, Terms
from evalc.run.asking import Asker, Patience
from evalc.run.clock import SystemClock
from evalc.run.judging.bench import Jury
from evalc.run.spending.purse import Purse
from evalc.run.trial import TrialRunner
from evalc.run.work import Cases
from evalc.store.answers.cache import AnswerCache, KeptAnswer, differences, request_of
from evalc.targets.contract import Target, TargetError


class Explained(NamedTuple):
    """One call that a run would make: the answer that is kept, or what is different about the nearest one."""

    asked: str
    key: str
    kept: KeptAnswer | None
    differences: tuple[str, ...]

    @property
    def is_hit(self) -> bool:
        """Whether the call need not be made."""
        return self.kept is not None and not self.differences


def open_cache(policy: Policy, scrubber: Scrubber, *, is_wanted: bool | None) -> AnswerCache | None:
    """The user's answers, below `XDG_CACHE_HOME` or `~/.cache`; None where they are not wanted.

    Args:
        is_wanted: What the command says; where it says nothing, the policy decides.
    """
    if not (policy.cache.use if is_wanted is None else is_wanted):
        return None
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return AnswerCache(Path(home, "evalc", "answers"), scrubber, most_bytes=policy.cache.most_mb * 1024 * 1024)


def count_kept(plan: Plan, policy: Policy, *, is_wanted: bool | None) -> int | None:
    """How many calls of a plan at least are answered from the cache; None where it is not used.

    What depends on an answer that is not kept is not counted.
    """
    cache = open_cache(policy, Scrubber({}), is_wanted=is_wanted)
    if cache is None:
        return None
    return sum(call.is_hit for call in explain_calls(plan, cache=cache))


def explain_calls(plan: Plan, *, cache: AnswerCache) -> Iterator[Explained]:
    """All calls that trials would make, each up to the first whose answer is not kept: the next ones depend on it."""
    cases = plan.cases_by_id()
    for trial in plan.trials:
        yield from _explain(plan, trial, cases=cases, cache=cache)


def _explain(plan: Plan, trial: Trial, *, cases: Cases, cache: AnswerCache) -> list[Explained]:
    found: list[Explained] = []
    patience = Patience(Limits(), Purse(Caps(), {}), SystemClock(), lambda: 0.0, on_pause=lambda *_: None)

    def asker(card: TargetCard) -> Asker:
        return Asker(_Kept(card, cache, found), patience, terms=Terms(), on_answer=lambda *_: None)

    panel = plan.panel or Panel(judges=(plan.judge,) if plan.judge else ())
    jury = Jury(tuple(map(asker, panel.judges)), panel.samples, panel.rule) if panel.judges else None
    runner = TrialRunner(cases, jury=jury, clock=SystemClock(), max_steps=Limits().max_steps)
    (target,) = (card for card in plan.targets if card.name == trial.target)
    asyncio.run(runner.run(trial, asker(target)))
    return found


class _NotKept(TargetError):
    """There is no such answer, and nobody is asked."""

    kind = "case-fatal"


class _Kept(Target):
    """Answers from the cache alone, and notes what was looked for."""

    def __init__(self, card: TargetCard, cache: AnswerCache, found: list[Explained]) -> None:
        self.card = card
        self._cache = cache
        self._found = found

    async def ask(self, prompt: Prompt) -> Response:
        request = request_of(self.card, prompt)
        near = [kept for kept in self._cache.neighbours(prompt.case_id) if kept.request.purpose == prompt.purpose]
        # Of several that are as near, the answer to the same question.
        near.sort(key=lambda kept: (len(differences(request, kept.request)), kept.key != prompt.key))
        best = near[0] if near else None
        words = tuple(differences(request, best.request)) if best else ()
        self._found.append(Explained(self.card.name, prompt.key, best, words))
        if best is None or words:
            raise _NotKept(f"no answer to {prompt.key} is kept")
        return best.response
