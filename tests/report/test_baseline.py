"""Baselines as text that git shows and merges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.model.result import Outcome
from evalc.model.verdicts.comparison import CaseScore
from evalc.model.verdicts.gate import Baseline
from evalc.report.gating.baseline import WrongBaseline, read_baseline, renew, write_baseline

_OUTCOMES: list[Outcome] = ["passed", "failed", "errored", "unscored", "skipped"]
_WORDS = st.from_regex(r"[a-z0-9][a-z0-9/-]{0,20}", fullmatch=True)
_SCORES = st.builds(
    CaseScore,
    case_id=_WORDS,
    fingerprint=_WORDS,
    outcome=st.sampled_from(_OUTCOMES),
    repeats=st.lists(st.sampled_from(_OUTCOMES), min_size=1, max_size=5).map(tuple),
    judge=_WORDS | st.just(""),
)
_BASELINES = st.lists(_SCORES, unique_by=lambda score: score.case_id, max_size=8).map(
    lambda scores: Baseline(name="model", scores=tuple(sorted(scores, key=lambda score: score.case_id)))
)


@given(_BASELINES)
def test_a_baseline_is_read_as_it_was_written(baseline: Baseline) -> None:
    """What was accepted must come back whole, and once for each case."""
    text = write_baseline(baseline)

    assert baseline == read_baseline(text, name="model")


@given(_BASELINES, _BASELINES)
def test_a_part_that_was_run_again_renews_its_own_lines(before: Baseline, after: Baseline) -> None:
    """Whoever runs one eval must not throw away what was accepted of the others."""
    renewed = {score.case_id: score for score in renew(before, after).scores}
    decided = {score.case_id: score for score in after.scores if score.share is not None}

    assert {score.case_id: score for score in before.scores} | decided == renewed


def test_branches_that_accept_other_cases_merge_by_their_lines() -> None:
    """Git keeps both lines where both are new; of two for one case the later counts, and all is read."""
    merged = "# head\ngeo/a f1 passed + -\ngeo/b f2 failed - -\ngeo/b f3 passed + j1\n"

    read = read_baseline(merged, name="model")

    assert [("geo/a", "f1", ""), ("geo/b", "f3", "j1")] == [
        (score.case_id, score.fingerprint, score.judge) for score in read.scores
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("geo/a f1 passed +", "line 2 has 4 words, and `CASE FINGERPRINT OUTCOME REPEATS JUDGE` has 5"),
        ("geo/a f1 pased + -", "line 2 has the outcome `pased`; passed, failed"),
        ("geo/a f1 passed +x -", "line 2 has repeats `+x`; each is one of + - ! ? ."),
        ("<<<<<<< HEAD", "line 2 is the mark of a merge conflict; keep the lines of one side, or of both"),
    ],
)
def test_a_line_that_is_none_is_told_by_its_number(line: str, reason: str) -> None:
    """A baseline that was read in part would pass what it does not know."""
    with pytest.raises(WrongBaseline) as caught:
        read_baseline(f"# head\n{line}\n", name="model")

    assert str(caught.value).startswith(reason)
