"""Files for machines: well-formed whatever they quote, and as their schemas say."""

import json
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from evalc.cli.commands.schema import FORMATS
from evalc.cli.main import main
from evalc.model.report import Report
from evalc.pages._badges import badges_of
from evalc.pages._feed import make_feed
from evalc.pages._files import page_types
from evalc.pages._llms import EVALS_LISTED, make_llms
from evalc.pages._results import results_of
from evalc.pages.contract import Library
from evalc.pages.moved import MovedPage
from tests.pages.example import catalog_of, example_library
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.payloads import PAYLOADS, poisoned_library

_ATOM = "{http://www.w3.org/2005/Atom}"
_SVG = "{http://www.w3.org/2000/svg}"


def all_copies(library: Library) -> Iterator[tuple[str, str]]:
    """The path and the text of each file beside the pages."""
    for kind in page_types():
        for subject in kind.subjects(library):
            yield from ((copy.path, copy.text) for copy in kind.copies(library, subject))


def test_no_file_is_written_twice() -> None:
    """The later one would win by luck."""
    counts = Counter(path for path, _ in all_copies(example_library()))

    assert {} == {path: count for path, count in counts.items() if count > 1}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "spec"])
def test_copies_are_as_their_schema_says(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The site publishes the same schema that the command prints."""
    copies = dict(all_copies(example_library()))
    schema = copies[f"machines/{name}.schema.json"]
    assert 0 == main(["schema", name])
    assert schema == capsys.readouterr().out
    validator = jsonschema_rs.validator_for(json.loads(schema))
    found = [json.loads(text) for path, text in copies.items() if path.endswith(f"/{name}.json")]

    assert found
    assert all(validator.is_valid(copy) for copy in found)
    assert not validator.is_valid(found[0] | {"format_version": "one"})


def test_the_feed_is_atom() -> None:
    """What RFC 4287 demands of a feed and of each entry, and each id once."""
    feed = ElementTree.fromstring(make_feed(example_library()).text)
    entries = feed.findall(f"{_ATOM}entry")
    ids = [each.findtext(f"{_ATOM}id") for each in (feed, *entries)]

    assert f"{_ATOM}feed" == feed.tag
    assert feed.findtext(f"{_ATOM}author/{_ATOM}name")
    assert 3 + 2 == len(entries)
    assert len(ids) == len({*ids} - {None, ""})
    for each in (feed, *entries):
        assert each.findtext(f"{_ATOM}title")
        assert (each.findtext(f"{_ATOM}updated") or "").endswith("Z")
        link = each.find(f"{_ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith("https://evals.example.org/")


def test_without_an_address_links_of_the_feed_start_at_its_folder() -> None:
    """A reader that was given the file resolves them there."""
    text = make_feed(example_library(address="")).text

    assert '<link href="../runs/run-2026-11-20/"/>' in text
    assert "https://evals" not in text


def test_a_badge_says_the_verdict_in_words() -> None:
    """Its colour is for those who see it."""
    library = example_library()
    badges = badges_of(library.eval(DEPLOYMENTS), results_of(library, DEPLOYMENTS))

    assert [
        ("badge", "passed at 0 of 2 targets (scripted)"),
        ("badge.hasty", "hasty: failed, 57% (scripted)"),
        ("badge.steady", "steady: failed, 89%"),
    ] == [(badge.name, badge.message) for badge in badges]
    unrun = badges_of(library.eval("quill/citations"), results_of(library, "quill/citations"))
    assert [("badge", "not run")] == [(badge.name, badge.message) for badge in unrun]


def test_a_target_with_an_odd_name_has_a_badge_with_a_plain_one() -> None:
    """A name must not lead out of the eval's folder."""
    library = example_library()
    report = library.latest_of(DEPLOYMENTS)[0]
    odd = report.model_copy(update={"target": report.target.model_copy(update={"name": "../up"})})
    bare = Library(library.catalog, Report(evals=(odd,)))
    paths = [path for path, _ in all_copies(bare) if "badge" in path and DEPLOYMENTS in path]

    assert [
        f"evals/{DEPLOYMENTS}/badge{part}" for part in (".svg", ".json", ".target-1.svg", ".target-1.json")
    ] == paths


def test_pictures_and_feeds_stay_well_formed_whatever_they_quote() -> None:
    """Names of targets, titles and runs are anybody's text."""
    parts = {"svg", "title", "clipPath", "g", "rect", "text"}
    seen = 0
    for path, text in all_copies(poisoned_library()):
        if path.endswith((".svg", ".xml")):
            tree = ElementTree.fromstring(text)
            seen += 1
            if path.endswith(".svg"):
                assert {str(each.tag).removeprefix(_SVG) for each in tree.iter()} <= parts, path
                assert [] == [name for each in tree.iter() for name in each.attrib if name.startswith("on")], path

    assert seen > 2 * len(PAYLOADS)


def test_the_list_for_language_models_has_a_line_for_each_eval() -> None:
    """No title makes a link or a heading of its own."""
    text = make_llms(poisoned_library()).text
    lines = [line for line in text.split("\n") if "/eval.json" in line]

    assert len(PAYLOADS) == len(lines)
    assert all(line.startswith("- [") and 1 == line.count("](https://evals.example.org/") for line in lines)
    assert 3 == sum(line.startswith("#") for line in text.split("\n"))


def test_the_list_for_language_models_says_what_it_leaves_out() -> None:
    """It is read whole, so it stays short."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    evals = tuple(eval_.model_copy(update={"id": f"harborline/e{at}"}) for at in range(EVALS_LISTED + 2))
    text = make_llms(Library(catalog_of(library).model_copy(update={"evals": evals}), library.report)).text

    assert "and 2 more" in text


def test_a_renamed_eval_and_its_cases_are_found_under_their_former_addresses() -> None:
    """Links to them stand in reports and slides that nobody will mend."""
    library = example_library()
    pages = {subject: MovedPage().render(library, subject) for subject in MovedPage().subjects(library)}

    assert 10 == len(pages)
    assert "url=../../../evals/harborline/deployments/" in pages["evals/harborline/environments/"].head
    case = pages["evals/harborline/environments/idle-scaling/old/"]
    assert 'href="../../../../../evals/harborline/deployments/idle-scaling/old/"' in case.body


def test_a_former_address_that_is_in_use_again_is_not_taken_over() -> None:
    """A new eval may have the old name."""
    library = example_library()
    again = library.eval("harborline/billing").model_copy(update={"id": "harborline/environments", "formerly": ()})
    evals = (*library.catalog.evals, again)
    reused = Library(catalog_of(library).model_copy(update={"evals": evals}), library.report)

    assert "evals/harborline/environments/" not in MovedPage().subjects(reused)


def test_a_former_name_that_makes_no_address_is_passed_over() -> None:
    """A stored catalog may say anything."""
    library = example_library()
    odd = library.eval("quill/citations").model_copy(update={"formerly": ("../../up", "quill/a/../b", "")})
    catalog = catalog_of(library).model_copy(update={"evals": (odd,)})

    assert [] == MovedPage().subjects(Library(catalog, Report(evals=())))
