"""What a change of specs does as a whole: its changes, what has to be run again, which pages change."""

from collections import Counter
from collections.abc import Iterable

from evalc.base.memory.collecting import without_collecting
from evalc.checks._preview import preview_prompts
from evalc.diff.compare import changes_of
from evalc.diff.pairing.pair import Pairing, pair
from evalc.diff.population import pair_rows
from evalc.model.catalog import Case, Catalog, Rubric
from evalc.model.change import Cost, Review


def review(before: Catalog, after: Catalog, *, base: str, head: str) -> Review:
    """What changed from one catalog to another and what that costs; `base` and `head` are what people call them."""
    with without_collecting():
        return _review(before, after, base=base, head=head)


def _review(before: Catalog, after: Catalog, *, base: str, head: str) -> Review:
    pairing = pair(before, after)
    comparable = _comparable(pairing)
    reruns = [
        (case, eval_.rubrics)
        for eval_ in after.evals
        for case in eval_.cases
        if comparable.get(case.id) != case.fingerprint
    ]
    changes = changes_of(pairing, before=before, after=after)
    pages = {change.subject.id for change in changes if change.subject.kind == "eval"}
    pages |= {"/".join(case.case_id.split("/")[:2]) for change in changes for case in change.reaches}
    return Review(
        base=base,
        head=head,
        changes=changes,
        reruns=tuple(case.id for case, _ in reruns),
        cost=_cost(reruns),
        pages=tuple(sorted(pages)),
    )


def _comparable(pairing: Pairing) -> dict[str, str]:
    """The fingerprints before of the cases that have results under their present ids."""
    return {
        after.id: before.fingerprint
        for scenarios in pairing.scenarios
        if scenarios.is_declared
        for before, after in pair_rows(scenarios).pairs
        if before.id.removeprefix(before.cluster) == after.id.removeprefix(after.cluster)
    }


def _cost(reruns: Iterable[tuple[Case, tuple[Rubric, ...]]]) -> Cost:
    cases = calls = judge_calls = 0
    known: dict[str, int] = {}
    for case, rubrics in reruns:
        cases += 1
        calls += case.repeat * _answers(case)
        judge_calls += case.repeat * _questions(case, rubrics, known)
    return Cost(cases=cases, calls=calls, judge_calls=judge_calls)


def _questions(case: Case, rubrics: tuple[Rubric, ...], known: dict[str, int]) -> int:
    """How many questions a judge gets about one run of a case; `known` are those of checks, by fingerprint."""
    checks = (*case.checks, *(check for reply in case.replies for check in reply.checks))
    judged = {check.name: check.fingerprint for check in checks if check.is_judged}
    if not known.keys() >= set(judged.values()):
        counts = Counter(prompt.check for prompt in preview_prompts(case, rubrics))
        known.update({fingerprint: counts[name] for name, fingerprint in judged.items()})
    return sum(known[fingerprint] for fingerprint in judged.values())


def _answers(case: Case) -> int:
    """How many answers one run of a case asks for: one for each user turn that no assistant turn follows."""
    roles = [turn.role for turn in case.turns]
    return sum(role == "user" and roles[number + 1 : number + 2] != ["assistant"] for number, role in enumerate(roles))
