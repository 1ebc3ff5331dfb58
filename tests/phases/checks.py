"""Clauses against answers: what each says of each, or what is wrong with its words."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalc.base.diagnostic import Diagnostic, Findings
from evalc.base.render import render_text
from evalc.base.source import Source, Span
from evalc.checks._evaluation import evaluate_plain
from evalc.model.exchange import Response
from tests.checks.clauses import answered_by, check_of, column_of, reading_of

MAKES = ("reading", "diagnostics", "says")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """How each line of `clauses` is read, and what is wrong with the others; with answers, what each says of each.

    An answer is a section `answer` (its text), or `answer NAME.json` (a whole response). A file that a clause names is
    a section of its name.
    """
    lines = sections["clauses"].splitlines()
    answers = {name: _response(name, body) for name, body in sections.items() if name.startswith("answer")}
    made = {
        "reading": "".join(part for line in lines for part in _reading(line)),
        "diagnostics": render_text(_findings(sections["clauses"]), colour=False),
        "says": "".join(part for line in lines for part in _sayings(line, answers, sections)),
    }
    return {name: body for name, body in made.items() if body}


def _reading(line: str) -> Iterator[str]:
    reading = reading_of(line)
    if reading.verb:
        arguments = json.dumps(reading.arguments, ensure_ascii=False)
        yield f"{line}\n"
        yield f"  {reading.verb} {arguments} as {reading.default_name}{' (judged)' if reading.is_judged else ''}\n"


def _findings(clauses: str) -> Findings:
    found, source, start = Findings(), Source("clauses", clauses), 0
    for line in clauses.splitlines():
        for mistake in reading_of(line).mistakes:
            places = (start + column_of(place) for place in (mistake.span.start, mistake.span.end))
            found.items.append(
                Diagnostic(
                    code=mistake.code,
                    level=mistake.code.level,
                    message=mistake.message,
                    source=source,
                    span=Span(*places),
                    label=mistake.label,
                    help=mistake.help,
                )
            )
        start += len(line) + 1
    return found


def _sayings(line: str, answers: Mapping[str, Response], sections: Mapping[str, str]) -> Iterator[str]:
    if not answers or not reading_of(line).verb:
        return
    check = check_of(line)
    if (file := str(check.arguments.get("file", ""))) in sections:
        check = check.model_copy(update={"arguments": {**check.arguments, "schema": json.loads(sections[file])}})
    yield f"{line}\n"
    for name, response in answers.items():
        result = evaluate_plain(check, answered_by(response))
        label = name.removeprefix("answer").removesuffix(".json").strip()
        yield f"  {label + ': ' if label else ''}{result.outcome}: it {result.reason}\n"


def _response(name: str, body: str) -> Response:
    if name.endswith(".json"):
        return Response.model_validate_json(body)
    return Response(text=body.removesuffix("\n"))
