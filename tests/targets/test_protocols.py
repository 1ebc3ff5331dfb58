"""Answers of any shape, in each protocol: read as an answer, or refused with a reason."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import JsonValue

from evalc.model.exchange import Response
from evalc.targets._answers import Misread, members_of, parse_object
from evalc.targets._chat_completions import ChatCompletions
from evalc.targets._generate_content import GenerateContent
from evalc.targets._messages import Messages
from evalc.targets._protocol import Protocol
from evalc.targets._refusals import read_complaint
from evalc.targets._responses import Responses

CHAT = ChatCompletions({}, structured=False)
RESPONSES = Responses({}, structured=False)
MESSAGES = Messages({}, structured=False)
GENERATE_CONTENT = GenerateContent("m-1", {}, structured=False)

_TEXT = st.text(st.characters())
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_FUNCTION = st.fixed_dictionaries({}, optional={"name": _ANY, "arguments": _ANY | _ANY.map(json.dumps)}) | _ANY
_CALL = st.fixed_dictionaries({}, optional={"id": _ANY, "function": _FUNCTION}) | _ANY
_MESSAGE = (
    st.fixed_dictionaries({}, optional={"content": _ANY, "refusal": _ANY, "tool_calls": st.lists(_CALL) | _ANY}) | _ANY
)
_CHOICE = st.fixed_dictionaries({}, optional={"message": _MESSAGE, "finish_reason": _ANY}) | _ANY
_USAGE = st.fixed_dictionaries({}, optional={"prompt_tokens": _ANY, "completion_tokens": _ANY}) | _ANY
_COMPLETION = (
    st.fixed_dictionaries({}, optional={"choices": st.lists(_CHOICE) | _ANY, "usage": _USAGE, "model": _ANY}) | _ANY
)


_PART = st.fixed_dictionaries({}, optional={"text": _ANY, "refusal": _ANY}) | _ANY
_ITEM = st.fixed_dictionaries(
    {"type": st.sampled_from(["message", "function_call", "reasoning"])},
    optional={"content": st.lists(_PART) | _ANY, "call_id": _ANY, "name": _ANY, "arguments": _ANY},
)
_RESPONSE = (
    st.fixed_dictionaries(
        {}, optional={"output": st.lists(_ITEM) | _ANY, "status": _ANY, "incomplete_details": _ANY, "usage": _ANY}
    )
    | _ANY
)


def read(protocol: Protocol, said: JsonValue) -> Response:
    """The answer that a body is."""
    return protocol.read(parse_object(json.dumps(said).encode()))


def check_that_it_can_be_kept(protocol: Protocol, said: JsonValue) -> None:
    """The answer is the same after it was written and read, or what was said is refused."""
    try:
        response = read(protocol, said)
    except Misread as problem:
        problem.args[0].encode()
    else:
        written = Response.model_validate_json(response.model_dump_json())
        assert written == response.model_copy(update={"kept": ""})


@given(_COMPLETION)
def test_whatever_chat_completions_say_can_be_kept_or_is_refused(said: JsonValue) -> None:
    """An answer that no log can hold, or that ends a run, would be a way to escape being judged."""
    check_that_it_can_be_kept(CHAT, said)


@given(_RESPONSE)
@example({"output": [{"type": "function_call", "arguments": {"\ud800": None}}]})
def test_whatever_responses_say_can_be_kept_or_is_refused(said: JsonValue) -> None:
    """The same in the newer protocol."""
    check_that_it_can_be_kept(RESPONSES, said)


_BLOCK = (
    st.fixed_dictionaries(
        {"type": st.sampled_from(["text", "tool_use", "thinking"])},
        optional={"text": _ANY, "id": _ANY, "name": _ANY, "input": _ANY},
    )
    | _ANY
)
_GEMINI_PART = (
    st.fixed_dictionaries(
        {}, optional={"text": _ANY, "functionCall": st.fixed_dictionaries({"name": _ANY, "args": _ANY}) | _ANY}
    )
    | _ANY
)
_CANDIDATE = st.fixed_dictionaries(
    {},
    optional={"content": st.fixed_dictionaries({"parts": st.lists(_GEMINI_PART) | _ANY}) | _ANY, "finishReason": _ANY},
)


@given(st.fixed_dictionaries({"content": st.lists(_BLOCK) | _ANY}, optional={"stop_reason": _ANY, "usage": _ANY}))
def test_whatever_messages_say_can_be_kept_or_is_refused(said: JsonValue) -> None:
    """And in Anthropic's."""
    check_that_it_can_be_kept(MESSAGES, said)


@given(st.fixed_dictionaries({"candidates": st.lists(_CANDIDATE) | _ANY}, optional={"promptFeedback": _ANY}))
def test_whatever_gemini_says_can_be_kept_or_is_refused(said: JsonValue) -> None:
    """And in Google's."""
    check_that_it_can_be_kept(GENERATE_CONTENT, said)


_EVENT = st.fixed_dictionaries(
    {"type": st.sampled_from(["message_start", "content_block_start", "content_block_delta", "message_delta"])},
    optional={
        "index": _ANY,
        "message": _ANY,
        "content_block": _BLOCK,
        "delta": st.fixed_dictionaries(
            {"type": st.sampled_from(["text_delta", "input_json_delta"])}, optional={"text": _ANY, "partial_json": _ANY}
        )
        | _ANY,
        "usage": _ANY,
    },
) | st.fixed_dictionaries({"candidates": st.lists(_CANDIDATE) | _ANY})


@given(st.lists(_EVENT), st.sampled_from([MESSAGES, GENERATE_CONTENT, RESPONSES]))
def test_whatever_events_come_are_put_together_or_refused(events: list[JsonValue], protocol: Protocol) -> None:
    """A stream is written by strangers, and may hold events of another protocol."""
    gathering = protocol.gather()
    for event in events:
        gathering.add(members_of(json.loads(json.dumps(event))))

    check_that_it_can_be_kept(protocol, gathering.content())


@given(st.lists(st.fixed_dictionaries({"choices": st.lists(st.fixed_dictionaries({"delta": _MESSAGE}) | _ANY)}) | _ANY))
def test_whatever_chunks_come_are_put_together_or_refused(chunks: list[JsonValue]) -> None:
    """A stream is written by strangers too."""
    gathering = CHAT.gather()
    for chunk in chunks:
        if isinstance(chunk, dict):
            gathering.add(json.loads(json.dumps(chunk)))

    check_that_it_can_be_kept(CHAT, gathering.content())


@given(_ANY | st.fixed_dictionaries({"error": _ANY}))
def test_whatever_an_endpoint_complains_of_can_be_shown(said: JsonValue) -> None:
    """What goes wrong is told in the server's words, on one line."""
    words = read_complaint(json.dumps(said).encode()).said

    assert words.isprintable()
    assert len(words) <= 201


@given(st.binary())
def test_any_bytes_are_refused_with_a_reason(content: bytes) -> None:
    """Behind an address there may be anything."""
    assert read_complaint(content).said.isprintable()
    with pytest.raises(Misread):
        CHAT.read(parse_object(content))


@pytest.mark.parametrize("levels", [10, 100, 250, 5000])
def test_arguments_of_any_depth_can_be_kept(levels: int) -> None:
    """Deep ones are kept as the text that came, for no reader of the log could follow them down."""
    arguments = '{"a":' * levels + "1" + "}" * levels
    call: JsonValue = {"id": "1", "function": {"name": "f", "arguments": arguments}}
    response = read(CHAT, {"choices": [{"message": {"content": None, "tool_calls": [call]}}]})

    assert response.tool_calls == Response.model_validate_json(response.model_dump_json()).tool_calls
    assert (arguments if levels > 64 else "") == response.tool_calls[0].raw
