"""Two catalogs in, their differences in meaning out."""

from collections.abc import Iterator

from evalc.diff.cases.case import compare_case
from evalc.diff.draft import CasePair, Draft, RubricNews
from evalc.diff.evals import compare_eval, compare_lone_evals
from evalc.diff.facts import compare_vendors
from evalc.diff.kinds.rubrics import RUBRIC_REPLACED
from evalc.diff.merge import merge
from evalc.diff.pairing.pair import Pairing, ScenarioPair, pair
from evalc.diff.population import compare_population, pair_rows
from evalc.diff.rubrics.rubric import compare_rubrics, used_rubrics
from evalc.model.catalog import Catalog, Eval
from evalc.model.change import Change


def compare(before: Catalog, after: Catalog) -> tuple[Change, ...]:
    """What changed in meaning from one catalog to another: weakenings first, then by severity.

    Each difference is one change of one kind. One that reaches several cases from one place, such as a rubric, a
    default or a text that they share, is one change that lists them.
    """
    return changes_of(pair(before, after), before=before, after=after)


def changes_of(pairing: Pairing, *, before: Catalog, after: Catalog) -> tuple[Change, ...]:
    """What `compare` gives, for catalogs that are paired already."""
    return merge(_drafts(pairing, before, after))


def _drafts(pairing: Pairing, before: Catalog, after: Catalog) -> Iterator[Draft]:
    yield from compare_vendors(before, after)
    yield from compare_lone_evals(pairing)
    news: dict[str, RubricNews] = {}
    for evals in pairing.evals:
        drafts, news[evals.after.id] = compare_rubrics(evals)
        yield from drafts
        yield from compare_eval(evals, pairing)
    yield from compare_population(pairing, after)
    sides = {eval_.id: eval_ for eval_ in before.evals}, {eval_.id: eval_ for eval_ in after.evals}
    for scenarios in pairing.scenarios:
        yield from _compare_cases(scenarios, pairing, news=news, sides=sides)


def _compare_cases(
    scenarios: ScenarioPair,
    pairing: Pairing,
    *,
    news: dict[str, RubricNews],
    sides: tuple[dict[str, Eval], dict[str, Eval]],
) -> Iterator[Draft]:
    eval_id = scenarios.after.eval_id
    rows = pair_rows(scenarios)
    if pairing.present_eval(scenarios.before.eval_id) == eval_id:
        for before, after in rows.pairs:
            yield from compare_case(CasePair(before, after, eval_id), news[eval_id])
        return
    replaced = _replaced_rubrics(sides[0][scenarios.before.eval_id], sides[1][eval_id])
    for before, after in rows.pairs:
        moved = CasePair(before, after, eval_id)
        yield from compare_case(moved, RubricNews({}, replaced))
        for name in sorted(used_rubrics(after) & replaced):
            yield Draft(RUBRIC_REPLACED, moved.spot, before=name, cause=(moved.home, name))


def _replaced_rubrics(before: Eval, after: Eval) -> frozenset[str]:
    """The rubrics that two evals know by one name and that are not the same."""
    fingerprints = {rubric.name: rubric.fingerprint for rubric in before.rubrics}
    return frozenset(
        rubric.name
        for rubric in after.rubrics
        if fingerprints.get(rubric.name, rubric.fingerprint) != rubric.fingerprint
    )
