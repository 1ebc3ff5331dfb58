"""The target `baseten` against a server with its paths, which delivers results as Baseten does."""

import http.client
import json
import socket
from threading import Thread

import pytest
from pydantic import JsonValue, ValidationError

from evalc.targets._receiver import sign
from evalc.targets.baseten import Baseten
from tests.servers.loopback import Call, Json, Parts, Script, Status, Step, by_path, in_turn
from tests.targets.asking import KEY, PROMPT, Asked, ask

OPTIONS: dict[str, JsonValue] = {
    "base_url": "{url}",
    "model": "abcd1234",
    "key": "KEY",
    "request": {"prompt": "{{input}}"},
    "answer": "$.output",
}


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert isinstance(port, int)
        return port


def post(port: int, body: bytes, *, signature: str) -> int:
    """The status that a delivery gets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"content-type": "application/json", "x-baseten-signature": signature}
        connection.request("POST", "/", body=body, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def delivery(data: JsonValue, *, id: str = "r1", errors: list[JsonValue] | None = None) -> bytes:
    """The body of a delivery."""
    return json.dumps(
        {"request_id": id, "type": "async_request_completed", "data": data, "errors": errors or []}
    ).encode()


def queue(
    deliveries: list[tuple[bytes, str]], *, status: JsonValue = "IN_PROGRESS", timeout_s: float = 10.0
) -> tuple[Asked, list[int]]:
    """What came of a question for a queue which then delivers this, and the statuses that the deliveries got."""
    port = free_port()
    got: list[int] = []
    threads: list[Thread] = []

    def deliver() -> None:
        got.extend(post(port, body, signature=signature) for body, signature in deliveries)

    def script(call: Call) -> Step:
        if call.path == "/production/async_predict":
            threads.append(Thread(target=deliver))
            threads[-1].start()
            return Json({"request_id": "r1"}, status=201)
        if call.method == "DELETE":
            return Json({"request_id": "r1", "canceled": status == "QUEUED", "message": "so it is"})
        return Json({"request_id": "r1", "status": status, "errors": [{"code": "E", "message": "so it is"}]})

    options: dict[str, JsonValue] = {
        **OPTIONS,
        "webhook": "https://hooks.example/evalc",
        "webhook_key": "KEY",
        "listen": f"127.0.0.1:{port}",
        "poll_s": 0.05,
    }
    asked = ask(Baseten, script, options=options, timeout_s=timeout_s)
    for thread in threads:
        thread.join()
    return asked, got


def signed(body: bytes) -> tuple[bytes, str]:
    """A delivery with the signature of an old secret and that of ours."""
    return body, f"v1={sign('old-secret', body)},v1={sign(KEY, body)}"


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(Baseten, script, options=OPTIONS | options)


@pytest.mark.parametrize(
    ("deployment", "path"),
    [
        (None, "/production/predict"),
        ("development", "/development/predict"),
        ("q1w2e3r4", "/deployment/q1w2e3r4/predict"),
        ("environments/staging", "/environments/staging/predict"),
        ("regional/eu", "/predict"),
    ],
)
def test_each_deployment_has_its_path(deployment: str | None, path: str) -> None:
    """A model has several versions at a time, and asking the wrong one would be seen by nobody."""
    asked = served(by_path({path: Json({"output": "Paris"})}), **({"deployment": deployment} if deployment else {}))

    assert "Paris" == asked.response.text
    assert f"Api-Key {KEY}" == asked.calls[0].headers["authorization"]
    assert {"prompt": "What is the capital of France?"} == asked.calls[0].body


def test_the_address_is_made_of_the_model() -> None:
    """Nobody has to know how Baseten names its hosts."""
    usual, regional = (
        Baseten(model="abcd1234", deployment=deployment, request={}, answer="$")
        for deployment in ("environments/staging", "regional/eu")
    )

    assert "https://model-abcd1234.api.baseten.co/environments/staging/predict" == usual.address
    assert "https://model-abcd1234-eu.api.baseten.co/predict" == regional.address


def test_a_model_that_yields_its_output_is_read_as_it_comes() -> None:
    """A model with a generator sends bare text, in as many chunks as it yields."""
    asked = served(by_path({"/production/predict": Parts([b"It is ", b"Paris"])}), stream="text", answer="$")

    assert "It is Paris" == asked.response.text
    assert asked.response.first_token_s is not None


def test_a_result_is_delivered() -> None:
    """The queue is given the question and where to bring the result, and the result is the answer."""
    asked, got = queue([signed(delivery({"output": "Paris"}))])

    assert ("Paris", [200]) == (asked.response.text, got)
    assert {
        "model_input": {"prompt": "What is the capital of France?"},
        "webhook_endpoint": "https://hooks.example/evalc",
    } == asked.calls[0].body


def test_what_is_not_signed_with_our_secret_is_refused() -> None:
    """Whoever finds the receiver could otherwise answer for the model."""
    forged = delivery({"output": "Lyon"})
    unsigned = (forged, "")
    misused = (forged, f"v1={sign(KEY, delivery({'output': 'Paris'}))}")
    asked, got = queue([unsigned, misused, (forged, "v1=é"), signed(delivery({"output": "Paris"}))])

    assert ("Paris", [401, 401, 401, 200]) == (asked.response.text, got)


def test_deliveries_for_others_change_nothing() -> None:
    """Several runs may share a secret, and a delivery may come twice."""
    other = signed(delivery({"output": "Rome"}, id="r0"))
    asked, got = queue([other, other, signed(b"[]"), signed(b"{"), signed(delivery({"output": "Paris"}))])

    assert ("Paris", [200, 200, 400, 400, 200]) == (asked.response.text, got)


def test_a_delivery_may_not_be_larger_than_an_answer() -> None:
    """A receiver on the open internet could be filled otherwise."""
    asked, got = queue([signed(delivery({"output": "x" * 200_000})), signed(delivery({"output": "Paris"}))])

    assert ("Paris", [400, 200]) == (asked.response.text, got)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ("FAILED", "transient", "E: so it is"),
        ("EXPIRED", "transient", "E: so it is"),
        ("CANCELED", "transient", "E: so it is"),
        ("WEBHOOK_FAILED", "target-fatal", "has a result that did not arrive, look at `webhook` and `listen`"),
        (None, "target-fatal", "its answer about a request has no status"),
    ],
)
def test_a_request_that_will_not_be_answered_is_given_up(status: JsonValue, kind: str, words: str) -> None:
    """Waiting for it would last until the time for an attempt is over."""
    fault = queue([], status=status)[0].fault

    assert kind == fault.kind
    assert words in str(fault)


def test_errors_that_are_delivered_are_a_fault() -> None:
    """The model failed; that there was a delivery says nothing."""
    asked, _ = queue([signed(delivery(None, errors=[{"code": "MODEL_ERROR", "message": "out of memory"}]))])

    assert "MODEL_ERROR: out of memory" in str(asked.fault)


def test_a_request_that_stays_in_the_queue_is_taken_out_at_the_deadline() -> None:
    """The queue holds requests for hours, and makes answers that nobody waits for any more."""
    asked, _ = queue([], status="QUEUED", timeout_s=0.3)

    assert ("DELETE", "/async_request/r1") == (asked.calls[-1].method, asked.calls[-1].path)
    assert f"Api-Key {KEY}" == asked.calls[-1].headers["authorization"]
    assert "`served` did not begin within 0.3 s, so the request was taken out of its queue" == str(asked.fault)
    assert not asked.fault.may_be_charged


def test_a_request_that_is_under_way_at_the_deadline_may_be_charged() -> None:
    """Baseten takes only those back that nothing was made of yet."""
    fault = queue([], status="IN_PROGRESS", timeout_s=0.3)[0].fault

    assert ("`served` gave no whole answer within 0.3 s", True) == (str(fault), fault.may_be_charged)


@pytest.mark.parametrize("answer", [Json({}), Json({"request_id": "../../x"}), Json([]), Status(200)])
def test_a_request_without_an_id_is_refused(answer: Step) -> None:
    """The id becomes a part of a path."""
    options: dict[str, JsonValue] = {
        **OPTIONS,
        "webhook": "https://hooks.example/x",
        "webhook_key": "KEY",
        "listen": f"127.0.0.1:{free_port()}",
    }

    assert "bad-answer" == ask(Baseten, in_turn(answer), options=options, prompts=(PROMPT,)).fault.kind


def test_a_port_that_is_taken_is_said() -> None:
    """Two runs on one machine need two ports."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options: dict[str, JsonValue] = {
            **OPTIONS,
            "webhook": "https://hooks.example/x",
            "webhook_key": "KEY",
            "listen": f"127.0.0.1:{taken.getsockname()[1]}",
        }
        fault = ask(Baseten, in_turn(Json({})), options=options).fault

    assert "target-fatal" == fault.kind
    assert "nothing can listen at" in str(fault)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "a/b"}, "is no id of a model"),
        ({"deployment": "../x"}, "is none of"),
        ({"stream": "text", "webhook": "https://hooks.example/x"}, "does not go with `stream`"),
        ({"listen": "8750"}, "is no host and port"),
        ({"listen": "127.0.0.1:99999"}, "is no host and port"),
    ],
)
def test_options_that_cannot_work_are_refused_before_anything_is_asked(
    options: dict[str, JsonValue], words: str
) -> None:
    """They become parts of addresses."""
    with pytest.raises(ValidationError) as caught:
        Baseten.model_validate({"model": "abcd1234", "request": {}, "answer": "$", **options})

    assert words in str(caught.value)
