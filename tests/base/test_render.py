"""Findings as people and programs see them."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from evalc.base.diagnostic import Code, Diagnostic, Edit, Findings, Fix
from evalc.base.render import render_github, render_json, render_sarif, render_text
from evalc.base.source import Source, Span
from tests.house.modules import ROOT

UNKNOWN = Code("unknown-verb", "error", "there is no check `{verb}`", "Why.", wrong="", right="")
VAGUE = Code("vague-words", "warning", "`{words}` can be read in many ways", "Why.", wrong="", right="")
SPEC = Source("specs/chains.evalc", 'case a: A\n  must contains "usage"\n')


def _found(text: str, start: int, end: int, *, label: str = "", name: str = "a.evalc") -> Diagnostic:
    findings = Findings()
    findings.add(UNKNOWN, Source(name, text), Span(start, end), label=label, verb="x")
    return findings.items[0]


def _lines(item: Diagnostic) -> list[str]:
    """The lines beside the bar."""
    text = render_text([item], colour=False)
    return [line.split("|", 1)[1].removeprefix(" ") for line in text.split("\n") if re.match(r" *\S* \|", line)][1:]


def test_a_finding_reads_as_the_language_guide_shows() -> None:
    """The sample in the guide is what authors learn to read."""
    findings = Findings()
    findings.add(UNKNOWN, SPEC, Span(17, 25), label="did you mean `contain`?", verb="contains")

    assert (
        "error[unknown-verb]: there is no check `contains`\n"
        " --> specs/chains.evalc:2:8\n"
        "  |\n"
        '2 |   must contains "usage"\n'
        "  |        ^^^^^^^^ did you mean `contain`?\n"
        "  = see: evalc explain unknown-verb\n"
        "\n"
        "1 error in 1 file\n"
    ) == render_text(findings, colour=False)


def test_nothing_found_is_nothing_said() -> None:
    """A clean check is silent; the door says what it likes."""
    assert "" == render_text([], colour=False)


def test_the_last_line_counts_by_level_and_file() -> None:
    """After a page of findings a reader wants to know how many there were."""
    findings = Findings()
    findings.add(UNKNOWN, SPEC, Span(0, 1), verb="x")
    findings.add(UNKNOWN, Source("b.evalc", "x"), Span(0, 1), verb="x")
    findings.add(VAGUE, SPEC, Span(0, 1), words="good")

    assert "2 errors and 1 warning in 2 files" == render_text(findings, colour=False).splitlines()[-1]


def test_carets_stand_below_wide_letters() -> None:
    """A Chinese letter takes two columns, a combining accent none."""
    assert ["漢字e\u0301: bad", "       ^^^"] == _lines(_found("漢字e\u0301: bad", 6, 9))


def test_a_caret_stands_where_text_is_missing() -> None:
    """An empty range, as at the end of a line, has a place too."""
    assert ["must", "    ^ what?"] == _lines(_found("must\nx\n", 4, 4, label="what?"))
    assert ["", "^"] == _lines(_found("a\n\nb\n", 2, 2))


def test_a_range_of_lines_is_marked_line_by_line() -> None:
    """Each line is marked from its first letter; the label stands at the end."""
    text = "one\n  two  \nthree\n"

    assert ["one", "^^^", "  two", "  ^^^", "three", "^^^ here"] == _lines(_found(text, 0, 15, label="here"))


def test_a_long_range_shows_its_ends() -> None:
    """A paste of a hundred lines is one mistake and needs no hundred lines."""
    text = "".join(f"line {number}\n" for number in range(100))

    shown = _lines(_found(text, 0, len(text) - 1))
    assert ["line 0", "line 1", "line 2", "...", "line 99"] == [line for line in shown if "^" not in line]


def test_a_long_line_is_cut_around_its_caret() -> None:
    """A line of a megabyte is shown as far as it helps."""
    text = "a" * 100_000 + "HERE" + "b" * 100_000

    shown, carets = _lines(_found(text, 100_000, 100_004))

    assert "HERE" == shown[carets.index("^") : carets.rindex("^") + 1]
    assert len(shown) < 300


def test_what_is_hidden_is_shown() -> None:
    """Neither a direction override nor a terminal's escape of a spec acts on whoever reads the message."""
    text = "case a: \u202eevil\x1b[31m\n"

    assert ["case a: \\u{202e}evil\\u{1b}[31m", "        ^^^^^^^^"] == _lines(_found(text, 8, 9))


def test_a_tab_is_as_wide_as_it_is_shown() -> None:
    """Terminals differ in how wide a tab is, so it is shown as one space and the caret fits."""
    assert [" must x", "      ^"] == _lines(_found("\tmust x", 6, 7))


def test_colours_change_no_word() -> None:
    """Without its colours the text is the plain one."""
    item = _found("a\nb\n", 0, 3, label="here")

    coloured = render_text([item], colour=True)

    assert coloured != render_text([item], colour=False)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render_text([item], colour=False)


def test_a_source_without_text_has_no_excerpt() -> None:
    """Of a file that cannot be read there is nothing to show."""
    assert "|" not in render_text([_found("", 0, 0, label="is it there?")], colour=False)


def test_json_counts_lines_and_columns_from_one() -> None:
    """Editors and scripts read positions as people do."""
    fix = Fix("write `contain`", (Edit(Span(17, 25), "contain"),), is_safe=False)
    item = Diagnostic(UNKNOWN, "error", "there is no check", SPEC, Span(17, 25), "", "", fix)

    (found,) = json.loads(render_json([item]))["diagnostics"]

    assert {"line": 2, "column": 8} == found["start"]
    assert {"line": 2, "column": 16} == found["end"]
    assert [{"start": 17, "end": 25, "text": "contain"}] == found["fix"]["edits"]


def test_the_guide_names_the_members_of_json() -> None:
    """Programs are written after it."""
    fix = Fix("write `contain`", (Edit(Span(17, 25), "contain"),), is_safe=False)
    item = Diagnostic(UNKNOWN, "error", "there is no check", SPEC, Span(17, 25), "", "", fix)
    (found,) = json.loads(render_json([item]))["diagnostics"]
    table = (ROOT / "site" / "docs" / "lint.md").read_text("utf-8").partition("In JSON, ")[2]
    named = set(re.findall(r"`(\w+)`", table))

    assert {*found, *found["start"], *found["fix"], *found["fix"]["edits"][0]} <= named


def test_a_spec_cannot_forge_a_command_of_github() -> None:
    """What stands in a spec or its path never begins a line, and never ends the properties of a command."""
    name = "a,line=9::error::b\n::set-output name=x::y.evalc"
    item = _found("::add-mask::x\n", 0, 5, label="did you mean\r\n::error::owned?", name=name)

    text = render_github([item])

    assert 1 == len(text.splitlines())
    assert ["", "error file=a%2Cline=9%3A%3Aerror%3A%3Ab%0A%3A%3Aset-output name=x%3A%3Ay.evalc"] == text.split(",")[
        0
    ].split("::")
    assert 3 == len(text.split("::", 2))


def test_errors_come_first_on_github() -> None:
    """GitHub shows ten annotations of a step and drops the rest."""
    findings = Findings()
    findings.add(VAGUE, SPEC, Span(0, 1), words="good")
    findings.add(UNKNOWN, SPEC, Span(5, 6), verb="x")

    assert ["::error", "::warning"] == [line.split(" ")[0] for line in render_github(findings).splitlines()]


def test_a_fingerprint_stays_when_lines_move() -> None:
    """Code scanning takes a finding that moved for the same one."""

    def fingerprint(text: str) -> object:
        at = text.index("must")
        run = json.loads(render_sarif([_found(text, at, at + 4)]))["runs"][0]
        return run["results"][0]["partialFingerprints"]

    assert fingerprint("must x\n") == fingerprint("# new\n\n  must x\n")
    assert fingerprint("must x\n") != fingerprint("must y\n")


def test_sarif_names_places_as_addresses() -> None:
    """A path with a space is no URI."""
    run = json.loads(render_sarif([_found("x", 0, 1, name="my specs/ä.evalc")]))["runs"][0]

    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert "my%20specs/%C3%A4.evalc" == place["artifactLocation"]["uri"]
    assert ["unknown-verb"] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_place_in_any_text_can_be_shown(text: str, start: int, length: int) -> None:
    """A message about a broken text must not break on it."""
    start = min(start, len(text))
    item = _found(text, start, min(start + length, len(text)), label="here")

    shown = render_text([item], colour=False)

    assert re.sub("[\n]", "", shown).isprintable() or not text.isprintable()
    json.loads(render_json([item]))
    json.loads(render_sarif([item]))
    assert 1 == render_github([item]).count("\n")
