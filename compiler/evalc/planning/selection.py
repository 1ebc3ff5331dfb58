"""Which cases a run is about, in which order, and how a plan is dealt out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evalc.base.digest import digest
from evalc.model.catalog import Case, Catalog, Eval
from evalc.model.plan import Plan, Shard
from evalc.model.result import Outcome
from evalc.model.settings import Selection

_NEVER: frozenset[str] = frozenset(("never",))

_Fits = Callable[[Case, Eval], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of cases beside their specs: how each ended last at the targets, and which changed."""

    last: Mapping[str, frozenset[Outcome]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cases in the order in which they are asked, and how many each respect of the selection left, in words."""

    cases: tuple[Case, ...]
    left: tuple[tuple[int, str], ...]


def choose(catalog: Catalog, selection: Selection, *, liked: frozenset[str], known: Known) -> Chosen:
    """The cases that fit a selection; `liked` are the ids that its patterns mean. Its shard is not looked at."""
    pairs = [(case, eval_) for eval_ in catalog.evals for case in eval_.cases]
    left = []
    respects = [*_respects(selection, known)]
    if selection.patterns:
        respects.insert(0, (f"like {_either(selection.patterns)}", lambda case, eval_: case.id in liked))
    for words, fits in respects:
        pairs = [(case, eval_) for case, eval_ in pairs if fits(case, eval_)]
        left.append((len(pairs), words))
    cases = [case for case, _ in pairs]
    if selection.seed is not None:
        cases = shuffled(cases, selection.seed)
    return Chosen(tuple(cases[: selection.limit]), tuple(left))


def shuffled(cases: Sequence[Case], seed: int) -> list[Case]:
    """The cases in an order that a seed draws: the same on every machine, and a further case changes none of it."""
    return sorted(cases, key=lambda case: digest([seed, case.id]))


def deal(plan: Plan, number: int, *, of: int) -> Plan:
    """One of several parts of a plan, counted from 1. A case's part goes by its id, so that others leave it there.

    A canary goes with the case whose check judges it.
    """
    trials = tuple(trial for trial in plan.trials if int(digest(trial.case_id), 16) % of == number - 1)
    cases = {trial.case_id for trial in trials}
    evals = tuple(eval_ for found in plan.evals if (eval_ := narrowed(found, cases)).cases)
    vendors = tuple(vendor for vendor in plan.vendors if vendor.name in {eval_.vendor for eval_ in evals})
    canaries = tuple(canary for canary in plan.canaries if canary.case_id in cases)
    shard = Shard(number=number, of=of, whole=plan.digest)
    return plan.model_copy(
        update={"vendors": vendors, "evals": evals, "trials": trials, "canaries": canaries, "shard": shard}
    )


def narrowed(eval_: Eval, chosen: frozenset[str] | set[str]) -> Eval:
    """An eval with the chosen ones of its cases alone."""
    cases = tuple(case for case in eval_.cases if case.id in chosen)
    return eval_ if len(cases) == len(eval_.cases) else eval_.model_copy(update={"cases": cases})


def tags_of(case: Case, eval_: Eval) -> frozenset[str]:
    """The tags of a case, those of its eval among them."""
    return frozenset((*case.tags, *eval_.tags))


def _respects(selection: Selection, known: Known) -> Iterator[tuple[str, _Fits]]:
    """What a case has to be beside its id, in words, and whether it is."""
    if selection.tags:
        tags = frozenset(selection.tags)
        yield f"tagged {_either(selection.tags)}", lambda case, eval_: bool(tags & tags_of(case, eval_))
    if selection.severities:
        yield _either(selection.severities), lambda case, eval_: case.severity in selection.severities
    if selection.statuses:
        yield (
            f"of an eval that is {_either(selection.statuses)}",
            lambda case, eval_: eval_.status in selection.statuses,
        )
    if selection.last:
        words = f"{_either(selection.last)} when they were asked last"
        yield words, lambda case, eval_: not (known.last.get(case.id) or _NEVER).isdisjoint(selection.last)
    if selection.changed_since:
        words = f"changed since `{selection.changed_since}`"
        yield words, lambda case, eval_: case.id in known.changed


def _either(words: Sequence[str]) -> str:
    return " or ".join(f"`{word}`" for word in words)
