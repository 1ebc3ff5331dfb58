"""The changes that an eval's page shows are those that reach it."""

from dataclasses import replace

import pytest

from evalc.model.change import Change, Subject
from evalc.pages._changelog import CHANGES_SHOWN, COMMITS_SHOWN, Listing, changelog_of, list_changes
from evalc.pages.contract import Library, Past
from evalc.pages.eval import EvalPage
from tests.pages.example import example_library
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.reading import visible_text


def test_a_commit_is_shown_where_it_reaches_under_the_names_of_then() -> None:
    """A criterion belongs to no eval by its name, and a renamed eval keeps its past."""
    library = example_library()
    shown = {
        eval_.id: [(step.commit.subject, _count(step.listing)) for step in changelog_of(library, eval_)]
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
    assert (CHANGES_SHOWN, CHANGES_SHOWN) == (_count(steps[0].listing), steps[0].listing.left_out)


def test_changes_of_a_case_stand_together_under_its_title() -> None:
    """Ids repeated line by line hide what happened, and examples have no names to tell them apart by."""
    library = example_library()
    rollback, gone = f"{DEPLOYMENTS}/rollback-keeps-evidence", f"{DEPLOYMENTS}/no-more"
    changes = [
        _change("example", rollback, "a good example is gone"),
        _change("case", gone, "the case is gone"),
        _change("check", f"{rollback}#is-short", "looser"),
        _change("example", rollback, "a bad example is gone"),
        _change("eval", DEPLOYMENTS, "the rule is looser"),
        _change("example", rollback, "one too many", kind="example-added"),
    ]
    listing = list_changes(library, changes, most=4)
    [case] = [case for case in library.eval(DEPLOYMENTS).cases if case.id == rollback]

    assert [
        ("", "", [("the rule is looser", 0)]),
        (case.title, "evals/" + rollback + "/", [("a good example is gone", 1), ("looser", 0)]),
        ("no-more", "", [("the case is gone", 0)]),
    ] == [
        (group.title, group.path, [(line.change.sentence, line.alike) for line in group.lines])
        for group in listing.groups
    ]
    assert 1 == listing.left_out


@pytest.mark.parametrize(
    ("past", "said"),
    [
        ("whole", "The newest commits to the specs changed nothing in this eval."),
        ("cut", "This site was built from a clone that lacks older commits"),
        ("none", "This site was built without the history of its specs"),
    ],
)
def test_a_page_without_changes_says_why(past: Past, said: str) -> None:
    """Nothing at all reads as an eval that never changed."""
    library = replace(example_library(), past=past)

    assert said in visible_text(EvalPage().render(library, "lumen/triage").body)


def _change(subject: str, id_: str, sentence: str, *, kind: str = "gone") -> Change:
    about = Subject.model_validate({"kind": subject, "id": id_})
    return Change(kind=kind, direction="weakened", subject=about, sentence=sentence)


def _count(listing: Listing) -> int:
    return sum(len(group.lines) for group in listing.groups)
