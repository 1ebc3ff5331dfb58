"""The trace of a run, where the way of the answers matters."""

from evalc.model.event import RunStarted, TrialFinished
from evalc.model.exchange import Response
from evalc.model.plan import Plan, TargetCard, Trial
from evalc.model.result import Attempt, CheckResult, Fault, TrialResult
from evalc.run.telemetry.spans import Seen, Tracer
from tests.builders import make_case, make_eval

AT = "2026-03-04T05:06:07.000Z"
TRIAL = Trial(id="told:geo/capitals/peru@1", case_id="geo/capitals/peru", target="told", repeat=1)
JUDGE = TargetCard(name="strict", type="openai", model="m-2")


def seen_of(*attempts: Attempt, fault: Fault | None = None) -> Seen:
    """What a trial of one check adds to the trace of its run."""
    plan = Plan(
        vendors=(),
        evals=(make_eval([make_case("peru")]),),
        targets=(TargetCard(name="told", type="google", model="m-1"),),
        judge=JUDGE,
        trials=(TRIAL,),
    )
    check = CheckResult(check="sound", level="must", outcome="unscored" if fault else "passed", reason="so it is")
    result = TrialResult(
        trial=TRIAL,
        outcome="unscored" if fault else "passed",
        responses=(Response(text="Lima"),),
        checks=(check,),
        finished_at=AT,
    )
    tracer = Tracer(plan)
    tracer.see(RunStarted(run_id="r", at=AT, planned=1, already_finished=0))
    return tracer.see(TrialFinished(result=result, attempts=attempts, finished=1, planned=1))


def attempt(key: str, *, asked: str = "told", at: str = AT, fault: Fault | None = None) -> Attempt:
    """A call of a second."""
    return Attempt(
        asked=asked,
        purpose="judgement" if asked == "strict" else "answer",
        key=f"{TRIAL.case_id}@1/{key}",
        started_at=at,
        duration_s=1.0,
        fault=fault,
    )


def test_an_answer_that_was_kept_is_evaluated_on_the_span_of_its_trial() -> None:
    """Nobody was asked for it now, and what is said of it must not hang on the judge's span."""
    nothing_asked, only_judged = seen_of(), seen_of(attempt("0/sound/claim", asked="strict"))

    assert ["evalc trial"] == [span.name for span in nothing_asked.spans]
    assert ["chat m-2", "evalc trial"] == [span.name for span in only_judged.spans]
    for seen in (nothing_asked, only_judged):
        assert [seen.spans[-1].span_id] == [found.span_id for found in seen.evaluations]


def test_an_answer_with_tools_is_evaluated_on_its_last_part() -> None:
    """The part before it called a tool, and the check did not read it."""
    seen = seen_of(attempt("0"), attempt("0.1", at="2026-03-04T05:06:09.000Z"))
    first, last, trial = seen.spans

    assert [last.span_id] == [found.span_id for found in seen.evaluations]
    assert (first.start_ns, last.end_ns) == (trial.start_ns, trial.end_ns)
    assert 3_000_000_000 == trial.end_ns - trial.start_ns
    assert "gcp.gemini" == first.attributes["gen_ai.provider.name"]


def test_what_could_not_be_decided_has_an_error_in_place_of_a_score() -> None:
    """A backend that averages scores must not see it."""
    seen = seen_of(attempt("0"), fault=Fault(kind="transient", message="away"))
    (evaluation,) = seen.evaluations

    assert "unscored" == evaluation.attributes["error.type"] == seen.spans[-1].attributes["error.type"]
    assert not [name for name in evaluation.attributes if ".score." in name]


def test_ids_are_the_same_for_the_same_run() -> None:
    """What is sent twice is one thing."""
    assert seen_of(attempt("0")) == seen_of(attempt("0"))
