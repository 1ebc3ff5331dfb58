"""Requests and answers of endpoints that have a form of their own, as the policy describes it."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, JsonValue

from evalc.base.suggest import closest
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.syntax.paths import parse_path, values_at
from evalc.targets._answers import Json, Misread, count_of, objects_of, parse_json, price_of, text_of
from evalc.targets._faults import Unreadable
from evalc.targets._hearing import Hearing
from evalc.targets._opening import Opened
from evalc.targets._plain import calls_of, question_of
from evalc.targets._protocol import Gathering
from evalc.targets.contract import Target, TargetType

if TYPE_CHECKING:
    from evalc.targets._http import Answer

_GAP = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_NAMES = ("input", "system", "messages", "tools", "case", "key", "reply_schema")


def _known_gaps(template: JsonValue) -> JsonValue:
    for name in _gaps(template):
        if name not in _NAMES:
            near = closest(name, _NAMES)
            meant = f"did you mean `{{{{{near}}}}}`?" if near else f"what fits: {', '.join(_NAMES)}"
            raise ValueError(f"holds `{{{{{name}}}}}`; {meant}")
    return template


def _sound_path(path: str) -> str:
    if not path.startswith("$"):
        raise ValueError("is no path such as $.reply.text")
    try:
        parse_path(path)
    except ValueError as problem:
        raise ValueError(f"is no path such as $.reply.text: {problem}") from None
    return path


Template = Annotated[JsonValue, AfterValidator(_known_gaps)]
"""JSON with gaps such as `{{input}}` in its texts."""

Path = Annotated[str, AfterValidator(_sound_path)]
"""A path into JSON, such as `$.reply.text`."""


class FormType(TargetType):
    """What is set for every endpoint with a form of its own: what it is sent, and where its answer has what."""

    quiet_options: ClassVar[frozenset[str]] = frozenset({"stream"})

    request: Template
    answer: Path
    stream: Literal["text", "events"] | None = None
    tool_calls: Path | None = None
    finish_reason: Path | None = None
    input_tokens: Path | None = None
    output_tokens: Path | None = None
    cost_usd: Path | None = None

    def fill(self, prompt: Prompt) -> JsonValue:
        """What the endpoint is sent. Gaps are filled in one pass: what a case says is never a template."""
        question = question_of(prompt)
        users = [message.text for message in prompt.messages if message.role == "user"]
        systems = [message.text for message in prompt.messages if message.role == "system"]
        values: Json = {
            "input": users[-1] if users else "",
            "system": "\n\n".join(systems),
            "reply_schema": None,
            **question,
        }
        return _filled(self.request, values)

    def read(self, *contents: JsonValue) -> Response:
        """The answer in what the endpoint gave, in one piece or in several, of which texts and calls are added up.

        Raises:
            Misread: There is nothing where the answer should be.
        """
        calls = [call for content in contents for call in calls_of(self._at(content, self.tool_calls))]
        texts = [_as_text(found) for content in contents if (found := self._at(content, self.answer)) is not None]
        if not texts and not calls:
            raise Misread(f"it has nothing at {self.answer}")

        def last(path: str | None) -> JsonValue:
            return next((found for content in contents[::-1] if (found := self._at(content, path)) is not None), None)

        return Response(
            text=text_of("".join(texts)),
            tool_calls=tuple(calls),
            finish_reason=text_of(last(self.finish_reason)).replace("_", "-"),
            input_tokens=count_of(last(self.input_tokens)),
            output_tokens=count_of(last(self.output_tokens)),
            cost_usd=price_of(last(self.cost_usd)),
        )

    def begins_with(self, content: Json) -> bool:
        """Whether there is a letter of the answer in a piece of it."""
        return bool(self._at(content, self.answer))

    def _at(self, content: JsonValue, path: str | None) -> JsonValue:
        found = values_at(content, path) if path else []
        # What stands at several places of a list belongs together, such as the parts of a text.
        if len(found) > 1 and all(isinstance(part, str) for part in found):
            return "".join(map(str, found))
        return found[0] if found else None


class FormTarget(Target):
    """An endpoint with a form of its own, which answers at once."""

    def __init__(self, card: TargetCard, options: FormType, opened: Opened) -> None:
        self.card = card
        self._options = options
        self._opened = opened

    async def ask(self, prompt: Prompt) -> Response:
        content = json.dumps(self._options.fill(prompt)).encode()
        hearing = Hearing(_Pieces(self._options.begins_with), self._opened.refusals)
        hear = hearing.hear if self._options.stream == "events" else None
        started = time.monotonic()
        answer = self._opened.checked(await self._opened.post(content, prompt=prompt, hear=hear))
        latency_s = round(time.monotonic() - started, 6)
        began_at = hearing.began_at if hear else answer.began_at
        first_s = round(began_at - started, 6) if self._options.stream and began_at else None
        try:
            response = self._options.read(*self._contents(answer, hearing))
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None
        return response.model_copy(update={"latency_s": latency_s, "first_token_s": first_s})

    async def aclose(self) -> None:
        await self._opened.endpoint.aclose()

    def _contents(self, answer: "Answer", hearing: Hearing) -> list[JsonValue]:
        is_text = self._options.stream == "text"
        if (is_text or answer.is_stream) and not hearing.is_over and not answer.has_mark_of_end:
            raise Misread("it is a stream without any mark of its end, which looks whole wherever it breaks off")
        if answer.is_stream:
            return [*objects_of(hearing.content()["pieces"])]
        return [_decoded(answer.body) if is_text else parse_json(answer.body)]


class _Pieces(Gathering):
    """The events of a stream, each of which has a piece of the answer or a figure. Their end is the stream's."""

    is_complete = True

    def __init__(self, begins: Callable[[Json], bool]) -> None:
        self._begins = begins
        self._pieces: list[JsonValue] = []

    def add(self, event: Json) -> None:
        self._pieces.append(event)
        self.has_begun = self.has_begun or self._begins(event)

    def content(self) -> Json:
        return {"pieces": self._pieces}


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Misread("it is no UTF-8") from None


def _filled(template: JsonValue, values: Json) -> JsonValue:
    match template:
        case str():
            whole = _GAP.fullmatch(template)
            if whole:
                return values[whole[1]]
            return _GAP.sub(lambda gap: _as_text(values[gap[1]]), template)
        case list():
            return [_filled(item, values) for item in template]
        case dict():
            return {name: _filled(item, values) for name, item in template.items()}
        case _:
            return template


def _as_text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _gaps(template: JsonValue) -> Iterator[str]:
    match template:
        case str():
            yield from _GAP.findall(template)
        case list():
            for item in template:
                yield from _gaps(item)
        case dict():
            for item in template.values():
                yield from _gaps(item)
