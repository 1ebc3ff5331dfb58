"""What a reader gets from a page: its text as copied, its links and ids."""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt fieldset figure footer form h1 h2 h3 h4 header li "
    "legend main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset({"script", "style", "template", "head", "title"})


def parse(html: str) -> Element:
    """The tree of a page; a page that is no valid HTML fails.

    Raises:
        html5lib.html5parser.ParseError: A browser would have to guess.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parseFragment(html) if "<!doctype" not in html[:20].lower() else parser.parse(html)
    return found


def visible_text(html: str) -> str:
    """The text of a page as it would be copied: a line for each block, cells of a row with a bar between."""
    words = "".join(_words(parse(html)))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line.strip(" |")) + "\n"


def links(html: str) -> list[str]:
    """Where all links, images, styles and scripts of a page lead."""
    return [
        value
        for element in parse(html).iter()
        for name in ("href", "src", "action", "data-ev-library")
        if (value := element.get(name)) is not None and element.tag != "use"
    ]


@lru_cache(maxsize=32)
def ids(html: str) -> list[str]:
    """The ids of all elements of a page, in order."""
    return [found for element in parse(html).iter() if (found := element.get("id")) is not None]


def _words(element: Element) -> Iterator[str]:
    # A comment has a function for a tag.
    if element.tag in _SILENT or not isinstance(element.tag, str):
        yield element.tail or ""
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\n"
    elif element.tag in ("td", "th"):
        yield " | "
    yield element.text or ""
    for child in element:
        yield from _words(child)
    if is_block:
        yield "\n"
    yield element.tail or ""
