"""Pages with more on them than a designer thinks of: many targets, and words that nobody breaks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from evalc.pages.contract import Library
from tests.pages.example import catalog_of, example_library, report_of
from tests.pages.example_cases import DEPLOYMENTS
from tests.site.building import build_site, serve
from tests.site.conftest import CASE, COMPARISON, EVAL, RUN, Visitor

_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
_TARGETS = ("a", "baseline", "candidate-17", "ours", "theirs", "heron-2-large-2026-11-preview-with-tools", _WORD, "z")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in which one eval was asked of eight targets and has long words in every title."""
    with serve(build_site(_crowded(), tmp_path_factory.mktemp("crowded"))) as found:
        yield found


@pytest.mark.parametrize("width", [1360, 390, 320])
@pytest.mark.parametrize("path", [EVAL, CASE, COMPARISON, RUN, "runs/", "evals/", "evals/harborline/", "machines/"])
def test_a_crowded_page_fits_its_window(visit: Visitor, crowded: str, path: str, width: int) -> None:
    """320 is what is left of a usual window for somebody who needs letters of four times the size."""
    page = visit(path, base=crowded, width=width).page
    page.evaluate("document.querySelectorAll('article details').forEach((each) => (each.open = true))")

    assert width == page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("width", [1360, 390])
def test_titles_of_rows_stay_readable_beside_many_targets(visit: Visitor, crowded: str, width: int) -> None:
    """A column of one word a line is a column of nothing."""
    page = visit(EVAL, base=crowded, width=width).page
    titles = page.locator("article :is(.ev-matrix, .ev-scores) tbody th").all()
    boxes = [box for each in titles if (box := each.bounding_box())]

    assert len(boxes) >= 9
    assert [] == [box for box in boxes if box["width"] < 160]


def _crowded() -> Library:
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    first, *_ = library.reports_of(DEPLOYMENTS)
    reports = [first.model_copy(update={"target": first.target.model_copy(update={"name": name})}) for name in _TARGETS]
    cases = tuple(case.model_copy(update={"title": f"{_WORD} {case.title}"}) for case in eval_.cases)
    long = eval_.model_copy(update={"title": f"{_WORD} and more", "metrics": (_WORD[:40],), "cases": cases})
    others = [report for report in report_of(library).evals if report.eval_id != DEPLOYMENTS]
    return replace(
        library,
        catalog=catalog_of(library).model_copy(update={"evals": (long, *catalog_of(library).evals[1:])}),
        report=report_of(library).model_copy(update={"evals": (*reports, *others)}),
    )
