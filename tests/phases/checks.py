"""Clauses against answers: what each says of each, or what is wrong with its words."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalc.checks._evaluation import evaluate_plain
from evalc.checks._reading import CheckReading, Mistake
from evalc.model.exchange import Response
from tests.checks.clauses import answered_by, check_of, column_of, reading_of

MAKES = ("reading", "says")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """How each line of `clauses` is read; with answers, what each that can be read says of each of them.

    An answer is a section `answer` (its text), or `answer NAME.json` (a whole response). A file that a clause names is
    a section of its name.
    """
    lines = sections["clauses"].splitlines()
    answers = {name: _response(name, body) for name, body in sections.items() if name.startswith("answer")}
    made = {"reading": "".join(part for line in lines for part in _reading(line))}
    if answers:
        made["says"] = "".join(part for line in lines for part in _sayings(line, answers, sections))
    return made


def _reading(line: str) -> Iterator[str]:
    reading = reading_of(line)
    yield f"{line}\n"
    for mistake in reading.mistakes:
        yield from _complaint(mistake)
    if reading.verb:
        yield f"  {_arguments(reading)}\n"


def _complaint(mistake: Mistake) -> Iterator[str]:
    start, end = column_of(mistake.span.start), column_of(mistake.span.end)
    yield f"{' ' * start}{'^' * max(1, end - start)} {mistake.label}".rstrip() + "\n"
    yield f"  {mistake.code.name}: {mistake.code.message.format(**mistake.values)}\n"
    if mistake.help:
        yield f"  = {mistake.help}\n"


def _arguments(reading: CheckReading) -> str:
    arguments = json.dumps(reading.arguments, ensure_ascii=False)
    return f"{reading.verb} {arguments} as {reading.default_name}" + (" (judged)" if reading.is_judged else "")


def _sayings(line: str, answers: Mapping[str, Response], sections: Mapping[str, str]) -> Iterator[str]:
    if not reading_of(line).verb:
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
