"""What pages compare: the newest run of a target with the one before, and targets with the best."""

from evalc.pages._comparisons import compare_pair, pairs_of
from tests.pages.example import example_library
from tests.pages.example_cases import DEPLOYMENTS


def test_each_target_is_compared_with_its_run_before_and_with_the_best() -> None:
    """Two questions that a reader has: is it better than it was, and which is better."""
    library = example_library()
    found = [
        (pair.kind, pair.before.target.name, pair.before.run_id[4:], pair.after.target.name)
        for pair in pairs_of(library, library.eval(DEPLOYMENTS))
    ]

    assert [
        ("runs", "hasty", "2026-10-12", "hasty"),
        ("runs", "steady", "2026-11-02", "steady"),
        ("targets", "steady", "2026-11-20", "hasty"),
    ] == found


def test_an_eval_with_one_report_has_nothing_to_compare() -> None:
    """So it has no page that compares."""
    library = example_library()

    assert [] == list(pairs_of(library, library.eval("lumen/triage")))


def test_where_every_case_ended_as_before_nothing_is_tested() -> None:
    """A test of no difference costs time, and says nothing."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    [_, steady, _] = pairs_of(library, eval_)
    again = type(steady)("runs", steady.after.model_copy(update={"run_id": "run-later"}), steady.after)

    assert None is compare_pair(again, eval_)
    assert compare_pair(steady, eval_)
