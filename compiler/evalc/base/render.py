"""Findings as text for people, and in the formats of other programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from evalc.base.diagnostic import Diagnostic, Level
from evalc.base.digest import digest
from evalc.base.source import Source, Span
from evalc.base.visible import visible, visible_json, width

_COLOURS: dict[Level, str] = {"error": "1;31", "warning": "1;33", "advice": "1;36"}
_STRONG, _FRAME = "1", "34"
_SARIF_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "note"}
_GITHUB_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# A longer line is cut around its caret, and a range of more lines shows its ends.
_MOST_COLUMNS = 160
_MOST_LINES = 4
# What is looked at of a line on each side of a caret, and for a fingerprint; a line may be as long as a file.
_MOST_CHARACTERS = 4000


def render_text(findings: Iterable[Diagnostic], *, colour: bool) -> str:
    """Each finding with its lines, carets and its cure, and a closing line that counts them; empty for none."""
    found = list(findings)
    if not found:
        return ""
    blocks = ["\n".join(_block(item, colour=colour)) for item in found]
    return "\n\n".join([*blocks, _summary(found)]) + "\n"


def render_json(findings: Iterable[Diagnostic]) -> str:
    """`{"diagnostics": [...]}`; lines and columns count from 1, columns in code points, ends are exclusive."""
    found = {"diagnostics": [_as_json(item) for item in findings]}
    return visible_json(json.dumps(found, indent=2, ensure_ascii=False)) + "\n"


def render_github(findings: Iterable[Diagnostic]) -> str:
    """Workflow commands that annotate the lines of a pull request on GitHub, errors first, for it shows only ten.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", whose escapes keep a text from forging a command.
    """
    order = list(_GITHUB_LEVELS)
    return "".join(f"{_github_command(item)}\n" for item in sorted(findings, key=lambda item: order.index(item.level)))


def render_sarif(findings: Iterable[Diagnostic]) -> str:
    """A log in SARIF 2.1.0 with one run, columns in code points.

    A result's fingerprint is made of its file, its code and its line's words, so it stays when lines move.
    """
    found = list(findings)
    codes = {item.code.name: item.code for item in found}
    rules = [
        {
            "id": name,
            "shortDescription": {"text": name.replace("-", " ")},
            "fullDescription": {"text": code.meaning},
            "defaultConfiguration": {"level": _SARIF_LEVELS[code.level]},
        }
        for name, code in sorted(codes.items())
    ]
    run = {
        "tool": {"driver": {"name": "evalc", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_as_sarif(item) for item in found],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return visible_json(json.dumps(log, indent=2, ensure_ascii=False)) + "\n"


def _block(item: Diagnostic, *, colour: bool) -> Iterator[str]:
    line, column = item.source.position(item.span.start)
    last = item.source.line_of(max(item.span.start, item.span.end - 1))
    gutter = " " * len(str(last))
    level = _paint(f"{item.level}[{item.code.name}]", _COLOURS[item.level], colour)
    yield f"{level}{_paint(f': {visible(item.message)}', _STRONG, colour)}"
    yield f"{gutter}{_paint('-->', _FRAME, colour)} {visible(item.source.name)}:{line}:{column}"
    if item.source.text:
        bar = _paint("|", _FRAME, colour)
        yield f"{gutter} {bar}"
        yield from (_framed(row, len(gutter), colour) for row in _excerpt(item, line, last, colour=colour))
    elif item.label:
        yield f"{gutter} {_paint('=', _FRAME, colour)} {visible(item.label)}"
    # The label beside the caret says what mends it; where there is none, the fix does.
    fix = item.fix.title if item.fix and not item.label else ""
    notes = {"help": visible(item.help), "fix": visible(fix), "see": f"evalc explain {item.code.name}"}
    yield from (f"{gutter} {_paint('=', _FRAME, colour)} {name}: {note}" for name, note in notes.items() if note)


def _excerpt(item: Diagnostic, first: int, last: int, *, colour: bool) -> Iterator[tuple[str, str]]:
    """What stands beside the bar, with its number: the lines of a range, each with carets below, the label last."""
    lines = list(range(first, last + 1))
    shown = lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], last]
    for line in shown:
        if line == last and len(shown) < len(lines):
            yield "", "..."
        text, before, marked = _marked(item.source, item.span, line)
        yield str(line), text
        if not text and len(lines) > 1:
            continue
        label = f" {visible(item.label)}" if line == last and item.label else ""
        yield "", " " * before + _paint("^" * marked + label, _COLOURS[item.level], colour)


def _framed(row: tuple[str, str], digits: int, colour: bool) -> str:
    number, text = row
    return f"{_paint(f'{number:>{digits}} |', _FRAME, colour)} {text}".rstrip()


def _marked(source: Source, span: Span, line: int) -> tuple[str, int, int]:
    """A line as it is shown, how many columns stand before its carets, and how many carets there are."""
    text = source.line_text(line).rstrip()
    line_start = source.line_start(line)
    start = max(0, span.start - line_start)
    if line > source.line_of(span.start):
        start = len(text) - len(text.lstrip())
    end = max(start, min(span.end - line_start, len(text)))
    first = max(0, start - _MOST_CHARACTERS)
    parts = text[first:start].ljust(start - first), text[start:end][:_MOST_CHARACTERS], text[end:][:_MOST_CHARACTERS]
    before, marked, after = map(visible, parts)
    if first or width(before) + width(marked) + width(after) > _MOST_COLUMNS:
        room = _MOST_COLUMNS // 2
        before = before if len(before) <= room else f"... {before[-room:]}"
        marked = marked[:room]
        after = f"{(marked + after)[len(marked) : room]} ..."
    return before + marked + after, width(before), max(1, width(marked))


def _summary(found: list[Diagnostic]) -> str:
    levels = Counter(item.level for item in found)
    counts = [_count(levels[level], level) for level in _COLOURS if levels[level]]
    files = len({item.source.name for item in found})
    words = counts[0] if len(counts) == 1 else f"{', '.join(counts[:-1])} and {counts[-1]}"
    return f"{words} in {_count(files, 'file')}"


def _count(number: int, word: str) -> str:
    plural = "" if number == 1 or word == "advice" else "s"
    return f"{number} {word}{plural}"


def _as_json(item: Diagnostic) -> dict[str, object]:
    start, end = item.source.position(item.span.start), item.source.position(item.span.end)
    return {
        "code": item.code.name,
        "level": item.level,
        "message": item.message,
        "path": item.source.name,
        "start": {"line": start[0], "column": start[1]},
        "end": {"line": end[0], "column": end[1]},
        "label": item.label,
        "help": item.help,
        "fix": _fix_as_json(item),
    }


def _fix_as_json(item: Diagnostic) -> dict[str, object] | None:
    if item.fix is None:
        return None
    edits = [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in item.fix.edits]
    return {"title": item.fix.title, "is_safe": item.fix.is_safe, "edits": edits}


def _github_command(item: Diagnostic) -> str:
    (line, column), (end_line, end_column) = (item.source.position(at) for at in (item.span.start, item.span.end))
    columns = f",col={column},endColumn={end_column}" if line == end_line else ""
    title = _escape_property(f"{item.level}[{item.code.name}]")
    place = f"file={_escape_property(item.source.name)},line={line},endLine={end_line}{columns}"
    return f"::{_GITHUB_LEVELS[item.level]} {place},title={title}::{_escape_message(_sentence(item))}"


def _sentence(item: Diagnostic) -> str:
    return visible(". ".join(filter(None, [item.message, item.label, item.help])))


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")


def _as_sarif(item: Diagnostic) -> dict[str, object]:
    artifact = {"uri": quote(item.source.name, errors="surrogateescape")}
    words = item.source.line_text(item.source.line_of(item.span.start))[:_MOST_CHARACTERS].split()
    result: dict[str, object] = {
        "ruleId": item.code.name,
        "level": _SARIF_LEVELS[item.level],
        "message": {"text": _sentence(item)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(item.source, item.span)}}],
        "partialFingerprints": {"evalc/v1": digest([item.source.name, item.code.name, words])},
    }
    if item.fix:
        replacements = [
            {"deletedRegion": _region(item.source, edit.span), "insertedContent": {"text": edit.text}}
            for edit in item.fix.edits
        ]
        change = {"artifactLocation": artifact, "replacements": replacements}
        result["fixes"] = [{"description": {"text": visible(item.fix.title)}, "artifactChanges": [change]}]
    return result


def _region(source: Source, span: Span) -> dict[str, int]:
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text.strip() else text
