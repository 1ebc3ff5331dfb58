"""How fast answers came, from the results of trials."""

from collections.abc import Sequence

from evalc.model.exchange import Response
from evalc.model.plan import Trial
from evalc.model.report import Timing
from evalc.model.result import TrialResult
from evalc.report.timing import Times


def trials(*times: Sequence[tuple[float, float | None]]) -> list[TrialResult]:
    """A trial for each row of times to a whole answer and to its first letter."""
    trial = Trial(id="t:c@1", case_id="c", target="t", repeat=1)
    return [
        TrialResult(
            trial=trial,
            outcome="passed",
            responses=tuple(Response(text="x", latency_s=whole, first_token_s=first) for whole, first in row),
        )
        for row in times
    ]


def timing_of(given: Sequence[TrialResult]) -> Timing | None:
    """What the times of all their answers say."""
    times = Times()
    for trial in given:
        times.add(trial.responses)
    return times.timing()


def test_half_of_the_answers_are_faster_than_the_median_and_five_in_a_hundred_slower_than_the_most() -> None:
    """One answer that hangs must not move the figure that people compare."""
    found = timing_of(trials(*([(float(second), None)] for second in range(1, 101))))

    assert found
    assert (100, 50.5, 95.0) == (found.answers, found.median_s, found.most_s)
    assert (0, None, None) == (found.streamed, found.first_token_median_s, found.first_token_most_s)


def test_every_turn_counts_and_only_what_was_streamed_has_a_first_token() -> None:
    """A server may stream one answer and give the next in one piece."""
    found = timing_of(trials([(2.0, 0.5), (4.0, None)], [(3.0, 0.25)]))

    assert found
    assert (3, 3.0, 4.0) == (found.answers, found.median_s, found.most_s)
    assert (2, 0.375, 0.5) == (found.streamed, found.first_token_median_s, found.first_token_most_s)


def test_answers_of_a_script_have_no_time() -> None:
    """A median of zeros would look like a very fast model."""
    assert timing_of(trials([(0.0, None)])) is None
    assert timing_of([]) is None
