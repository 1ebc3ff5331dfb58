"""Addresses are made of checked names and lead nowhere else."""

import pytest

from evalc.model.stored import Place
from evalc.pages._address import case_anchor, eval_path, place_address, root_of, vendor_path, web_address
from tests.pages.example import deployments


def test_an_eval_lies_where_the_public_catalog_has_it() -> None:
    """Readers and links of that catalog find their way."""
    assert "evals/harborline/deployments/" == eval_path("harborline/deployments")
    assert "../../../" == root_of(eval_path("harborline/deployments"))


@pytest.mark.parametrize("name", ["..", "a/../../etc", "", "A", "x y", "a%2fb", "-a", "a--b", "a.b", "ä"])
def test_a_name_that_is_no_plain_word_is_refused(name: str) -> None:
    """A stored catalog may come from anywhere, and a path is a place to write to."""
    with pytest.raises(ValueError, match=r"cannot be part of an address|to unpack"):
        vendor_path(name)
    with pytest.raises(ValueError, match=r"cannot be part of an address|to unpack"):
        eval_path(f"vendor/{name}")


def test_a_row_of_a_table_has_an_anchor_of_its_own() -> None:
    """Every case can be linked to."""
    anchors = [case_anchor(case) for case in deployments().cases]

    assert "case-idle-scaling.small" in anchors
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("harborline.example", "https://harborline.example"),
        ("https://harborline.example/a?b=c", "https://harborline.example/a?b=c"),
        ("http://harborline.example", "http://harborline.example"),
        ("javascript:alert(1)", ""),
        ("javascript://harborline.example/%0aalert(1)", ""),
        ("data:text/html,<script>", ""),
        ("https://user:secret@harborline.example", ""),
        ("https://harborline.example/\"onclick='x'", ""),
        ("https://harbor line.example", ""),
        ("https://[", ""),
        ("nowhere", ""),
        ("", ""),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(written: str, address: str) -> None:
    """An author's text in `href` is the way a page runs somebody's script."""
    assert address == web_address(written)


def test_a_place_leads_to_its_line_in_the_repository() -> None:
    """A reader who finds a mistake is one click from the line that has it."""
    place = Place(path="specs/a b.evalc", line=7)

    assert "https://x.example/blob/main/specs/a%20b.evalc#L7" == place_address("https://x.example/blob/main/", place)
    assert "" == place_address("", place)
