"""Pages of the library made by hand: the text of a page as a reader would copy it."""

from collections.abc import Mapping
from pathlib import Path

from evalc.base.family import find_member
from evalc.pages.contract import PageType
from tests.pages.example import example_library
from tests.pages.reading import visible_text

MAKES = ("text",)


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The text of the page that the section `page` names by its kind and subject."""
    kind, _, subject = sections["page"].strip().partition(" ")
    found = find_member("evalc.pages", kind, PageType)
    assert found, kind
    page = found().render(example_library(), subject)
    return {"text": visible_text(page.body)}
