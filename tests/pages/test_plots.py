"""What plots are made from, and that they say in words what they show."""

from evalc.model.report import Report
from evalc.pages._history import RUNS_SHOWN, eval_histories
from evalc.pages._results import results_of
from evalc.pages._scores import count_scores
from evalc.pages.contract import Library
from evalc.pages.eval import EvalPage
from tests.pages.example import example_library
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.reading import parse


def test_a_line_joins_only_runs_of_the_same_eval() -> None:
    """A line over a change says that two rates compare which do not."""
    library = example_library()
    _, steady = eval_histories(library, library.eval(DEPLOYMENTS))

    assert [False, False, True] == [moment.is_break for moment in steady.moments]
    assert [("2026-10-12", "2026-11-02")] == [
        (one.report.started_at[:10], next_.report.started_at[:10]) for one, next_ in steady.lines
    ]
    assert [(0, 0), (2, 2), (0, 1)] == [(moment.lost, len(moment.flips)) for moment in steady.moments]


def test_a_run_without_a_rate_has_no_point_and_no_line() -> None:
    """Nothing was decided in it."""
    library = example_library()
    reports = library.reports_of(DEPLOYMENTS)
    tally = reports[2].tally.model_copy(update={"passed": 0, "failed": 0})
    changed = (*reports[:2], reports[2].model_copy(update={"tally": tally, "interval": None}), *reports[3:])
    bare = Library(library.catalog, Report(evals=changed))
    _, steady = eval_histories(bare, bare.eval(DEPLOYMENTS))

    assert 3 == len(steady.moments)
    assert 2 == len(steady.decided)
    assert () == steady.lines


def test_a_long_history_shows_its_newest_runs() -> None:
    """A chart of a thousand runs is a smear."""
    library = example_library()
    newest = library.latest_of(DEPLOYMENTS)[1]
    reports = [
        newest.model_copy(update={"run_id": f"run-{99 - at}", "started_at": f"2026-11-{28 - at}T00:00:00Z"})
        for at in range(RUNS_SHOWN + 5)
    ]
    long = Library(library.catalog, Report(evals=tuple(reports)))
    [found] = eval_histories(long, long.eval(DEPLOYMENTS))

    assert RUNS_SHOWN == len(found.moments)
    assert ["run-80", "run-99"] == [found.moments[0].report.run_id, found.moments[-1].report.run_id]
    assert (0, 1) == (found.moments[0].x, found.moments[-1].x)


def test_scores_are_counted_by_criterion_and_target() -> None:
    """From every repeat of the latest runs, and from answers that the judge could score alone."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    found = {each.criterion.name: each.by_target for each in count_scores(eval_, results_of(library, DEPLOYMENTS))}

    assert {"correctness", "safety", "blames"} == found.keys()
    hasty, steady = found["correctness"]
    assert [("1", 0), ("2", 2), ("3", 0), ("4", 0), ("5", 4)] == [(bar.label, bar.count) for bar in hasty.bars]
    assert 4.0 == hasty.mean
    assert 7 == steady.total
    assert [0, 0, 1] == [bar.count for bar in found["blames"][1].bars]
    assert None is found["blames"][1].mean


def test_a_chart_has_a_title_and_a_description_and_a_table_behind_it() -> None:
    """For those who hear the page, and for those who want the numbers."""
    tree = parse(EvalPage().render(example_library(), DEPLOYMENTS).body)
    charts = [svg for svg in tree.iter() if svg.get("role") == "img"]
    told = [[part.text for part in chart if str(part.tag).endswith(("title", "desc"))] for chart in charts]

    assert 2 == len(charts)
    assert [
        "Pass rate of steady, run by run",
        "3 runs with a rate, from 100% in the first to 89% in the newest. The eval changed 1 time between them.",
    ] == told[1]
    assert all(set(chart.get("aria-labelledby", "").split()) <= {part.get("id") for part in chart} for chart in charts)
