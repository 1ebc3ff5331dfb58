"""Targets asked at a server on loopback, for tests of any of them."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from evalc.model.catalog import Tool
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.targets.contract import TargetContext, TargetError, TargetType
from tests.servers.loopback import Call, Script, serve

KEY = "sk-0123456789abcdef"
MOST_BYTES = 100_000

PROMPT = Prompt(
    key="geo/capitals/france@1/0",
    purpose="answer",
    case_id="geo/capitals/france",
    messages=(
        Message(role="system", text="You are brief."),
        Message(role="user", text="What is the capital of France?"),
    ),
)
TOOL = Tool(name="look", description="Looks it up.", parameters={"type": "object", "properties": {"at": {}}})
WITH_TOOL = PROMPT.model_copy(update={"tools": (TOOL,)})
LOOK = ToolCall(id="c1", name="look", arguments={"at": "map"})
JUDGING = PROMPT.model_copy(update={"purpose": "judgement", "reply_schema": {"type": "object"}})


@dataclass(frozen=True)
class Asked:
    """What came of asking, what the server was sent, and over how many connections."""

    found: list[Response | TargetError]
    calls: list[Call]
    connections: int

    @property
    def response(self) -> Response:
        """The first answer."""
        assert isinstance(self.found[0], Response), self.found[0]
        return self.found[0]

    @property
    def fault(self) -> TargetError:
        """Why the first call failed."""
        assert isinstance(self.found[0], TargetError), self.found[0]
        return self.found[0]


def ask(
    kind: type[TargetType],
    script: Script,
    *,
    options: Mapping[str, JsonValue],
    prompts: tuple[Prompt, ...] = (PROMPT,),
    timeout_s: float = 10.0,
) -> Asked:
    """What came of prompts asked one after the other, at a server whose address fills `{url}` in the options."""
    with serve(script) as server:
        filled = json.dumps(dict(options)).replace("{url}", server.url)
        type_ = kind.model_validate_json(filled)
        context = TargetContext(Path(), (), {"KEY": KEY}.get, timeout_s, max_answer_bytes=MOST_BYTES)
        target = type_.open(type_.card("served", type="it"), context)

        async def run() -> list[Response | TargetError]:
            found: list[Response | TargetError] = []
            for prompt in prompts:
                try:
                    found.append(await target.ask(prompt))
                except TargetError as error:
                    found.append(error)
            await target.aclose()
            return found

        return Asked(asyncio.run(run()), server.calls, server.connections)


def after_a_call(response: Response, result: Message) -> Prompt:
    """The prompt that follows on an answer with calls, with the result of one of them."""
    said = Message(role="assistant", text=response.text, tool_calls=response.tool_calls, kept=response.kept)
    return WITH_TOOL.model_copy(update={"messages": (*PROMPT.messages, said, result)})
