"""Measuring a judge: who it is, what it is asked, and what is kept of it."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evalc.checks._evaluation import open_judged
from evalc.cli.console import Painter, wants_colour
from evalc.cli.judges.figures import confusion_table, disagreements, figures_table, print_lines
from evalc.cli.judges.limits import may_ask
from evalc.model.calibration import Calibration
from evalc.model.catalog import Catalog
from evalc.model.event import Event, Waiting
from evalc.model.plan import Plan, TargetCard
from evalc.model.settings import Policy
from evalc.planning.bind import open_targets
from evalc.planning.labels.examples import label_examples
from evalc.planning.labels.labelled import Labelled
from evalc.planning.labels.people import label_verdicts, read_labels
from evalc.planning.panels import Judge
from evalc.planning.terms import terms_of
from evalc.report.judges.calibration import calibrate
from evalc.report.judges.measure import HeardLabel, measure
from evalc.run.context import RunContext
from evalc.run.judging.hearing import Hearing, hear
from evalc.store.calibrations import write_lock
from evalc.store.read import list_runs, read_run


def gather_labels(catalog: Catalog, arguments: Namespace) -> list[Labelled]:
    """All labels: of the specs' examples, of files, and of the reviews of runs; of one answer the last ones count.

    Raises:
        UnfitLabels: A file says something that cannot be used.
        OSError: A file cannot be read.
    """
    files = [(path, Path(path).read_text("utf-8-sig")) for path in arguments.labels]
    given: list[Labelled] = [*label_examples(catalog)]
    for path, text in files:
        given += read_labels(text, catalog, name=path)
    runs = (read_run(folder)[0] for folder in list_runs(Path(arguments.results)))
    given += label_verdicts((run for run in runs if run.people), catalog)
    found: dict[tuple[str, str, str], Labelled] = {}
    for one in given:
        before = found.get(one.identity)
        labels = {**before.labels, **one.labels} if before else one.labels
        found[one.identity] = Labelled(one.eval_, one.check, one.answered, labels, one.by)
    return list(found.values())


def hear_labels(
    labelled: Sequence[Labelled], judge: Judge, *, policy: Policy, arguments: Namespace
) -> list[HeardLabel] | None:
    """What the judge says of each labelled answer, in all samples; None, after saying so, where that is too much.

    Raises:
        TargetError: The judge cannot be asked at all.
    """
    card, panel = judge
    hearings = [
        Hearing(one.check, one.answered, one.eval_.rubrics, sample)
        for one in labelled
        for sample in range(1, arguments.samples + 1)
    ]
    questions = sum(len(open_judged(one.check).questions(one.answered, one.rubrics, seed="plan")) for one in hearings)
    if not may_ask(questions, judge, arguments=arguments):
        return None
    evals = tuple({one.eval_.id: one.eval_ for one in labelled}.values())
    plan = Plan(vendors=(), evals=evals, targets=(), judge=card, panel=panel, trials=())
    opened, _ = open_targets(plan, policy, secret=os.environ.get)
    context = RunContext(limits=policy.limits, terms=terms_of(policy), watch=tell_of_pauses)
    heard = iter(asyncio.run(hear(hearings, opened, panel=panel, context=context)))
    found = []
    for one in labelled:
        samples = [next(heard) for _ in range(arguments.samples)]
        costs = [sample.cost_usd for sample in samples]
        known = [cost for cost in costs if cost is not None]
        cost = sum(known) if len(known) == len(costs) else None
        found.append(HeardLabel(one, tuple(sample.result for sample in samples), cost))
    return found


def report_calibration(heard: Sequence[HeardLabel], card: TargetCard, *, specs: Path) -> list[Calibration]:
    """Keep what was measured, print it, and return it."""
    measured = measure(heard, card, date=f"{datetime.now(UTC):%Y-%m-%d}")
    path = write_lock(specs, measured)
    found = [calibrate(line) for line in measured]
    paint = Painter(colour=wants_colour())
    print_lines(figures_table(found), paint)
    for one in found:
        if not one.measured.criterion or one.agreement.value != 1:
            print()
            print_lines(confusion_table(one), paint)
    differing = list(disagreements(heard))
    if differing:
        print("\nthe judge and people differ on:")
        print("\n".join(differing))
    print(f"\n{_asked(heard, card)}; kept in {os.path.relpath(path)}")
    return found


def _asked(heard: Sequence[HeardLabel], card: TargetCard) -> str:
    costs = [one.cost_usd for one in heard]
    known = [cost for cost in costs if cost is not None]
    price = f" for ${sum(known):.4f}" if known and len(known) == len(costs) and sum(known) else ""
    scripted = " (scripted: it knows the labels)" if card.is_scripted else ""
    answers = f"{len(heard)} answer{'' if len(heard) == 1 else 's'}"
    return f"judge {card.name}{scripted} on {answers} that people labelled{price}"


def tell_of_pauses(event: Event) -> None:
    """Print a pause, for nobody sees a bar here."""
    if isinstance(event, Waiting) and event.wait_s >= 1:
        print(f"{event.target} is not asked for {event.wait_s:.3g} s: {event.reason}", file=sys.stderr)
