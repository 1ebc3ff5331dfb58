"""Pages as wholes: valid, complete, and made of nothing but their library."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from evalc.model.catalog import Catalog
from evalc.model.report import Report
from evalc.pages._copies import CatalogCopy, EvalCopy
from evalc.pages._files import page_types, write_pages
from evalc.pages.contract import Library, Page
from tests.pages.example import catalog_of, example_library, harborline
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.reading import ids, links, parse, visible_text


def all_pages(library: Library) -> Iterator[Page]:
    """Every page of a library."""
    for kind in page_types():
        for subject in kind.subjects(library):
            yield kind.render(library, subject)


def test_every_page_is_valid_html() -> None:
    """A strict parser accepts it, so no browser has to guess."""
    for page in all_pages(example_library()):
        parse(page.body)
        parse(page.head)


def test_ids_are_unique_and_those_promised_are_there() -> None:
    """A link to an id that is there twice leads to one of them by luck."""
    for page in all_pages(example_library()):
        found = Counter(ids(page.body))

        assert {} == {id_: count for id_, count in found.items() if count > 1}, page.path
        assert {anchor.id for anchor in page.anchors} | set(page.places) <= found.keys(), page.path


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    """Pages, files beside them, and parts of pages: what is linked was written."""
    write_pages(example_library(), tmp_path)
    broken = []
    for file in sorted(tmp_path.rglob("*.html")):
        html = file.read_text("utf-8")
        own = "/" + file.parent.relative_to(tmp_path).as_posix() + "/"
        for link in links(html):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = tmp_path / str(_resolve(own, unquote(parts.path))).lstrip("/") if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in ids(target.read_text("utf-8"))
            ):
                broken.append((own, link))

    assert [] == broken


def test_links_to_elsewhere_are_the_vendor_and_the_repository() -> None:
    """A page sends its readers nowhere that its library does not name."""
    hosts = {urlsplit(link).netloc for page in all_pages(example_library()) for link in links(page.body)}

    assert {"", "harborline.example", "code.example.org"} == hosts


def test_equal_libraries_give_equal_pages() -> None:
    """A build that differs from itself makes every change look like one."""
    assert list(all_pages(example_library())) == list(all_pages(example_library()))


def test_an_empty_library_is_a_page_too() -> None:
    """The first thing that a new catalog shows must not be an error."""
    pages = list(all_pages(Library(Catalog(), Report(evals=()))))

    assert ["evals/"] == [page.path for page in pages]
    assert "There is no eval yet." in visible_text(pages[0].body)


def test_an_eval_without_cases_is_a_page_too() -> None:
    """A draft can be looked at before it has a case."""
    library = example_library()
    bare = tuple(eval_.model_copy(update={"cases": ()}) for eval_ in library.catalog.evals)
    pages = list(all_pages(Library(catalog_of(library).model_copy(update={"evals": bare}), Report(evals=()))))

    assert any("showing 0 of 0" in page.body for page in pages)


def test_without_an_address_no_page_names_one() -> None:
    """A catalog that is read from a folder has no address to be wrong about."""
    for page in all_pages(example_library(address="")):
        assert "og:url" not in page.head
        assert "contentUrl" not in page.head


def test_a_page_is_found_before_it_is_made() -> None:
    """While a site is served its search knows of pages that nobody has asked for yet."""
    library = example_library()
    for kind in page_types():
        for subject in kind.subjects(library):
            assert kind.render(library, subject).summary == kind.summary(library, subject)


def test_the_copy_of_an_eval_is_what_was_read(tmp_path: Path) -> None:
    """Who reads `eval.json` gets the spec and the results whole, in a format with a version."""
    library = example_library()
    write_pages(library, tmp_path)
    copy = EvalCopy.model_validate_json((tmp_path / "evals" / DEPLOYMENTS / "eval.json").read_text("ascii"))

    assert library.eval(DEPLOYMENTS) == copy.eval
    assert library.latest_of(DEPLOYMENTS) == copy.reports
    assert ("evalc-eval", 2) == (copy.format, copy.format_version)


def test_the_copy_of_the_catalog_lists_every_eval(tmp_path: Path) -> None:
    """The library's own search reads it, and anybody's program may."""
    library = example_library()
    write_pages(library, tmp_path)
    copy = CatalogCopy.model_validate_json((tmp_path / "evals" / "catalog.json").read_text("ascii"))
    first = copy.evals[0]

    assert [eval_.id for eval_ in library.catalog.evals] == [entry.id for entry in copy.evals]
    assert {"critical": 3, "high": 2, "medium": 2, "low": 2} == first.severities
    assert ["hasty", "steady"] == [target.name for target in first.targets]
    assert ("not-run",) == copy.evals[-1].verdicts


def test_a_text_that_has_no_utf_8_reaches_its_copy() -> None:
    """An answer may hold half a surrogate pair, and must not cost the site."""
    library = example_library()
    vendor = harborline().model_copy(update={"about": "half \ud83d of it"})
    vendors = (vendor, *library.catalog.vendors[1:])
    broken = Library(catalog_of(library).model_copy(update={"vendors": vendors}), library.report)
    copies = [
        json.loads(copy.text)
        for kind in page_types()
        for subject in kind.subjects(broken)
        for copy in kind.copies(broken, subject)
        if copy.path.endswith(f"{DEPLOYMENTS}/eval.json")
    ]

    assert ["half \ud83d of it"] == [copy["vendor"]["about"] for copy in copies]
    assert any("half ⟦U+D83D⟧ of it" in page.body for page in all_pages(broken))


def test_a_long_answer_lies_whole_beside_its_page(tmp_path: Path) -> None:
    """The page shows its beginning; evidence must not end where a page got long."""
    library = example_library()
    write_pages(library, tmp_path)
    folder = tmp_path / "evals" / DEPLOYMENTS
    wholes = [path.read_text("utf-8") for path in folder.rglob("answer.*.txt")]
    answers = [
        response.text
        for report in library.latest_of(DEPLOYMENTS)
        for case in report.cases
        for trial in case.trials
        for response in trial.responses
        if len(response.text) > 20_000
    ]

    assert answers == wholes
    assert wholes[0] not in (folder / "promote-validated-build" / "index.html").read_text("utf-8")


def test_cases_lead_from_one_to_the_next_and_back() -> None:
    """Whoever reviews an eval reads its cases one after the other."""
    library = example_library()
    pages = [page for page in all_pages(library) if page.path.startswith(f"evals/{DEPLOYMENTS}/") if page.body]
    by_path = {page.path: page for page in pages}
    names = [case.id.split("/", 2)[2] for case in library.eval(DEPLOYMENTS).cases]
    paths = [f"evals/{DEPLOYMENTS}/{name}/" for name in names]
    steps = [
        tuple(str(_resolve(f"/{path}", link)).lstrip("/") + "/" for link in links(by_path[path].body)[-2:])
        for path in paths
    ]

    assert [*zip(paths, paths[2:], strict=False)] == steps[1:-1]


def test_a_case_is_linked_to_its_line_for_reading_and_for_editing() -> None:
    """The one who sees what is wrong with a case can mend it."""
    [page] = [page for page in all_pages(example_library()) if page.path.endswith("deployments/handover-note/")]

    assert {
        "https://code.example.org/acme/evals/blob/main/specs/harborline/deployments.evalc#L31",
        "https://code.example.org/acme/evals/edit/main/specs/harborline/deployments.evalc#L31",
    } <= set(links(page.body))


def test_a_renamed_eval_keeps_its_results_and_each_case_its_history() -> None:
    """`formerly` says that it is the same one."""
    library = example_library()
    old = "harborline/environments"
    reports = [
        report.model_copy(
            update={
                "eval_id": old,
                "cases": tuple(
                    case.model_copy(update={"case_id": case.case_id.replace(DEPLOYMENTS, old)}) for case in report.cases
                ),
            }
        )
        for report in library.reports_of(DEPLOYMENTS)
    ]
    renamed = Library(library.catalog, Report(evals=tuple(reports)))
    bodies = {page.path: page.body for page in all_pages(renamed)}

    assert "89%" in visible_text(bodies[f"evals/{DEPLOYMENTS}/"])
    assert "2026-11-02" in visible_text(bodies[f"evals/{DEPLOYMENTS}/handover-note/"])


@pytest.mark.parametrize("name", ["../../outside", "a/b/c", ""])
def test_an_eval_with_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is ever written outside of the folder that was named."""
    library = example_library()
    bad = library.catalog.evals[0].model_copy(update={"id": f"harborline/{name}"})
    catalog = catalog_of(library).model_copy(update={"evals": (bad,)})

    with pytest.raises(ValueError, match=r"cannot be part of an address|to unpack"):
        write_pages(Library(catalog, Report(evals=())), tmp_path / "site")
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file() and "outside" in path.name]


def _resolve(folder: str, path: str) -> PurePosixPath:
    parts: list[str] = []
    for part in (folder + path).split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return PurePosixPath("/", *parts)
