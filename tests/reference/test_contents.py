"""Everything that has a name can be looked up, and what its page shows is true."""

import ast
from collections import Counter
from typing import get_args

import pytest

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.family import member_names
from evalc.base.source import Source
from evalc.diff.kinds.all import KINDS as CHANGES
from evalc.model.change import Direction
from evalc.reference.checks import SLOTS, spelled
from evalc.reference.contents import all_entries, find_entries, near_names
from evalc.reference.entry import KINDS, Entry
from evalc.reference.findings import DIRECTIONS, code_groups, shown_message
from evalc.reference.pages import ROOMS
from evalc.reference.statements import STATEMENTS
from evalc.syntax.parser import parse
from evalc.syntax.phrase import parse_form
from evalc.syntax.slots import KINDS as SLOT_KINDS
from evalc.syntax.vocabulary import ANCHOR, BLOCKS
from tests.house.modules import package_modules
from tests.lint.specs import with_surroundings

ENTRIES = all_entries()


def names(kind: str) -> set[str]:
    """The names of all entries of a kind."""
    return {entry.name for entry in ENTRIES if entry.kind == kind}


def test_each_code_that_the_package_makes_can_be_looked_up() -> None:
    """`see: evalc explain NAME` stands below each finding, and must not lead to nothing."""
    made = {
        argument.value
        for module in package_modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Code"
        for argument in [*node.args[:1], *(word.value for word in node.keywords if word.arg == "name")]
        if isinstance(argument, ast.Constant)
    }

    assert made == names("diagnostic")
    assert made == {code.name for group in code_groups() for code in group.codes}


def test_each_room_with_findings_has_a_title() -> None:
    """Readers know commands and not the folders of our code."""
    assert {group.room for group in code_groups()} == set(ROOMS)


def test_each_member_of_the_language_can_be_looked_up() -> None:
    """What completion offers, somebody asks about."""
    fields = {"anchors" if field.name == ANCHOR else field.name for block in BLOCKS.values() for field in block.fields}

    assert fields == names("field")
    assert set(BLOCKS) == names("block")
    assert set(member_names("evalc.checks")) == names("check")
    assert set(member_names("evalc.lint")) == names("rule")
    assert set(member_names("evalc.targets")) == names("target")
    assert set(CHANGES) == names("change")


def test_entries_have_paths_of_their_own() -> None:
    """Two entries with one path would share an anchor."""
    paths = Counter((entry.kind, entry.path) for entry in ENTRIES)

    assert [] == [path for path, count in paths.items() if count > 1]
    assert set(KINDS) == {kind for kind, _ in paths}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind}-{entry.path}")
def test_an_entry_is_found_by_its_names_and_says_something(entry: Entry) -> None:
    """A page of dots, or one that nobody finds, is none."""
    assert all(entry in find_entries(name) for name in (entry.name, entry.path, entry.title, entry.title.upper()))
    assert all(len(text) > 10 and text.count("`") % 2 == 0 for text in entry.paragraphs)
    assert all(sample.text.strip() for sample in entry.samples)
    assert 12 < len(entry.summary) < 260


@pytest.mark.parametrize("asked", ["must be one of", "should not be one of", "BE_ONE_OF", "`be one of`", "be-one-of:"])
def test_a_check_is_found_as_it_is_written(asked: str) -> None:
    """Who reads a spec copies what stands there."""
    assert ["be-one-of"] == [entry.name for entry in find_entries(asked)]


def test_a_word_that_stands_for_several_things_shows_all() -> None:
    """`rubric` is a block, and a field of two others."""
    assert ["rubric", "eval.rubric", "case.rubric"] == [entry.path for entry in find_entries("rubric")]
    assert ["case.rubric"] == [entry.path for entry in find_entries("case.rubric")]


@pytest.mark.parametrize(
    ("asked", "near"),
    [("contains", ["contain"]), ("severty", ["severity"]), ("frobnicate", []), ("label", ["wrong-label"])],
)
def test_an_unknown_word_leads_to_near_ones(asked: str, near: list[str]) -> None:
    """A slip in a question deserves what a slip in a spec gets."""
    assert near == list(near_names(asked))


def test_each_kind_of_slot_and_direction_is_described() -> None:
    """A form with a word that nobody explains is no help."""
    assert set(SLOT_KINDS) == set(SLOTS)
    assert set(get_args(Direction)) == set(DIRECTIONS)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("contain [any of|all of] <texts:texts> [exactly]", "contain [any of | all of] TEXTS [exactly]"),
        ("have <measure:words|lines> <bound:quantity>", "have (words | lines) BOUND"),
        ("call <tool:tool> [at most <most:count> (times|time)]", "call TOOL [at most MOST (times | time)]"),
    ],
)
def test_forms_are_written_for_readers(form: str, written: str) -> None:
    """The forms of members are made for a matcher."""
    assert written == spelled(parse_form(form))


def test_messages_are_shown_without_their_values() -> None:
    """The values come from a spec, and the page has none."""
    assert "`{{…}}` has … of …" == shown_message("`{{{{{slot}}}}}` has {count:,} of {limit}")


@pytest.mark.parametrize(
    "entry", [entry for entry in STATEMENTS if entry.name not in ("use", "file")], ids=lambda x: x.name
)
def test_what_statements_show_can_be_written(entry: Entry) -> None:
    """A reader pastes the example first. Two of them name files."""
    compilation = compile_loaded(MemoryLoader(with_surroundings({"part.evalc": entry.samples[0].text})))
    tolerated = {"unused-let", "unused-rubric"}

    assert set() == {finding.code.name for finding in compilation.findings} - tolerated


@pytest.mark.parametrize(
    "entry", [entry for entry in ENTRIES if entry.kind in ("block", "field")], ids=lambda x: x.path
)
def test_examples_of_blocks_and_fields_can_be_read(entry: Entry) -> None:
    """An example that the parser refuses teaches the wrong thing."""
    block = BLOCKS[entry.owner or entry.name]
    text = entry.samples[0].text
    if entry.kind == "field":
        text = f"{block.keyword} part: Part\n" + "".join(f"  {line}\n" for line in text.splitlines())
    if block.parents:
        text = f"{block.parents[0]} whole: Whole\n" + "".join(f"  {line}\n" for line in text.splitlines())
        text = text.replace("  reply part: Part", "  reply part").replace("  row part: Part", "  row part")

    assert [] == [finding.message for finding in parse(Source("part.evalc", text))[1]]
