"""The target `google` against a server that speaks generateContent."""

from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from evalc.model.exchange import Message
from evalc.targets.google import Google
from tests.servers.loopback import Events, Json, Script, in_turn
from tests.targets.asking import JUDGING, KEY, PROMPT, WITH_TOOL, Asked, after_a_call, ask

OPTIONS: dict[str, JsonValue] = {"base_url": "{url}/v1beta", "model": "gemini-x"}
CALL: JsonValue = {"functionCall": {"name": "look", "args": {"at": "map"}}, "thoughtSignature": "c2ln"}


def answer(*parts: JsonValue, reason: str | None = "STOP", more: Mapping[str, JsonValue] | None = None) -> JsonValue:
    """An answer, or a piece of one."""
    candidate: dict[str, JsonValue] = {"content": {"role": "model", "parts": list(parts)}, "index": 0}
    usage: JsonValue = {"promptTokenCount": 7, "candidatesTokenCount": 3, "thoughtsTokenCount": 20}
    ending: dict[str, JsonValue] = {"finishReason": reason} if reason else {}
    return {"candidates": [candidate | ending], "usageMetadata": usage, "modelVersion": "gemini-x-001", **(more or {})}


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(Google, script, options=OPTIONS | options)


def test_the_question_arrives_as_the_protocol_wants_it() -> None:
    """The key goes into a header, for addresses end up in logs; options of both kinds meet in one table."""
    body: JsonValue = {"generationConfig": {"topP": 0.5}}
    call = served(in_turn(Json(answer({"text": "Paris"}))), key="KEY", temperature=0, max_tokens=64, body=body).calls[0]

    assert "/v1beta/models/gemini-x:generateContent" == call.path
    assert KEY == call.headers["x-goog-api-key"]
    assert {
        "systemInstruction": {"parts": [{"text": "You are brief."}]},
        "contents": [{"role": "user", "parts": [{"text": "What is the capital of France?"}]}],
        "generationConfig": {"topP": 0.5, "temperature": 0, "maxOutputTokens": 64},
    } == call.body


def test_the_answer_is_read_with_its_numbers() -> None:
    """Thoughts are paid for and are no part of the answer."""
    response = served(in_turn(Json(answer({"text": "Hm.", "thought": True}, {"text": "Par"}, {"text": "is"})))).response

    assert ("Paris", "stop", "gemini-x-001", 7, 23) == (
        response.text,
        response.finish_reason,
        response.model,
        response.input_tokens,
        response.output_tokens,
    )


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("MAX_TOKENS", "length"), ("SAFETY", "content-filter"), ("MALFORMED_FUNCTION_CALL", "malformed-function-call")],
)
def test_reasons_of_an_end_have_the_names_that_specs_use(reason: str, expected: str) -> None:
    """A spec says `stop with length` whoever is asked."""
    assert expected == served(in_turn(Json(answer(reason=reason)))).response.finish_reason


def test_a_question_that_a_filter_stops_is_an_answer() -> None:
    """Whoever uses this model meets the filter too, so checks decide what it means."""
    response = served(in_turn(Json({"promptFeedback": {"blockReason": "SAFETY"}}))).response

    assert ("", "content-filter") == (response.text, response.finish_reason)


def test_tools_are_offered_and_results_given_back() -> None:
    """Results are matched by name, and a signed thought comes back as it was, or the endpoint refuses."""
    steps = in_turn(Json(answer({"text": "Looking."}, CALL)), Json(answer({"text": "Paris"})))
    first = ask(Google, steps, options=OPTIONS, prompts=(WITH_TOOL,))
    call = first.response.tool_calls[0]

    assert ("look", {"at": "map"}, "tool-calls") == (call.name, call.arguments, first.response.finish_reason)
    schema: JsonValue = {"type": "object", "properties": {"at": {}}}
    declared: JsonValue = {"name": "look", "description": "Looks it up.", "parametersJsonSchema": schema}
    assert [{"functionDeclarations": [declared]}] == first.calls[0].body["tools"]

    named = first.response.model_copy(update={"tool_calls": (call.model_copy(update={"id": "call-0-0"}),)})
    result = Message(role="tool", text="on the Seine", tool_call_id="call-0-0")
    second = ask(Google, steps, options=OPTIONS, prompts=(after_a_call(named, result),))
    sent = second.calls[0].body["contents"]
    assert isinstance(sent, list)
    assert [
        {"role": "model", "parts": [{"text": "Looking."}, CALL]},
        {
            "role": "user",
            "parts": [{"functionResponse": {"name": "look", "response": {"result": "on the Seine"}}}],
        },
    ] == sent[1:]


def test_a_stream_is_the_same_answer() -> None:
    """Whether an answer is streamed must not change what is checked."""
    pieces = [answer({"text": "Let me "}, reason=None), answer({"text": "look."}, reason=None), answer(CALL)]
    asked = served(in_turn(Events(pieces)), stream=True)
    in_one_piece = served(in_turn(Json(answer({"text": "Let me "}, {"text": "look."}, CALL)))).response

    assert "/v1beta/models/gemini-x:streamGenerateContent?alt=sse" == asked.calls[0].path
    assert asked.response.first_token_s is not None
    streamed = asked.response.model_copy(update={"latency_s": 0.0, "first_token_s": None})
    assert in_one_piece.model_copy(update={"latency_s": 0.0}) == streamed


def test_a_judge_is_asked_for_a_schema_where_that_is_set() -> None:
    """The endpoint then keeps to it, and fewer replies have to be repaired."""
    asked = ask(
        Google, in_turn(Json(answer({"text": "{}"}))), options={**OPTIONS, "structured": True}, prompts=(JUDGING,)
    )

    assert {
        "responseMimeType": "application/json",
        "responseJsonSchema": {"type": "object"},
    } == asked.calls[0].body["generationConfig"]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, "RESOURCE_EXHAUSTED", "throttled"),
        (503, "UNAVAILABLE", "transient"),
        (403, "PERMISSION_DENIED", "target-fatal"),
        (404, "NOT_FOUND", "target-fatal"),
        (400, "INVALID_ARGUMENT", "case-fatal"),
    ],
)
def test_errors_are_of_their_kind_in_a_status_and_in_a_stream(status: int, code: str, kind: str) -> None:
    """A stream that fails in the middle says it in its own words, for its status was sent long ago."""
    error: JsonValue = {"error": {"code": status, "status": code, "message": "so it is"}}
    in_status = served(in_turn(Json(error, status=status))).fault
    in_stream = served(in_turn(Events([answer({"text": "Par"}, reason=None), error])), stream=True).fault

    assert (kind, kind) == (in_status.kind, in_stream.kind)
    assert "so it is" in str(in_status)


def test_a_pause_is_read_where_google_says_it() -> None:
    """It stands in a list of details, and no header has it."""
    details: JsonValue = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17.5s"}]
    error: JsonValue = {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "m", "details": details}}

    assert 17.5 == served(in_turn(Json(error, status=429))).fault.retry_after_s


def test_an_answer_without_candidates_is_refused() -> None:
    """It is neither an answer nor a filter, so nothing is made of it."""
    fault = ask(Google, in_turn(Json({"usageMetadata": {}})), options=OPTIONS, prompts=(PROMPT,)).fault

    assert "bad-answer" == fault.kind
    assert "it has no candidates" in str(fault)
