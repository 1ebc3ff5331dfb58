"""Pages of a library that is read piece by piece."""

from dataclasses import replace
from pathlib import Path

from evalc.base.memory.packed import Packed, pack
from evalc.model.catalog import Catalog
from evalc.model.report import EvalReport
from evalc.pages._files import write_pages
from evalc.pages._packed import PackedCatalog, PackedReport, key_of, pack_eval
from evalc.pages.contract import Library
from tests.pages.example import example_library


def ordered_library() -> Library:
    """The library made by hand, in the order in which a compiled catalog is."""
    library = example_library()
    evals = tuple(sorted(library.catalog.evals, key=lambda eval_: eval_.id))
    vendors = tuple(sorted(library.catalog.vendors, key=lambda vendor: vendor.name))
    return replace(library, catalog=Catalog(vendors=vendors, evals=evals))


def pack_library(library: Library) -> Library:
    """The same library packed, of which one eval and one report is at hand."""
    texts = (pack(report.model_dump_json().encode()) for report in library.report.evals)
    reports = Packed(texts, EvalReport.model_validate_json, at_hand=1)
    return replace(
        library,
        catalog=PackedCatalog.of(library.catalog.vendors, map(pack_eval, library.catalog.evals)),
        report=PackedReport(reports, tuple(map(key_of, library.report.evals))),
    )


def test_a_packed_library_has_the_same_pages(tmp_path: Path) -> None:
    """Nobody may see how much memory the machine had that made them."""
    whole, packed = tmp_path / "whole", tmp_path / "packed"
    count = write_pages(ordered_library(), whole)

    assert count == write_pages(pack_library(ordered_library()), packed)
    paths = [path.relative_to(whole) for path in sorted(whole.rglob("*")) if path.is_file()]
    assert paths == [path.relative_to(packed) for path in sorted(packed.rglob("*")) if path.is_file()]
    assert [] == [path for path in paths if (whole / path).read_bytes() != (packed / path).read_bytes()]
