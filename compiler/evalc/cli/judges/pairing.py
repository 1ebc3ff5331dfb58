"""Two targets compared by a judge, on a terminal."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

from evalc.api.results import NamedRun
from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.cli.judges.calibrating import tell_of_pauses
from evalc.cli.judges.choosing import choose_judge
from evalc.cli.judges.limits import may_ask
from evalc.model.plan import Panel, Plan
from evalc.model.settings import Policy
from evalc.model.verdicts.pairwise import Pair, Pairwise
from evalc.planning.bind import open_targets
from evalc.planning.panels import Judge
from evalc.planning.terms import terms_of
from evalc.report.judges.pairs import Side, decide_pair, facing_pairs, pairwise
from evalc.run.context import RunContext
from evalc.run.judging.pairing import Facing, prefer


def side_of(named: NamedRun) -> Side | None:
    """The one target that words name; None, after saying so, where the run has several."""
    targets = [named.target] if named.target else [card.name for card in named.run.plan.targets]
    if len(targets) == 1:
        return Side(f"{named.run.run_id}:{targets[0]}", named.run, targets[0])
    shown = ", ".join(f"{named.run.run_id}:{target}" for target in targets)
    print(f"evalc: the run {named.run.run_id} has several targets; name one of {shown}", file=sys.stderr)
    return None


def compare_sides(a: Side, b: Side, *, policy: Policy, arguments: Namespace) -> Pairwise | None:
    """What a judge prefers in all pairs; None, after saying so, where it is not there, or not to be asked so much.

    Raises:
        TargetError: The judge cannot be asked at all.
    """
    chosen = choose_judge(arguments.judge, policy)
    if chosen is None:
        return None
    pairs, left_out = facing_pairs(a, b)
    if not pairs:
        print(f"evalc: {a.name} and {b.name} have no answers in common that a rubric is for", file=sys.stderr)
        return None
    if not may_ask(2 * len(pairs), chosen, arguments=arguments):
        return None
    words = asyncio.run(_ask(pairs, chosen, a=a, policy=policy))
    return pairwise(a, b, judge=chosen, pairs=words, left_out=left_out)


async def _ask(pairs: Sequence[Facing], judge: Judge, *, a: Side, policy: Policy) -> list[Pair]:
    plan = Plan(vendors=(), evals=a.run.plan.evals, targets=(), judge=judge.card, panel=judge.panel, trials=())
    opened, _ = open_targets(plan, policy, secret=os.environ.get)
    context = RunContext(limits=policy.limits, terms=terms_of(policy), watch=tell_of_pauses)
    panel = judge.panel or Panel(judges=(judge.card,))
    found = await prefer(pairs, opened, samples=panel.samples, context=context)
    return [decide_pair(pair, said, rule=panel.rule) for pair, said in zip(pairs, found, strict=True)]


def render_pairwise(found: Pairwise, paint: Painter) -> Iterator[str]:
    """Who wins which pairs, what the judge could not decide, and whether the difference is more than chance."""
    yield f"a: {visible(found.a)}"
    yield f"b: {visible(found.b)}"
    yield ""
    for pair in found.pairs:
        yield from _pair(pair, paint)
    yield from (f"left out: {visible(line)}" for line in found.left_out)
    yield ""
    yield f"a is better in {found.wins_a}, b in {found.wins_b}, equal in {found.equal} of {len(found.pairs)} pairs"
    if found.by_order:
        places = f"; {found.by_place} times the same place won" if found.by_place else ""
        yield paint(f"{found.by_order} depend on the order, and count for nobody{places}", "open")
    if found.split:
        yield paint(f"{found.split} in which the panel does not agree, and which count for nobody", "open")
    if found.open:
        yield paint(f"{found.open} without a word of the judge", "open")
    if found.share is not None and found.interval is not None:
        share = f"{found.share * 100:.0f} % ({found.interval.low * 100:.0f} to {found.interval.high * 100:.0f})"
        yield f"a wins {share} of those that are decided, sign test p = {found.p_value:.3f}"


def _pair(pair: Pair, paint: Painter) -> Iterator[str]:
    words = {
        "a": "a",
        "b": "b",
        "equal": "equal",
        "order": "depends on the order",
        "open": "no word",
        "split": "the panel does not agree",
    }
    repeat = f"@{pair.repeat}" if pair.repeat > 1 else ""
    yield f"{paint(words[pair.winner], 'bold')}  {visible(f'{pair.case_id}{repeat} {pair.rubric}')}"
    if pair.votes:
        yield paint(f"    {', '.join(f'{vote.judge}: {words[vote.winner]}' for vote in pair.votes)}", "dim")
    if pair.winner == "split":
        return
    for said in (pair.a_first, pair.b_first)[: 2 if pair.winner in ("order", "open") else 1]:
        yield paint(f"    {visible(said.problem or f'{said.word}: {said.reason}')}", "dim")
