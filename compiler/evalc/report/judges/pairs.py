"""Which pairs of answers two runs have, and what a judge's words on them say together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.checks._answered import last_turn
from evalc.judge.question import Subject
from evalc.model.catalog import Case, Eval, Rubric, awaited_turns
from evalc.model.exchange import Message
from evalc.model.plan import PanelRule
from evalc.model.result import RunResult, TrialResult
from evalc.model.verdicts.pairwise import Pair, PairVote, Pairwise, Preference, Winner, Word
from evalc.planning.labels.labelled import rubric_named
from evalc.planning.panels import Judge
from evalc.report.statistics.distributions import binomial_share
from evalc.report.statistics.intervals import wilson_interval
from evalc.run.judging.pairing import Facing, Preferred

_OF_A_FIRST: dict[Word, Winner] = {"first": "a", "second": "b", "equal": "equal"}
_OF_B_FIRST: dict[Word, Winner] = {"first": "b", "second": "a", "equal": "equal"}


@dataclass(frozen=True, slots=True)
class Side:
    """One target of a run, by the name that its results go under."""

    name: str
    run: RunResult
    target: str


def facing_pairs(a: Side, b: Side) -> tuple[tuple[Facing, ...], tuple[str, ...]]:
    """The pairs of answers that both sides have to the same question, and a sentence on each case that is left out."""
    others = {case.id: case for eval_ in b.run.plan.evals for case in eval_.cases}
    pairs: list[Facing] = []
    left_out: list[str] = []
    for eval_ in a.run.plan.evals:
        for case in eval_.cases:
            rubrics = _rubrics(eval_, case)
            if not rubrics or case.id not in others:
                continue
            if others[case.id].turns != case.turns or others[case.id].expect != case.expect:
                left_out.append(f"{case.id} asked or expected something else in {b.name}")
            else:
                pairs += _of_case(case, rubrics, a=a, b=b)
    return tuple(pairs), tuple(left_out)


def decide_pair(pair: Facing, said: Sequence[Preferred], *, rule: PanelRule = "majority") -> Pair:
    """What judges say of a pair together: what more than half of the votes say, or all where the rule asks for that."""
    votes = tuple(
        PairVote(
            judge=one.judge,
            sample=one.sample,
            a_first=one.a_first,
            b_first=one.b_first,
            winner=winner_of(one.a_first, one.b_first),
        )
        for one in said
    )
    winner, count = Counter(vote.winner for vote in votes).most_common(1)[0]
    agreed = count == len(votes) if rule == "unanimous" else count * 2 > len(votes)
    shown = next(vote for vote in votes if vote.winner == winner)
    return Pair(
        case_id=pair.case_id,
        repeat=int(pair.key.rpartition("@")[2].partition("/")[0]),
        rubric=pair.rubric.name,
        a_first=shown.a_first,
        b_first=shown.b_first,
        winner=winner if agreed else "split",
        votes=votes if len(votes) > 1 else (),
    )


def pairwise(a: Side, b: Side, *, judge: Judge, pairs: Sequence[Pair], left_out: tuple[str, ...]) -> Pairwise:
    """The pairs with their figures."""
    counts = Counter(pair.winner for pair in pairs)
    wins_a, wins_b = counts["a"], counts["b"]
    decided = wins_a + wins_b
    return Pairwise(
        a=a.name,
        b=b.name,
        judge=judge.card,
        panel=judge.panel,
        pairs=tuple(pairs),
        wins_a=wins_a,
        wins_b=wins_b,
        equal=counts["equal"],
        by_order=counts["order"],
        open=counts["open"],
        split=counts["split"],
        by_place=sum(pair.a_first.word == pair.b_first.word and pair.winner == "order" for pair in pairs),
        share=wins_a / decided if decided else None,
        interval=wilson_interval(wins_a, decided) if decided else None,
        p_value=sign_test(wins_a, wins_b) if decided else None,
        left_out=left_out,
    )


def winner_of(a_first: Preference, b_first: Preference) -> Winner:
    """Who wins a pair: only what the judge says in both orders counts."""
    words = [(a_first.word, _OF_A_FIRST), (b_first.word, _OF_B_FIRST)]
    found = [meaning.get(word) if word else None for word, meaning in words]
    if None in found:
        return "open"
    return found[0] if found[0] == found[1] and found[0] else "order"


def sign_test(wins_a: int, wins_b: int) -> float:
    """How likely wins are so unequal where both are equally good; two-sided and exact, 1 without any."""
    trials = wins_a + wins_b
    return min(1.0, 2 * binomial_share(min(wins_a, wins_b), trials=trials, chance=0.5)) if trials else 1.0


def _rubrics(eval_: Eval, case: Case) -> list[Rubric]:
    checks = [check for check in case.checks if check.is_judged and check.level == "must" and not check.is_negated]
    found = {rubric.name: rubric for check in checks if (rubric := rubric_named(eval_, check))}
    return list(found.values())


def _of_case(case: Case, rubrics: Sequence[Rubric], *, a: Side, b: Side) -> Iterator[Facing]:
    theirs = {trial.trial.repeat: trial for trial in _answers(b, case)}
    for ours in _answers(a, case):
        other = theirs.get(ours.trial.repeat)
        for rubric in rubrics if other else ():
            assert other
            key = f"{case.id}@{ours.trial.repeat}/{rubric.name}"
            yield Facing(key, case.id, rubric, _subject(case, ours), _subject(case, other))


def _answers(side: Side, case: Case) -> Iterator[TrialResult]:
    for trial in side.run.results:
        if trial.trial.case_id == case.id and trial.trial.target == side.target and _is_whole(case, trial):
            yield trial


def _is_whole(case: Case, trial: TrialResult) -> bool:
    """Whether the target answered each turn that waits for it."""
    return bool(trial.responses) and len(trial.responses) == len(list(awaited_turns(case.turns)))


def _subject(case: Case, trial: TrialResult) -> Subject:
    """The last answer, with the conversation that led to it as it went."""
    asked: list[Message] = []
    responses = iter(trial.responses)
    awaited = frozenset(awaited_turns(case.turns))
    response = trial.responses[-1]
    for number, turn in enumerate(case.turns[: last_turn(case) + 1]):
        asked.append(Message(role=turn.role, text=turn.text))
        if number in awaited and (said := next(responses)) is not response:
            asked += [*said.transcript, Message(role="assistant", text=said.text)]
    return Subject((*asked, *response.transcript), case.expect, response.text, response.tool_calls)
