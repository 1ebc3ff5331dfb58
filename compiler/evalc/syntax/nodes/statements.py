"""The items of one line, and lets: `use`, `let`, `retired`."""

import re

from evalc.syntax.grammar import LineToken
from evalc.syntax.nodes.texts import Cutter
from evalc.syntax.slips.headers import explain_statement
from evalc.syntax.slips.names import slips_in_line, slips_in_name
from evalc.syntax.slips.slip import Part, Slip, part_of
from evalc.syntax.slips.values import slips_in_let
from evalc.syntax.tree import LetDecl, ProseDecl, RetiredDecl, UseDecl

_USE = re.compile(r'use[ \t]+"([^"\n]+)"[ \t]*\n')
_LET = re.compile(r'let[ \t]+([^\s:="]+)[ \t]*[=:][ \t]*')
_TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(r'\\(["\\])')
_RETIRED = re.compile(r"retired[ \t]+([^\s:]+)[ \t]*:[ \t]*(?=[^ \t\n])")


def read_use(cut: Cutter, row: LineToken) -> tuple[UseDecl | None, tuple[Slip, ...]]:
    """What a line that begins with `use` says, and its slips."""
    found = _USE.fullmatch(cut.text, row.start_pos, row.end_pos)
    if found is None:
        return None, (explain_statement(Part(cut.text, row.start_pos, row.end_pos - 1)),)
    slips = tuple(slips_in_line(part_of(found, 1)))
    return UseDecl(cut.name(*found.span(1)), cut.span(found.start(), found.end(1) + 1)), slips


def read_let(cut: Cutter, row: LineToken) -> tuple[LetDecl | None, tuple[Slip, ...]]:
    """What a line that begins with `let` says, with the text below it, and its slips."""
    head = _LET.match(cut.text, row.start_pos)
    end = row.end_pos - 1
    if head is None or (row.type == "LET" and not cut.text[head.end() : end].strip(" \t")):
        return None, (explain_statement(Part(cut.text, row.start_pos, end)),)
    name = cut.name(*head.span(1))
    slips = tuple(slips_in_name(part_of(head, 1)))
    if row.type == "LET_TEXT":
        value, end = cut.prose(head.end() + 1, row.end_pos, indent=2)
        return LetDecl(name, value, None, cut.span(row.start_pos, max(end, head.end()))), slips
    value = cut.line(head.end(), end)
    end = head.end() + len(value.text)
    slips += tuple(slips_in_let(Part(cut.text, head.end(), end)))
    quoted = _TEXT.fullmatch(value.text)
    if quoted:
        value = ProseDecl(_ESCAPE.sub(r"\1", quoted[1]), value.span, offsets=(value.span.start + 1,))
    file = None if quoted else cut.file(head.end(), value)
    return LetDecl(name, value, file, cut.span(row.start_pos, end)), slips


def read_retired(cut: Cutter, row: LineToken) -> tuple[RetiredDecl | None, tuple[Slip, ...]]:
    """What a line that begins with `retired` says, and its slips."""
    head = _RETIRED.match(cut.text, row.start_pos)
    if head is None:
        return None, (explain_statement(Part(cut.text, row.start_pos, row.end_pos - 1)),)
    reason = cut.line(head.end(), row.end_pos - 1)
    span = cut.span(row.start_pos, head.end() + len(reason.text))
    slips = (*slips_in_name(part_of(head, 1)), *slips_in_line(Part(cut.text, head.end(), row.end_pos - 1)))
    return RetiredDecl(cut.name(*head.span(1)), reason, span), slips
