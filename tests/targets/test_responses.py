"""The target `openai` with `api = "responses"`."""

import pytest
from pydantic import JsonValue

from evalc.model.exchange import Message
from evalc.targets.openai import OpenAI
from tests.servers.loopback import Events, Json, Script, in_turn
from tests.targets.asking import JUDGING, LOOK, PROMPT, WITH_TOOL, Asked, after_a_call, ask

OPTIONS: dict[str, JsonValue] = {"base_url": "{url}/v1", "model": "m-1", "api": "responses"}

REASONING: JsonValue = {"type": "reasoning", "id": "r-1", "summary": []}
CALL: JsonValue = {"type": "function_call", "id": "f-1", "call_id": "c1", "name": "look", "arguments": '{"at": "map"}'}


def response(*output: JsonValue, status: str = "completed", **more: JsonValue) -> JsonValue:
    """A response as the endpoint gives it in one piece."""
    usage: JsonValue = {"input_tokens": 7, "output_tokens": 23}
    return {"id": "resp-1", "status": status, "model": "m-1-x", "output": list(output), "usage": usage, **more}


def said(text: str, *, type: str = "output_text") -> JsonValue:
    """An item with a text."""
    member = "refusal" if type == "refusal" else "text"
    return {"type": "message", "role": "assistant", "content": [{"type": type, member: text}]}


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(OpenAI, script, options=OPTIONS | options)


def test_the_question_arrives_as_the_protocol_wants_it() -> None:
    """Items go in, and the limit of tokens has another name here."""
    call = served(in_turn(Json(response(said("Paris")))), max_tokens=64, body={"reasoning": {"effort": "low"}}).calls[0]

    assert "/v1/responses" == call.path
    assert {
        "model": "m-1",
        "max_output_tokens": 64,
        "reasoning": {"effort": "low"},
        "input": [
            {"role": "system", "content": "You are brief."},
            {"role": "user", "content": "What is the capital of France?"},
        ],
    } == call.body


def test_the_answer_is_read_with_its_numbers() -> None:
    """An error that is null is none."""
    answer = served(in_turn(Json(response(REASONING, said("Paris."), error=None)))).response

    assert ("Paris.", "stop", "m-1-x", 7, 23) == (
        answer.text,
        answer.finish_reason,
        answer.model,
        answer.input_tokens,
        answer.output_tokens,
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (response(said("Par"), status="incomplete", incomplete_details={"reason": "max_output_tokens"}), "length"),
        (response(status="incomplete", incomplete_details={"reason": "content_filter"}), "content-filter"),
        (response(CALL), "tool-calls"),
        (response(said("I would rather not.", type="refusal")), "stop"),
    ],
)
def test_reasons_of_an_end_have_the_names_that_specs_use(content: JsonValue, expected: str) -> None:
    """A spec says `stop with length` whoever is asked."""
    assert expected == served(in_turn(Json(content))).response.finish_reason


def test_a_refusal_is_what_was_said() -> None:
    """It stands where the text would stand."""
    answer = response(said("I would rather not.", type="refusal"))

    assert "I would rather not." == served(in_turn(Json(answer))).response.text


def test_tools_are_offered_and_results_given_back() -> None:
    """The items of an answer come back as they were, reasoning among them, and then the result."""
    steps = in_turn(Json(response(REASONING, CALL)), Json(response(said("Paris"))))
    first = ask(OpenAI, steps, options=OPTIONS, prompts=(WITH_TOOL,))

    assert (LOOK,) == first.response.tool_calls
    schema: JsonValue = {"type": "object", "properties": {"at": {}}}
    tool = {"type": "function", "name": "look", "description": "Looks it up.", "parameters": schema, "strict": False}
    assert [tool] == first.calls[0].body["tools"]

    result = Message(role="tool", text="Paris", tool_call_id="c1")
    second = ask(OpenAI, steps, options=OPTIONS, prompts=(after_a_call(first.response, result),))
    sent = second.calls[0].body["input"]
    assert isinstance(sent, list)
    assert [REASONING, CALL, {"type": "function_call_output", "call_id": "c1", "output": "Paris"}] == sent[2:]


def test_a_conversation_from_a_recording_is_written_as_items() -> None:
    """What was replayed has no items to give back, so they are made of what is known."""
    messages = (
        *PROMPT.messages,
        Message(role="assistant", text="Looking.", tool_calls=(LOOK,)),
        Message(role="tool", text="Paris", tool_call_id="c1"),
    )
    prompt = WITH_TOOL.model_copy(update={"messages": messages})
    sent = ask(OpenAI, in_turn(Json(response(said("P")))), options=OPTIONS, prompts=(prompt,)).calls[0].body["input"]

    assert isinstance(sent, list)
    assert [
        {"role": "assistant", "content": "Looking."},
        {"type": "function_call", "call_id": "c1", "name": "look", "arguments": '{"at": "map"}'},
        {"type": "function_call_output", "call_id": "c1", "output": "Paris"},
    ] == sent[2:]


def test_a_stream_is_the_same_answer() -> None:
    """Its last event has all of the answer."""
    whole = response(REASONING, said("Paris."))
    events: list[JsonValue | bytes] = [
        b'event: response.created\ndata: {"type": "response.created", "response": {}}\n\n',
        {"type": "response.output_text.delta", "delta": "Par"},
        {"type": "response.output_text.delta", "delta": "is."},
        {"type": "response.completed", "response": whole},
    ]
    asked = served(in_turn(Events(events, hangs=True)), stream=True)
    in_one_piece = served(in_turn(Json(whole))).response

    assert asked.calls[0].body["stream"] is True
    assert asked.response.first_token_s is not None
    streamed = asked.response.model_copy(update={"latency_s": 0.0, "first_token_s": None})
    assert in_one_piece.model_copy(update={"latency_s": 0.0}) == streamed


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "error", "code": "rate_limit_exceeded", "message": "so it is"}, "throttled"),
        ({"type": "error", "code": "server_error", "message": "so it is"}, "transient"),
        (
            {
                "type": "response.failed",
                "response": response(status="failed", error={"code": "server_error", "message": "so it is"}),
            },
            "transient",
        ),
    ],
)
def test_a_failure_in_a_stream_is_of_its_kind(event: JsonValue, kind: str) -> None:
    """It is told in one of two ways, and neither is an answer."""
    fault = served(in_turn(Events([{"type": "response.created", "response": {}}, event])), stream=True).fault

    assert kind == fault.kind
    assert "so it is" in str(fault)


def test_a_judge_is_asked_for_a_schema_where_that_is_set() -> None:
    """The format stands elsewhere than in Chat Completions."""
    options: dict[str, JsonValue] = {**OPTIONS, "structured": True, "body": {"text": {"verbosity": "low"}}}
    body = ask(OpenAI, in_turn(Json(response(said("{}")))), options=options, prompts=(JUDGING,)).calls[0].body
    schema: JsonValue = {"type": "json_schema", "name": "reply", "strict": True, "schema": {"type": "object"}}

    assert {"verbosity": "low", "format": schema} == body["text"]
