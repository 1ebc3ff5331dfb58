"""One case before and after."""

from collections.abc import Iterator

from evalc.diff.cases.checks import compare_checks, compare_replies
from evalc.diff.cases.conversation import compare_conversation, compare_expectation, compare_tools
from evalc.diff.cases.examples import compare_examples
from evalc.diff.cases.pair_checks import CheckPairs, Placed, pair_checks
from evalc.diff.cases.repeats import compare_repeats
from evalc.diff.draft import CasePair, Draft, RubricNews
from evalc.diff.facts import compare_case_facts
from evalc.diff.kinds.cases import CONTROL_CHANGED, SEVERITY_LOWERED, SEVERITY_RAISED
from evalc.diff.kinds.evals import ORDER_CHANGED, RECOMPILED
from evalc.model.catalog import SEVERITIES, Case, Check


def compare_case(pair: CasePair, rubrics: RubricNews) -> Iterator[Draft]:
    """Everything that changed in a case, but for its name."""
    weight = [*_severity(pair), *_control(pair)]
    meaning = [*compare_conversation(pair), *compare_tools(pair), *compare_expectation(pair), *compare_repeats(pair)]
    if not _have_same_checks(pair.before, pair.after) or rubrics.present:
        checks = pair_checks(pair, rubrics.present)
        meaning += [*compare_checks(pair, checks), *compare_replies(pair), *_order(pair, checks)]
        names = checks.present_names
    else:
        names = {check.name: check.name for check in _all_checks(pair.before)}
    if pair.before.examples != pair.after.examples:
        meaning += compare_examples(pair, names)
    yield from weight
    yield from meaning
    if not meaning and pair.before.fingerprint != pair.after.fingerprint and not _uses(pair.after, rubrics.changed):
        yield Draft(RECOMPILED, pair.spot, cause=("recompiled",))
    yield from compare_case_facts(pair)


def _severity(pair: CasePair) -> Iterator[Draft]:
    before, after = pair.before.severity, pair.after.severity
    if before != after:
        kind = SEVERITY_RAISED if SEVERITIES.index(after) < SEVERITIES.index(before) else SEVERITY_LOWERED
        # Cases without a severity of their own take it from their eval, so one line may change many.
        yield Draft(kind, pair.spot, before=before, after=after, cause=(pair.eval_id, before, after))


def _control(pair: CasePair) -> Iterator[Draft]:
    if pair.before.is_negative_control != pair.after.is_negative_control:
        how = "is now" if pair.after.is_negative_control else "is no longer"
        yield Draft(CONTROL_CHANGED, pair.spot, values={"how": how}, cause=(pair.home, how))


def _order(pair: CasePair, checks: CheckPairs) -> Iterator[Draft]:
    """Whether checks that are on both sides stand in another order."""
    stayed = [found for found in checks.pairs if found[0].reply == found[1].reply]
    kept = {id(after.check): position for position, (_, after) in enumerate(_in_order(pair.before, stayed))}
    positions = [kept[id(check)] for check in _all_checks(pair.after) if id(check) in kept]
    if positions != sorted(positions):
        yield Draft(ORDER_CHANGED, pair.spot, values={"what": "checks"}, cause=(pair.home, "checks"))


def _in_order(case: Case, pairs: list[tuple[Placed, Placed]]) -> list[tuple[Placed, Placed]]:
    order = {id(check): position for position, check in enumerate(_all_checks(case))}
    return sorted(pairs, key=lambda found: order[id(found[0].check)])


def _have_same_checks(before: Case, after: Case) -> bool:
    """Whether two cases have the same checks in the same order, read without pairing them."""
    if len(before.replies) != len(after.replies):
        return False
    replies = zip(before.replies, after.replies, strict=True)
    if any((left.name, left.turn) != (right.name, right.turn) for left, right in replies):
        return False
    lefts, rights = _all_checks(before), _all_checks(after)
    return len(lefts) == len(rights) and all(map(_is_same_check, lefts, rights))


def _is_same_check(before: Check, after: Check) -> bool:
    return (
        before.name == after.name
        and before.words == after.words
        and before.level == after.level
        and before.is_negated == after.is_negated
        and before.verb == after.verb
        and before.arguments == after.arguments
    )


def _all_checks(case: Case) -> list[Check]:
    return [*case.checks, *(check for reply in case.replies for check in reply.checks)]


def _uses(case: Case, rubrics: frozenset[str]) -> bool:
    return any(check.is_judged and check.arguments.get("rubric") in rubrics for check in _all_checks(case))
