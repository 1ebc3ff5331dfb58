"""The changes that an eval's page shows are those that reach it."""

from evalc.pages._changelog import CHANGES_SHOWN, COMMITS_SHOWN, changelog_of
from evalc.pages.contract import Library
from tests.pages.example import example_library
from tests.pages.example_cases import DEPLOYMENTS


def test_a_commit_is_shown_where_it_reaches_under_the_names_of_then() -> None:
    """A criterion belongs to no eval by its name, and a renamed eval keeps its past."""
    library = example_library()
    shown = {
        eval_.id: [(step.commit.subject, len(step.changes)) for step in changelog_of(library, eval_)]
        for eval_ in library.catalog.evals
    }

    assert {
        DEPLOYMENTS: [("A looser limit", 2), ("One rubric for both", 1)],
        "harborline/billing": [("One rubric for both", 1)],
        "lumen/triage": [],
        "quill/citations": [],
    } == shown


def test_a_long_past_is_cut_and_a_large_commit_says_how_much_is_left_out() -> None:
    """Who wants all of it has git."""
    library = example_library()
    first = library.changes[0]
    large = first.model_copy(update={"changes": first.changes * CHANGES_SHOWN})
    long = Library(library.catalog, library.report, changes=(large,) * (COMMITS_SHOWN + 1))
    steps = changelog_of(long, long.eval(DEPLOYMENTS))

    assert COMMITS_SHOWN == len(steps)
    assert (CHANGES_SHOWN, CHANGES_SHOWN) == (len(steps[0].changes), steps[0].left_out)
