"""Reviews in their formats, with texts that somebody chose to make trouble."""

import json
import re
from collections.abc import Iterator
from typing import get_args
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from evalc.diff.kinds.all import KINDS
from evalc.diff.kinds.kind import Kind
from evalc.diff.render.annotations import render_annotations
from evalc.diff.render.markdown import MARKER, render_markdown
from evalc.diff.render.sarif import render_sarif
from evalc.diff.render.terminal import render_terminal
from evalc.model.catalog import SEVERITIES
from evalc.model.change import Acceptance, Change, Piece, ReachedCase, Review, Subject, SubjectKind
from evalc.model.stored import Place

# Each begins with letters that nothing of ours has, so that whatever leaves its code can be found.
_TRICKS = (
    "zqx @maintainer",
    "zqx #1 owner/name#2",
    "zqx ![x](https://evil.example/x.png)",
    "zqx [x](javascript:alert(1))",
    "zqx https://evil.example",
    "zqx <img src=x onerror=alert(1)>",
    "zqx <!-- evalc diff -->",
    "zqx -->",
    "zqx </details></summary>",
    "zqx `code` ``more`` ````",
    "`",
    "```\nzqx",
    "\nzqx ::error file=a::owned",
    "::set-output name=a::zqx",
    "%0A::error::zqx",
    "zqx \x1b[31mred\x1b[0m \x07",
    "zqx \u202egnp.exe \u200b",
    "zqx | table | `|",
    "zqx *bold* _it_ ~~no~~ $x^2$",
    "\\",
    "\\` zqx",
    "~~~\nzqx",
    "    zqx indented",
    "# zqx",
    "- zqx",
    "\tzqx",
    "zqx\r\nzqx",
    "&lt;zqx&gt; &#64;name",
    "\ud800",
    "",
)
_TEXT = st.lists(st.sampled_from(_TRICKS) | st.text(max_size=5), max_size=3).map("".join)
_PLACE = st.none() | st.builds(Place, path=_TEXT.map("specs/{}.evalc".format), line=st.integers(1, 9))
_CHANGE = st.builds(
    Change,
    kind=st.sampled_from(sorted(KINDS)),
    direction=st.sampled_from(["weakened", "behaviour", "strengthened", "neutral", "cosmetic"]),
    subject=st.builds(Subject, kind=st.sampled_from(get_args(SubjectKind)), id=_TEXT),
    sentence=_TEXT,
    before=_TEXT,
    after=_TEXT,
    pieces=st.lists(st.builds(Piece, kind=st.sampled_from(["same", "removed", "added"]), text=_TEXT), max_size=3).map(
        tuple
    ),
    place_before=_PLACE,
    place_after=_PLACE,
    reaches=st.lists(st.builds(ReachedCase, case_id=_TEXT, severity=st.sampled_from(SEVERITIES)), max_size=3).map(
        tuple
    ),
    acceptance=st.none() | st.builds(Acceptance, by=_TEXT, reason=_TEXT),
)
_REVIEW = st.builds(
    Review,
    base=_TEXT,
    head=_TEXT,
    base_commit=st.just("b" * 40),
    head_commit=st.just("a" * 40),
    changes=st.lists(_CHANGE, max_size=4).map(tuple),
    pages=st.lists(_TEXT, max_size=2).map(tuple),
    unread=st.lists(_TEXT, max_size=2).map(tuple),
)
_URL = "https://code.example/shop/blob"

_TAGS = {"html", "head", "body", "h3", "p", "strong", "code", "pre", "ul", "li", "details", "summary", "a"}


def make_change(number: int, *, severity: str = "low", text: str = "word") -> Change:
    """A weakening with a text of some length."""
    return Change.model_validate(
        {
            "kind": "check-loosened",
            "direction": "weakened",
            "subject": {"kind": "check", "id": f"shop/desk/case-{number}#short"},
            "sentence": text,
            "before": text,
            "after": f"{text} more",
            "place_after": {"path": "specs/desk.evalc", "line": number + 1},
            "reaches": ({"case_id": f"shop/desk/case-{number}", "severity": severity},),
        }
    )


@given(_REVIEW)
@example(Review(base="`", head="``", changes=()))
def test_nothing_of_a_spec_leaves_its_code_in_a_comment(review: Review) -> None:
    """A pull request from a stranger must not ping people, load images, hide the comment or show what is not so."""
    comment = render_markdown(review, review.changes[:1], url=_URL)
    page = html5lib.parse(MarkdownIt("commonmark", {"html": True}).render(comment), namespaceHTMLElements=False)

    assert comment.startswith(f"{MARKER}\n")
    # The marker stands above the page; no other comment may be in it.
    assert _TAGS >= {element.tag for element in page.iter()}
    assert "zqx" not in " ".join(_text_outside_of_code(page))
    for element in page.iter("a"):
        assert element.get("href", "").startswith(f"{_URL}/")
    for element in page.iter():
        assert {"href", "class", "open"} >= set(element.attrib)


@given(_REVIEW)
def test_a_comment_is_one_that_github_takes_and_shows_as_written(review: Review) -> None:
    """Controls and directions are shown as signs, so that what is read is what is there."""
    comment = render_markdown(review, (), url=_URL)

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202e\ud800]", comment)
    assert len(comment) < 65_536


def test_a_comment_stays_below_the_limit_and_keeps_the_worst() -> None:
    """A thousand changes of little weight must not push the one that matters out of sight."""
    changes = (make_change(0, severity="critical"), *(make_change(n, text="x " * 400) for n in range(1, 1000)))
    comment = render_markdown(Review(base="a", head="b", changes=changes), changes)

    assert len(comment) < 65_536
    assert "shop/desk/case-0#short" in comment
    assert "**1000 weakened** (1 critical, 999 low)" in comment
    assert re.search(r"- and 9\d\d more changes; `evalc diff` lists all\n", comment)


def test_links_lead_to_the_lines_of_the_commits() -> None:
    """A reviewer reads the change where it is; one that is gone stands in the base."""
    gone = make_change(1).model_copy(
        update={"place_after": None, "place_before": Place(path="specs/a b.evalc", line=7)}
    )
    review = Review(base="a", head="b", base_commit="b" * 40, head_commit="a" * 40, changes=(make_change(2), gone))
    comment = render_markdown(review, (), url=_URL)

    assert f"[`specs/desk.evalc:3`]({_URL}/{'a' * 40}/specs/desk.evalc#L3)" in comment
    assert f"was at [`specs/a b.evalc:7`]({_URL}/{'b' * 40}/specs/a%20b.evalc#L7)" in comment
    assert _URL not in render_markdown(review, ())


@given(_REVIEW)
def test_annotations_are_one_command_a_line(review: Review) -> None:
    """A text with a line end in it would be a command of its own to the runner."""
    lines = render_annotations(review, review.changes[:1]).splitlines()
    shown = [change for change in review.changes if change.direction in ("weakened", "behaviour")]

    assert len(shown) == len(lines)
    assert all(re.match(r"::(error|warning|notice) (file=[^:,]*,line=\d+,)?title=[a-z-]+::", line) for line in lines)


@given(_REVIEW)
def test_a_terminal_gets_no_controls_of_others(review: Review) -> None:
    """An escape sequence in a spec could recolour, erase or rewrite what a reviewer reads."""
    shown = render_terminal(review, colour=False, whole=True)

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202e\ud800]", shown)


def test_colours_are_only_added() -> None:
    """Without its colours the coloured text has the words of the plain one, where marks stand for them."""
    pieces = (Piece(kind="same", text="in "), Piece(kind="removed", text="30 "), Piece(kind="added", text="45 "))
    review = Review(base="a", head="b", changes=(make_change(1).model_copy(update={"pieces": pieces}),))
    bare = re.sub(r"\x1b\[[\d;]*m", "", render_terminal(review, colour=True))

    assert re.sub(r"\[-|-\]|\{\+|\+\}", "", render_terminal(review, colour=False)) == bare


@given(_REVIEW)
def test_sarif_names_a_rule_and_a_place_for_each_change(review: Review) -> None:
    """Code scanning drops a result whose rule is not listed or whose file is no URI."""
    (run,) = json.loads(render_sarif(review))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}

    assert [change.kind for change in review.changes] == [result["ruleId"] for result in run["results"]]
    assert rules == {result["ruleId"] for result in run["results"]}
    for result in run["results"]:
        for location in result.get("locations", ()):
            assert re.fullmatch(r"[\w./%~-]+", location["physicalLocation"]["artifactLocation"]["uri"], re.ASCII)


@given(_REVIEW.filter(lambda review: "\\ud800" not in repr(review)))
def test_json_reads_back_as_the_review(review: Review) -> None:
    """What other programs read is all that is known."""
    assert review == Review.model_validate_json(review.model_dump_json())


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_kind_has_a_word_and_a_meaning(kind: Kind) -> None:
    """The word is what policies and `accept` lines name, the meaning what a reviewer looks up."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.name)
    assert kind.meaning.endswith(".")
    assert not kind.sentence.endswith(".")


def _text_outside_of_code(page: Element) -> Iterator[str]:
    """Every text of a page but those in code."""
    stack = [page]
    while stack:
        element = stack.pop()
        if element.tag != "code":
            yield element.text or ""
            stack += list(element)
        yield element.tail or ""
