"""Texts of the reference in Markdown stand on the page as they are."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown  # type: ignore[import-untyped]  # It has no types.

from evalc.reference.entry import Entry, Sample
from evalc.reference.markdown import escaped, section, table
from evalc.reference.pages import all_pages, navigation

_EXTENSIONS = ["attr_list", "tables", "pymdownx.highlight", "pymdownx.superfences", "toc"]
_PLAIN = st.text(st.sampled_from("ab1 \\*_{}[]()#+-.!|<>&~=:\"'^"), min_size=1).map(lambda text: " ".join(text.split()))


def visible(source: str) -> str:
    """What a reader sees of some Markdown."""
    return html.unescape(re.sub(r"<[^>]*>", "", markdown(source, extensions=_EXTENSIONS))).strip()


@given(_PLAIN.filter(bool))
def test_signs_stand_for_themselves(text: str) -> None:
    """A message that says `<name>` or `a * b` must not lose a part of it."""
    assert text == visible(f"So: {escaped(text)}").removeprefix("So: ")


@given(_PLAIN.filter(bool))
def test_a_cell_of_a_table_holds_any_text(text: str) -> None:
    """A `|` in a message must not begin another cell."""
    cells = re.findall(r"<td>(.*?)</td>", markdown(table(("A", "B"), [(escaped(text), "end")]), extensions=_EXTENSIONS))

    assert [text, "end"] == [html.unescape(cell).strip() for cell in cells]


def test_code_stays_code_also_with_a_bar_in_a_table() -> None:
    """The forms of checks are full of bars."""
    made = markdown(table(("A", "B"), [("`x`", escaped("`a | b` or `c`"))]), extensions=_EXTENSIONS)

    assert "<td><code>a | b</code> or <code>c</code></td>" in made


def test_a_sample_with_a_fence_in_it_stays_one() -> None:
    """Prompts in specs hold Markdown."""
    entry = Entry("block", "x", "x", ("Some block.",), (), (Sample("", "input:\n  ```\n  code\n  ```\n  # text\n"),))
    made = markdown(section(entry, level=1), extensions=_EXTENSIONS)

    assert 1 == made.count("<pre>")
    assert 1 == made.count("<h1")


def test_the_navigation_holds_each_page_once() -> None:
    """A page in no navigation is found by nobody, and one twice is lost in it."""

    def paths(item: object) -> list[str]:
        if isinstance(item, str):
            return [item]
        inner = item if isinstance(item, list) else list(item.values()) if isinstance(item, dict) else []
        return [path for part in inner for path in paths(part)]

    assert [page.path for page in all_pages()] == paths(navigation())
