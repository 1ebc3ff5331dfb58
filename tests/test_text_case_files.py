"""The format of text cases, which all text cases rest on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text_cases import read_sections, scrub, write_sections

_NAMES = st.from_regex(r"[a-z./-]+( [a-z./-]+)?", fullmatch=True).filter(lambda name: " -- " not in f" {name} ")
_BODIES = st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(
    lambda lines: "".join(f"{x}\n" for x in lines)
)


@given(st.dictionaries(_NAMES, _BODIES, min_size=1))
def test_sections_are_read_as_they_were_written(sections: dict[str, str]) -> None:
    """A case about carriage returns or odd spaces must meet its phase byte for byte."""
    assert sections == read_sections(write_sections(sections))


def test_a_body_that_reads_as_a_header_is_refused() -> None:
    """Written as it is, such a body would fall apart into two sections when the file is read again."""
    with pytest.raises(ValueError, match="reads as a header"):
        write_sections({"output": "one\n-- two --\nthree\n"})


def test_text_before_the_first_header_is_refused() -> None:
    """Such text would be given to no phase, and its author would not know."""
    with pytest.raises(ValueError, match="begins with"):
        read_sections("lost\n-- input --\n")


def test_a_section_that_occurs_twice_is_refused() -> None:
    """Of two sections with one name the first would be lost in silence."""
    with pytest.raises(ValueError, match="occurs twice"):
        read_sections("-- input --\na\n-- input --\nb\n")


def test_scrubbing_leaves_nothing_of_the_day_and_the_machine(tmp_path: Path) -> None:
    """A case that holds a date or a path would be green on one machine only."""
    text = f"{tmp_path}/a.evalc at 2026-03-04T05:06:07.89Z, run-12ab of 0f8fad5b-d9cb-469f-a165-70867728950e"

    assert "<FOLDER>/a.evalc at <MOMENT>, <RUN> of <UUID>" == scrub(text, tmp_path, RUN="run-[0-9a-f]{4}")
