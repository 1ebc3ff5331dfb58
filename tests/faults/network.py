"""The rows of the fault matrix that come over the network."""

import gzip
import json
import socket
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from tests.faults.matrix import Row
from tests.servers.chat import Say, completion, is_judgement, verdict_on
from tests.servers.loopback import Bytes, Call, Drip, Events, Flood, Json, Script, Status, Step, in_turn

YES = Say("yes")
BREAKS_OFF = "broke off before the end of its answer"
OVER = "the run stops there and `--resume` goes on"


def throttled(headers: dict[str, str] | None = None, content: bytes = b"") -> Script:
    """A server that throttles once."""
    return in_turn(Status(429, content, headers or {}), YES)


def error(**members: JsonValue) -> bytes:
    """The body of an error."""
    return json.dumps({"error": members}).encode()


def in_twenty_seconds(call: Call) -> Step:
    """A reset at a moment, as Anthropic gives it."""
    moment = (datetime.now(UTC) + timedelta(seconds=20)).isoformat().replace("+00:00", "Z")
    return Status(429, headers={"anthropic-ratelimit-requests-reset": moment}) if call.number == 1 else YES


THROTTLING = (
    Row(
        "status 429 that says nothing more",
        "asks again after a wait that is drawn at random and doubles",
        throttled(),
        calls=2,
    ),
    Row(
        "429 with `Retry-After: 20`",
        "asks nobody of this target for 20 seconds, then again",
        throttled({"retry-after": "20"}),
        calls=2,
        waits_s=20,
    ),
    Row(
        "429 with a fraction, `Retry-After: 0.5`",
        "waits half a second",
        throttled({"retry-after": "0.5"}),
        calls=2,
        waits_s=0.5,
    ),
    Row(
        "429 with `Retry-After-Ms: 1500`",
        "waits 1.5 seconds, whatever `Retry-After` says beside it",
        throttled({"retry-after-ms": "1500", "retry-after": "9"}),
        calls=2,
        waits_s=1.5,
    ),
    Row(
        "429 with a date in `Retry-After`",
        "waits until then by the server's own clock",
        throttled({"retry-after": "Wed, 04 Mar 2026 07:00:10 GMT", "date": "Wed, 04 Mar 2026 07:00:00 GMT"}),
        calls=2,
        waits_s=10,
    ),
    Row(
        "429 with a date that is past",
        "asks again at once",
        throttled({"retry-after": "Wed, 04 Mar 2026 07:00:00 GMT", "date": "Wed, 04 Mar 2026 07:00:10 GMT"}),
        calls=2,
    ),
    Row(
        "429 with a negative wait",
        "asks again at once",
        throttled({"retry-after": "-5"}),
        calls=2,
    ),
    Row(
        "429 with words where a number should be",
        "goes by its own waits",
        throttled({"retry-after": "soon", "x-ratelimit-reset-tokens": "later"}),
        calls=2,
    ),
    Row(
        "429 with `x-ratelimit-reset-requests: 1m30s`",
        "waits until the limit that is used up is free again",
        throttled(
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "1m30s",
                "x-ratelimit-remaining-tokens": "900",
                "x-ratelimit-reset-tokens": "1m50s",
            }
        ),
        calls=2,
        waits_s=90,
    ),
    Row(
        "429 with the moment of a reset, as Anthropic gives it",
        "waits until then",
        in_twenty_seconds,
        calls=2,
        waits_s=20,
    ),
    Row(
        "429 with `RateLimit-Reset: 20`",
        "waits 20 seconds",
        throttled({"ratelimit-reset": "20"}),
        calls=2,
        waits_s=20,
    ),
    Row(
        "429 whose text asks to try again in 1.5s",
        "waits 1.5 seconds",
        throttled(content=error(message="Rate limit reached. Please try again in 1.5s.")),
        calls=2,
        waits_s=1.5,
    ),
    Row(
        "429 with `retryDelay` in its body, as Google has it",
        "waits as long",
        throttled(content=error(code=429, message="m", details=[{"retryDelay": "17.5s"}])),
        calls=2,
        waits_s=17.5,
    ),
    Row(
        "429 that asks for a day",
        f"gives the target up, for that is above `longest_wait_s`; {OVER}",
        throttled({"retry-after": "86400"}),
        outcome=None,
        kind="throttled",
        says="asks for fewer calls, and for a pause of 86400 s",
    ),
    Row(
        "429 because the quota is used up",
        f"gives the target up, for waiting does not help; {OVER}",
        throttled(content=error(code="insufficient_quota", message="You exceeded your quota.")),
        outcome=None,
        kind="target-fatal",
        says="has no quota left: You exceeded your quota.",
    ),
    Row(
        "429 for ever",
        "gives this question up after `max_attempts`: errored",
        in_turn(Status(429)),
        outcome="errored",
        calls=5,
        kind="throttled",
    ),
    Row(
        "503 with `Retry-After`",
        "takes it for throttling, and waits",
        in_turn(Status(503, headers={"retry-after": "7"}), YES),
        calls=2,
        waits_s=7,
    ),
    Row(
        "529, overloaded",
        "takes it for throttling",
        in_turn(Status(529), YES),
        calls=2,
    ),
)

SERVERS = (
    Row(
        "a burst of 500, 502, 503 and 504",
        "asks again each time, after waits that double",
        in_turn(Status(500), Status(502), Status(503), Status(504), YES),
        calls=5,
    ),
    Row(
        "500 for ever",
        "gives this question up after `max_attempts`: errored",
        in_turn(Status(500)),
        outcome="errored",
        calls=5,
        kind="transient",
        says="has a fault",
    ),
    Row(
        "500 with `x-should-retry: false`",
        "does not ask again: errored",
        in_turn(Status(500, headers={"x-should-retry": "false"})),
        outcome="errored",
        kind="case-fatal",
    ),
    Row(
        "408, 409 and 425",
        "asks again",
        in_turn(Status(408), Status(409), Status(425), YES),
        calls=4,
    ),
    Row(
        "400 or 422: this question is not taken",
        "does not ask it again, and goes on with the others: errored",
        in_turn(Status(400, error(message="too long"))),
        outcome="errored",
        kind="case-fatal",
        says="does not take this question: too long",
    ),
    Row(
        "401 or 403: the key is not taken",
        f"asks nothing more of the target, and names the variable of the key; {OVER}",
        in_turn(Status(401, error(message=f"no such key: {'sk-0123456789abcdef'}"))),
        outcome=None,
        kind="target-fatal",
        says="does not take the key in KEY: no such key: [secret KEY]",
    ),
    Row(
        "404: no such address",
        f"asks nothing more of the target; {OVER}",
        in_turn(Status(404)),
        outcome=None,
        kind="target-fatal",
        says="does not have what the policy names",
    ),
    Row(
        "400 with `model_not_found`",
        f"asks nothing more of the target; {OVER}",
        in_turn(Status(400, error(code="model_not_found", message="no model m-1"))),
        outcome=None,
        kind="target-fatal",
        says="look at its address and model: no model m-1",
    ),
    Row(
        "a redirect",
        f"follows none, so that neither question nor key goes elsewhere; {OVER}",
        lambda call: Status(307, headers={"location": f"http://{call.headers['host']}/elsewhere"}),
        outcome=None,
        kind="target-fatal",
        says="no redirect is followed",
    ),
    Row(
        "an error in a body with status 200 and a code of 429",
        "takes the code for the status, and asks again",
        in_turn(Json({"error": {"code": 429, "message": "slow down"}}), YES),
        calls=2,
    ),
    Row(
        "an error in a body with status 200 and nothing more",
        "takes it for a fault of the server, and asks again",
        in_turn(Json({"error": "upstream failed"}), YES),
        calls=2,
    ),
)


def closed_port() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


BODY = json.dumps(completion("yes")).encode()
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"

CONNECTIONS = (
    Row(
        "nobody listens",
        "asks again after waits that double, and gives up: errored",
        in_turn(YES),
        outcome="errored",
        calls=0,
        kind="transient",
        says="cannot be reached: connection refused",
        options={"base_url": closed_port()},
    ),
    Row(
        "a name that cannot be resolved",
        "asks again, for names fail for a moment: errored when it goes on",
        in_turn(YES),
        outcome="errored",
        calls=0,
        kind="transient",
        says="its name cannot be resolved",
        options={"base_url": "http://nobody.invalid/v1"},
    ),
    Row(
        "a certificate that nobody trusts",
        f"sends nothing, and asks no more: there is no option to trust it all the same; {OVER}",
        in_turn(YES),
        outcome=None,
        calls=0,
        kind="target-fatal",
        says="cannot prove who it is, so nothing was sent",
        is_secure=True,
    ),
    Row(
        "a connection that is reset before the first byte",
        "asks again",
        in_turn(Bytes(is_reset=True), YES),
        calls=2,
    ),
    Row(
        "a connection that is reset in the middle of an answer",
        "asks again, and counts the call as one that may have been charged",
        in_turn(Bytes(HEAD + b"content-length: 500\r\n\r\n" + BODY[:20], is_reset=True), YES),
        calls=2,
    ),
    Row(
        "an answer shorter than its length",
        "asks again",
        in_turn(Bytes(HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY[:-20]), YES),
        calls=2,
    ),
    Row(
        "an answer in chunks without the last one",
        "asks again",
        in_turn(Bytes(HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\n{"), YES),
        calls=2,
    ),
    Row(
        "an answer that is cut off where nothing tells it",
        "sees that it is no JSON: errored, and not an answer",
        in_turn(Status(200, BODY[:-20], has_length=False)),
        outcome="errored",
        kind="bad-answer",
        says="it is no JSON and begins with",
    ),
    Row(
        "an answer that comes a byte at a time",
        "ends the attempt at `attempt_timeout_s`, counted from its start, and asks again",
        in_turn(Drip(), YES),
        calls=2,
        limits={"attempt_timeout_s": 0.3},
    ),
    Row(
        "headers without an end",
        "stops reading, and asks again",
        in_turn(Bytes(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20_000), YES),
        calls=2,
    ),
    Row(
        "an early hint (103) before the answer",
        "reads on",
        in_turn(Bytes(b"HTTP/1.1 103 Hint\r\n\r\n" + HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY)),
    ),
    Row(
        "something else than HTTP",
        "asks again, and gives up: errored",
        in_turn(Bytes(b"SSH-2.0-server\r\n\r\n")),
        outcome="errored",
        calls=5,
        kind="transient",
        says=BREAKS_OFF,
    ),
)

ANSWERS = (
    Row(
        "an answer of 50 MB",
        "stops reading at `max_answer_bytes`: errored",
        in_turn(Flood(50 * 1024 * 1024)),
        outcome="errored",
        kind="bad-answer",
        says="answered with more than 1048576 bytes, so reading stopped",
        limits={"max_answer_bytes": 1024 * 1024},
    ),
    Row(
        "a compressed answer that would become 200 MB",
        "asks for none that is compressed, and decompresses none: errored",
        in_turn(Status(200, gzip.compress(b" " * 200_000_000, 1), {"content-encoding": "gzip"})),
        outcome="errored",
        kind="bad-answer",
        says="it is compressed, which was not asked for",
    ),
    Row(
        "a page of HTML with status 200",
        "shows how it begins: errored",
        in_turn(Status(200, b"<html>Sign in</html>", {"content-type": "text/html"})),
        outcome="errored",
        kind="bad-answer",
        says="it is no JSON and begins with <html>Sign in</html>",
    ),
    Row(
        "an answer with a wrong content type",
        "reads it all the same",
        in_turn(Status(200, BODY, {"content-type": "text/html"})),
    ),
    Row(
        "bytes that are no UTF-8",
        "says so, and guesses nothing: errored",
        in_turn(Status(200, BODY.replace(b"yes", b"yes \xff\xfe"))),
        outcome="errored",
        kind="bad-answer",
        says="it is no UTF-8",
    ),
    Row(
        "half a surrogate pair in the text",
        "keeps it as an escape",
        in_turn(Say("yes \ud800")),
    ),
    Row(
        "NUL, line separators and escape sequences in the text",
        "keeps them, and shows them as escapes on terminals",
        in_turn(Say("yes \x00 \u2028 \x1b]0;owned\x07")),
    ),
    Row(
        "JSON of 50,000 levels",
        "refuses it: errored",
        in_turn(Status(200, b"[" * 50_000)),
        outcome="errored",
        kind="bad-answer",
    ),
    Row(
        "an empty answer with status 200",
        "says so: errored",
        in_turn(Status(200)),
        outcome="errored",
        kind="bad-answer",
        says="it is empty",
    ),
    Row(
        "`choices` that are empty",
        "makes no answer of it: errored",
        in_turn(Json({"choices": []})),
        outcome="errored",
        kind="bad-answer",
        says="it has no choices",
    ),
    Row(
        "an answer without text",
        "is an answer: its checks decide",
        in_turn(Say(None)),
        outcome="failed",
        says='does not contain "yes"',
    ),
    Row(
        "a question that a filter stops",
        "is an answer without text that ended with `content-filter`: its checks decide",
        in_turn(Status(400, error(code="content_filter", message="m"))),
        outcome="failed",
        says='does not contain "yes"',
    ),
    Row(
        "an answer that is cut at the limit of tokens",
        "is an answer that ended with `length`, which `must not stop with length` refuses",
        in_turn(Say("yes", completion={"choices": [{"message": {"content": "yes"}, "finish_reason": "length"}]})),
    ),
    Row(
        "a cookie",
        "does not send it back",
        in_turn(Status(500, headers={"set-cookie": "a=b"}), YES),
        calls=2,
    ),
)


def piece(text: str, reason: str | None = None) -> JsonValue:
    """A piece of a streamed completion."""
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": reason}]}


DONE = b"data: [DONE]\n\n"
STREAMED = Events([piece("ye"), piece("s"), piece("", "stop"), DONE])
STREAM: dict[str, JsonValue] = {"stream": True}

STREAMS = (
    Row(
        "a stream whose connection ends in the middle",
        "asks again: a half answer is none",
        in_turn(Events([piece("yes and")], without_end=True), STREAMED),
        calls=2,
        options=STREAM,
    ),
    Row(
        "a stream that ends in good order without the mark of its end",
        "asks again",
        in_turn(Events([piece("yes and")]), STREAMED),
        calls=2,
        options=STREAM,
    ),
    Row(
        "an error in the middle of a stream",
        "takes it for what its code says, here throttling",
        in_turn(Events([piece("ye"), {"error": {"code": "rate_limit_exceeded", "message": "m"}}]), STREAMED),
        calls=2,
        options=STREAM,
    ),
    Row(
        "an event that is no JSON",
        "makes no answer of the rest: errored",
        in_turn(Events([piece("yes"), b"data: {oops\n\n", piece("", "stop"), DONE])),
        outcome="errored",
        kind="bad-answer",
        says="an event of its stream is wrong: it is no JSON and begins with {oops",
        options=STREAM,
    ),
    Row(
        "a stream that falls silent",
        "ends the attempt at `attempt_timeout_s`, and asks again",
        in_turn(Events([piece("yes and")], hangs=True), STREAMED),
        calls=2,
        options=STREAM,
        limits={"attempt_timeout_s": 0.3},
    ),
    Row(
        "a stream of signs of life without an answer",
        "ends the attempt at `attempt_timeout_s`, and asks again",
        in_turn(Events([b": ping\n\n"] * 1000, pause_s=0.01), STREAMED),
        calls=2,
        options=STREAM,
        limits={"attempt_timeout_s": 0.3},
    ),
    Row(
        "a stream that stays open after its end",
        "takes the answer, and waits for nothing more",
        in_turn(Events([piece("yes", "stop"), DONE], hangs=True)),
        options=STREAM,
    ),
    Row(
        "a stream above `max_answer_bytes`",
        "stops reading: errored",
        in_turn(Events([piece("yes " * 1000)] * 100)),
        outcome="errored",
        kind="bad-answer",
        says="answered with more than 100000 bytes",
        options=STREAM,
        limits={"max_answer_bytes": 100_000},
    ),
    Row(
        "a server that knows no streams",
        "reads the answer in one piece",
        in_turn(YES),
        options=STREAM,
    ),
)


def judge(*steps: Step) -> Script:
    """A server that answers `yes`, and as a judge does these steps in turn; the last one stays."""
    judged: list[Call] = []

    def answer(call: Call) -> Step:
        if not is_judgement(call):
            return YES
        judged.append(call)
        return steps[min(len(judged), len(steps)) - 1]

    return answer


def verdict(**members: JsonValue) -> Script:
    """A judge whose reply has these members, and is sound apart from them; None leaves one out."""

    def answer(call: Call) -> Step:
        if not is_judgement(call):
            return YES
        sound = json.loads(verdict_on(call, "met").text or "")
        wrong = {**sound, **members}
        return Say(json.dumps({name: value for name, value in wrong.items() if value is not None}))

    return answer


TWICE = "asks once more with what is wrong, then leaves the check unscored"

JUDGES = (
    Row(
        "a judge that writes prose",
        TWICE,
        judge(Say("It looks fine to me. I would say it is met.")),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "a verdict with a forged mark",
        TWICE,
        verdict(nonce="0" * 32),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "a reply without a verdict",
        TWICE,
        verdict(verdict=None),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "a verdict that is not on the scale",
        TWICE + ", and makes no low score of it",
        verdict(verdict="maybe"),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "evidence that the answer does not hold",
        TWICE,
        verdict(evidence=["It says no."]),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "a verdict on another criterion",
        TWICE,
        verdict(criterion="politeness"),
        outcome="unscored",
        calls=3,
        says="cannot be used, twice",
        is_judged=True,
    ),
    Row(
        "a judge that is away",
        "keeps the answer, and leaves the check unscored",
        judge(Status(500)),
        outcome="unscored",
        calls=6,
        says="the judge gave no reply",
        is_judged=True,
    ),
    Row(
        "a judge that does not take the key",
        "keeps the answer, leaves the check unscored, and begins no further trial",
        judge(Status(401)),
        outcome="unscored",
        calls=2,
        says="does not take the key in KEY",
        is_judged=True,
    ),
)

GROUPS: dict[str, tuple[Row, ...]] = {
    "Throttling": THROTTLING,
    "Servers": SERVERS,
    "Connections": CONNECTIONS,
    "Answers": ANSWERS,
    "Streams": STREAMS,
    "Judges": JUDGES,
}
