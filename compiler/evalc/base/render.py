"""Findings as text for people, and in the formats of other programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from evalc.base.diagnostic import Diagnostic, Level
from evalc.base.visible import visible, width

_COLOURS: dict[Level, str] = {"error": "31", "warning": "33", "advice": "36"}
_SARIF_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "note"}
_GITHUB_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_COLUMNS = 160


def render_text(findings: Iterable[Diagnostic], *, colour: bool) -> str:
    """Each finding with its line, a caret and its cure, and a closing line that counts them; empty for none."""
    found = list(findings)
    if not found:
        return ""
    blocks = ["\n".join(_block(item, colour=colour)) for item in found]
    return "\n\n".join([*blocks, _summary(found)]) + "\n"


def render_json(findings: Iterable[Diagnostic]) -> str:
    """`{"diagnostics": [...]}`; lines and columns count from 1, columns in code points, the end is exclusive."""
    return json.dumps({"diagnostics": [_as_json(item) for item in findings]}, indent=2, ensure_ascii=False) + "\n"


def render_github(findings: Iterable[Diagnostic]) -> str:
    """Workflow commands that annotate the lines of a pull request on GitHub.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", whose escapes keep a text from forging a command.
    """
    return "".join(f"{_github_command(item)}\n" for item in findings)


def render_sarif(findings: Iterable[Diagnostic]) -> str:
    """A log in SARIF 2.1.0 with one run, columns in code points."""
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
    driver = {"name": "evalc", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_as_sarif(item) for item in found],
    }
    return (
        json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"
    )


def _block(item: Diagnostic, *, colour: bool) -> Iterator[str]:
    line, column = item.source.position(item.span.start)
    gutter = " " * len(str(line))
    yield f"{_paint(f'{item.level}[{item.code.name}]', _COLOURS[item.level], colour)}: {visible(item.message)}"
    yield f"{gutter} --> {visible(item.source.name)}:{line}:{column}"
    text = item.source.line_text(line)
    if text.strip():
        before, marked = _marked(item, text, column)
        carets = _paint("^" * max(1, width(marked)), _COLOURS[item.level], colour)
        label = f" {visible(item.label)}" if item.label else ""
        yield f"{gutter} |"
        yield f"{line} | {_clipped(text)}"
        yield f"{gutter} | {' ' * width(before)}{carets}{label}"
    elif item.label:
        yield f"{gutter} = {visible(item.label)}"
    if item.help:
        yield f"{gutter} = help: {visible(item.help)}"
    if item.fix:
        yield f"{gutter} = fix: {visible(item.fix.title)}"
    yield f"{gutter} = see: evalc explain {item.code.name}"


def _marked(item: Diagnostic, text: str, column: int) -> tuple[str, str]:
    """What stands on the line before the caret, and what the caret marks, both as shown."""
    length = min(item.span.end - item.span.start, len(text) - column + 1)
    before = visible(text[: column - 1])
    if width(before) >= _MOST_COLUMNS:
        return before[:_MOST_COLUMNS], ""
    return before, visible(text[column - 1 : column - 1 + length])[: _MOST_COLUMNS - len(before)]


def _clipped(text: str) -> str:
    shown = visible(text.rstrip())
    return shown if len(shown) <= _MOST_COLUMNS else f"{shown[:_MOST_COLUMNS]} ..."


def _summary(found: list[Diagnostic]) -> str:
    levels = Counter(item.level for item in found)
    order: tuple[Level, ...] = ("error", "warning", "advice")
    counts = [_count(levels[level], level) for level in order if levels[level]]
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
    message = ". ".join(filter(None, [item.message, item.label, item.help]))
    place = f"file={_escape_property(item.source.name)},line={line},endLine={end_line}{columns}"
    return f"::{_GITHUB_LEVELS[item.level]} {place},title={title}::{_escape_message(message)}"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")


def _as_sarif(item: Diagnostic) -> dict[str, object]:
    (line, column), (end_line, end_column) = (item.source.position(at) for at in (item.span.start, item.span.end))
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    place = {"artifactLocation": {"uri": item.source.name}, "region": region}
    return {
        "ruleId": item.code.name,
        "level": _SARIF_LEVELS[item.level],
        "message": {"text": ". ".join(filter(None, [item.message, item.label, item.help]))},
        "locations": [{"physicalLocation": place}],
    }


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m" if colour else text
