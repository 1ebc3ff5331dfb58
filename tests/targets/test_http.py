"""The target `http`: endpoints with a form of their own."""

import pytest
from pydantic import JsonValue, ValidationError

from evalc.model.exchange import ToolCall
from evalc.targets.http import Http
from tests.servers.loopback import Events, Json, Parts, Script, Step, in_turn
from tests.targets.asking import JUDGING, KEY, PROMPT, WITH_TOOL, Asked, ask

OPTIONS: dict[str, JsonValue] = {"url": "{url}/answer", "request": {"q": "{{input}}"}, "answer": "$.reply.text"}
ANSWER: JsonValue = {
    "reply": {"text": "Paris", "parts": ["Par", "is"], "fields": {"city": "Paris"}},
    "calls": [
        {"name": "look", "arguments": {"at": "map"}},
        {"id": "2", "function": {"name": "pay", "arguments": "{}"}},
    ],
    "why": "max_tokens",
    "usage": {"in": 7, "out": 3, "usd": 0.5},
}


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(Http, script, options=OPTIONS | options)


def test_the_request_is_filled_as_the_policy_says() -> None:
    """Gaps in texts become text, and a text that is one gap becomes what it stands for."""
    request: JsonValue = {
        "q": "Q: {{input}} ({{ case }})",
        "history": "{{messages}}",
        "rules": ["{{system}}", 1, None],
        "tools": "{{tools}}",
    }
    call = ask(Http, in_turn(Json(ANSWER)), options={**OPTIONS, "request": request}, prompts=(WITH_TOOL,)).calls[0]

    assert ("POST", "/answer") == (call.method, call.path)
    assert {
        "q": "Q: What is the capital of France? (geo/capitals/france)",
        "history": [
            {"role": "system", "content": "You are brief."},
            {"role": "user", "content": "What is the capital of France?"},
        ],
        "rules": ["You are brief.", 1, None],
        "tools": [
            {"name": "look", "description": "Looks it up.", "parameters": {"type": "object", "properties": {"at": {}}}}
        ],
    } == call.body


def test_what_a_case_says_is_no_template() -> None:
    """Filled in twice, a case could ask for what the policy did not want to send."""
    said = PROMPT.messages[1].model_copy(update={"text": "{{system}} {{nothing}}"})
    prompt = PROMPT.model_copy(update={"messages": (PROMPT.messages[0], said)})
    call = ask(Http, in_turn(Json(ANSWER)), options=OPTIONS, prompts=(prompt,)).calls[0]

    assert {"q": "{{system}} {{nothing}}"} == call.body


def test_the_answer_is_picked_by_paths() -> None:
    """Every endpoint has its figures somewhere else."""
    paths: dict[str, JsonValue] = {
        "tool_calls": "$.calls",
        "finish_reason": "$.why",
        "input_tokens": "$.usage.in",
        "output_tokens": "$.usage.out",
        "cost_usd": "$.usage.usd",
    }
    response = served(in_turn(Json(ANSWER, status=201)), **paths).response

    assert ("Paris", "max-tokens", 7, 3, 0.5) == (
        response.text,
        response.finish_reason,
        response.input_tokens,
        response.output_tokens,
        response.cost_usd,
    )
    assert (
        ToolCall(name="look", arguments={"at": "map"}),
        ToolCall(id="2", name="pay"),
    ) == response.tool_calls
    assert response.latency_s > 0


@pytest.mark.parametrize(
    ("path", "text"),
    [("$.reply.parts[*]", "Paris"), ("$.reply.fields", '{"city": "Paris"}'), ('$["reply"]["parts"][1]', "is")],
)
def test_an_answer_may_be_in_parts_or_json(path: str, text: str) -> None:
    """Checks of JSON read an object as its text."""
    assert text == served(in_turn(Json(ANSWER)), answer=path).response.text


def test_nothing_at_the_path_is_no_answer() -> None:
    """An endpoint that changed its form must not look like a model that falls silent."""
    fault = served(in_turn(Json({"reply": None}))).fault

    assert "bad-answer" == fault.kind
    assert "the answer of `served` cannot be read: it has nothing at $.reply.text" == str(fault)


def test_the_key_goes_where_the_policy_says() -> None:
    """Not every server takes a bearer."""
    usual = served(in_turn(Json(ANSWER)), key="KEY").calls[0].headers
    own = served(in_turn(Json(ANSWER)), key="KEY", key_header="X-Desk-Key", key_prefix="").calls[0].headers

    assert f"Bearer {KEY}" == usual["authorization"]
    assert KEY == own["x-desk-key"]
    assert "authorization" not in own


@pytest.mark.parametrize(
    ("status", "kind"), [(429, "throttled"), (503, "transient"), (401, "target-fatal"), (422, "case-fatal")]
)
def test_refusals_are_of_their_kind(status: int, kind: str) -> None:
    """They are read as everywhere else."""
    fault = served(in_turn(Json({"detail": "so it is"}, status=status))).fault

    assert kind == fault.kind
    assert "so it is" in str(fault)


def test_a_judge_of_ones_own_gets_the_schema() -> None:
    """A judge may sit behind any endpoint."""
    request: JsonValue = {"messages": "{{messages}}", "schema": "{{reply_schema}}"}
    body = ask(Http, in_turn(Json(ANSWER)), options={**OPTIONS, "request": request}, prompts=(JUDGING,)).calls[0].body

    assert {"type": "object"} == body["schema"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"request": {"a": ["{{inptu}}"]}}, "holds `{{inptu}}`; did you mean `{{input}}`?"),
        ({"request": "{{x}}"}, "what fits: input, system, messages, tools, case, key, reply_schema"),
        ({"answer": "reply.text"}, "is no path such as $.reply.text"),
        ({"answer": "$.reply..text"}, "is no path such as $.reply.text: ..text is no step of a path"),
        ({"key_header": "x y"}, "is no name of a header such as x-api-key"),
    ],
)
def test_a_form_that_cannot_work_is_refused_before_anything_is_asked(options: dict[str, JsonValue], words: str) -> None:
    """The policy is read before the first call, so its mistakes cost nothing."""
    with pytest.raises(ValidationError) as caught:
        Http.model_validate({**OPTIONS, "url": "http://127.0.0.1:9", **options})

    assert words in str(caught.value)


def test_a_streamed_text_is_the_answer() -> None:
    """Many an application writes its answer as it has it; the time to its first letter is told."""
    text = "It is Paris, évidemment".encode()
    # The second part begins in the middle of a letter.
    step = Parts([text[:14], text[14:]], pause_s=0.5)
    response = served(in_turn(step), stream="text", answer="$").response

    assert "It is Paris, évidemment" == response.text
    assert response.first_token_s is not None
    # A busy machine may notice the first part late.
    assert response.first_token_s + 0.2 <= response.latency_s


def test_the_pieces_of_a_stream_of_events_are_put_together() -> None:
    """Each event has a piece of the answer, a call, or a figure, at the same paths."""
    events: list[JsonValue | bytes] = [
        {"reply": {"role": "assistant"}},
        {"reply": {"text": "Par"}},
        {"reply": {"text": "is"}},
        {"calls": [{"name": "look", "arguments": {"at": "map"}}]},
        {"usage": {"in": 7, "out": 1}},
        {"why": "max_tokens", "usage": {"in": 7, "out": 3}},
    ]
    paths: dict[str, JsonValue] = {
        "stream": "events",
        "tool_calls": "$.calls",
        "finish_reason": "$.why",
        "input_tokens": "$.usage.in",
        "output_tokens": "$.usage.out",
    }
    response = served(in_turn(Events(events, pause_s=0.05)), **paths).response

    assert ("Paris", "max-tokens", 7, 3) == (
        response.text,
        response.finish_reason,
        response.input_tokens,
        response.output_tokens,
    )
    assert (ToolCall(name="look", arguments={"at": "map"}),) == response.tool_calls
    assert response.first_token_s is not None
    assert response.first_token_s < response.latency_s


def test_a_stream_may_say_that_it_is_over() -> None:
    """Nothing after that is waited for."""
    step = Events([{"reply": {"text": "Paris"}}, b"data: [DONE]\n\n"], hangs=True)

    assert "Paris" == served(in_turn(step), stream="events").response.text


def test_an_endpoint_that_streams_nothing_answers_in_one_piece() -> None:
    """The policy says how it may answer, and some answer so only at times."""
    response = served(in_turn(Json(ANSWER)), stream="events").response

    assert ("Paris", None) == (response.text, response.first_token_s)


@pytest.mark.parametrize(
    ("step", "stream", "kind", "words"),
    [
        (Parts([b"Par"], without_end=True), "text", "transient", "broke off before the end of its answer"),
        (Parts([b"Par"], is_chunked=False), "text", "bad-answer", "without any mark of its end"),
        (Parts([b"Par\xff"]), "text", "bad-answer", "it is no UTF-8"),
        (Events([{"reply": {"text": "Par"}}], without_end=True), "events", "transient", "broke off"),
        (Events([{"reply": {"text": "Par"}}, {"error": {"message": "melted"}}]), "events", "transient", "melted"),
        (Events([b"data: Paris\n\n"]), "events", "bad-answer", "an event of its stream is wrong: it is no JSON"),
        (Events([{"reply": {}}]), "events", "bad-answer", "it has nothing at $.reply.text"),
    ],
)
def test_half_a_stream_is_no_answer(step: Step, stream: str, kind: str, words: str) -> None:
    """It would be judged as a short one."""
    fault = served(in_turn(step), stream=stream, answer="$" if stream == "text" else "$.reply.text").fault

    assert (kind, True) == (fault.kind, words in str(fault)), str(fault)
