"""A catalog that is compiled some specs at a time: the same as if all were compiled at once."""

from pathlib import Path

from evalc.api.catalogs import CatalogFolder, compile_catalog
from evalc.api.packed import packing
from evalc.api.packed.packing import pack_catalog
from evalc.model.catalog import Catalog
from tests.api.test_following import SHARED, SPEC

SPECS = packing._SPECS_AT_ONCE + 30


def make_folder(folder: Path) -> CatalogFolder:
    """More specs than are compiled at once; two have one name, and one has a mistake."""
    (folder / "shared.evalc").write_text(SHARED, "utf-8")
    for number in range(SPECS):
        (folder / f"spec-{number}.evalc").write_text(SPEC.replace("NAME", f"eval-{number}"), "utf-8")
    (folder / "twin.evalc").write_text(SPEC.replace("NAME", "eval-7"), "utf-8")
    (folder / "wrong.evalc").write_text(SPEC.replace("NAME", "wrong").replace("must contain", "must contains"), "utf-8")
    return CatalogFolder(folder, "specs")


def test_some_at_a_time_give_what_all_at_once_give(tmp_path: Path) -> None:
    """What only the whole shows is found too, though the twins are compiled far from each other."""
    folder = make_folder(tmp_path)
    catalog, findings = pack_catalog(folder)
    whole = compile_catalog(folder)

    assert SPECS == len(catalog.evals)
    assert whole.catalog == Catalog(vendors=catalog.vendors, evals=tuple(catalog.evals))
    assert list(whole.findings) == list(findings)
    assert {"duplicate-name", "unknown-verb"} <= {finding.code.name for finding in findings}


def test_heads_say_of_evals_what_they_say_themselves(tmp_path: Path) -> None:
    """Lists of many evals are made from them."""
    catalog, _ = pack_catalog(make_folder(tmp_path))

    for head, eval_ in zip(catalog.heads, catalog.evals, strict=True):
        assert (head.id, head.title, head.spec) == (eval_.id, eval_.title, eval_.place.path)
        assert head.case_ids == tuple(case.id for case in eval_.cases)
