"""Runs told to programs: events on a descriptor, and OpenTelemetry in files and to a collector."""

import base64
import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.logs.v1.logs_pb2 import LogsData
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData
from pydantic import JsonValue, TypeAdapter

from evalc.model.event import CanaryFinished, Event, RunFinished, RunStarted, TrialFinished
from tests.cli.conftest import Workspace
from tests.servers.chat import Call, Say, Status, Step, is_judgement, serve_chat, verdict_on

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
SECRET = "a-secret-of-the-server"

_HEX = re.compile(r'"(traceId|spanId|parentSpanId)": "([0-9a-f]*)"')


def answer(call: Call) -> Step:
    """A fault at first, then the right capital with the key in it, or the best verdict."""
    if call.number == 1:
        return Status(503, b"{}")
    if is_judgement(call):
        return verdict_on(call, "met", reason=f"it names one city, {SECRET}")
    return Say(f"It is {'Paris' if 'France' in call.texts[-1] else 'Lima'} {SECRET}.")


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Workspace]:
    """A workspace whose target and judge are one server that fails once and repeats the key in its answers."""
    with serve_chat(answer) as server:
        bound = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m-1"\nkey = "SERVED_KEY"\n'
        prices = "[prices.m-1]\ninput_usd_per_million = 100_000\noutput_usd_per_million = 100_000\n"
        workspace.write("evalc.toml", f"[targets.served]\n{bound}\n[judges.served]\n{bound}\n{prices}")
        yield workspace


def run(workspace: Workspace, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A run of both cases, one call at a time."""
    asked = ("run", "--target", "served", "--judge", "served", "--concurrency", "1")
    return workspace.evalc(*asked, *arguments, SERVED_KEY=SECRET)


def lines(path: Path) -> list[str]:
    """The lines of a file, all of them whole."""
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    return text.splitlines()


def test_lines_tell_rate_and_cost(served: Workspace) -> None:
    """In CI, where nobody can look at a bar that moves."""
    ended = run(served)

    assert re.search(r"^2 of 2: 2 passed, [\d.]+ a (second|minute), \$[34]\.00$", ended.stderr, re.MULTILINE), (
        ended.stderr
    )


def test_a_bar_tells_rate_and_cost(served: Workspace) -> None:
    """On a terminal of a hundred columns all of it is seen."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    words = [sys.executable, "-m", "evalc", "run", "--target", "served", "--judge", "served"]
    environment = {**os.environ, "SERVED_KEY": SECRET, "TERM": "xterm"}
    started = subprocess.Popen(words, cwd=served.folder, env=environment, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    started.communicate()
    shown = read_terminal(ours)

    assert 0 == started.returncode
    assert re.search(r"2 passed, \$[34]\.00", shown), shown
    assert re.search(r"2/2\S* [\d.]+ a (second|minute)", shown), shown


def read_terminal(file: int) -> str:
    """What was written to a terminal that nobody writes to any more."""
    parts = []
    try:
        while part := os.read(file, 65536):
            parts.append(part)
    except OSError:
        # Linux says so where others end the file.
        pass
    os.close(file)
    return b"".join(parts).decode()


def test_events_tell_all_of_a_run_to_a_program(served: Workspace) -> None:
    """Each line is an event by its published type; every attempt is in them with what it cost."""
    ended = run(served, "--events", "told/events.jsonl")
    events = [EVENT.validate_json(line) for line in lines(served.folder / "told/events.jsonl")]
    trials = [event for event in events if isinstance(event, TrialFinished)]

    assert 0 == ended.returncode, ended.stderr
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[-1], RunFinished)
    assert [1, 2] == [event.finished for event in trials]
    assert [["transient", None], [None, None]] == [
        [attempt.fault and attempt.fault.kind for attempt in event.attempts] for event in trials
    ]
    assert [1.0, 2.0] == [sum(attempt.cost_usd or 0 for attempt in event.attempts) for event in trials]
    # The fourth dollar is for what tells whether the judge can be trusted.
    (put,) = [event for event in events if isinstance(event, CanaryFinished)]
    assert ("good", "passed", [1.0]) == (
        put.result.canary.kind,
        put.result.outcome,
        [attempt.cost_usd for attempt in put.attempts],
    )
    assert 4.0 == events[-1].spent_usd
    assert ", $4.00" in ended.stdout


def test_events_go_to_a_descriptor_that_is_handed_over(served: Workspace) -> None:
    """A program that starts evalc reads them while the run goes on, without a file."""
    reader, writer = os.pipe()
    words = [sys.executable, "-m", "evalc", "run", "--target", "served", "--judge", "served", "--events", str(writer)]
    environment = {**os.environ, "SERVED_KEY": SECRET}
    started = subprocess.Popen(words, cwd=served.folder, env=environment, pass_fds=[writer], stdout=subprocess.PIPE)
    os.close(writer)
    with os.fdopen(reader) as events:
        kinds = [EVENT.validate_json(line).kind for line in events]
    started.communicate()

    assert 0 == started.returncode
    assert ("started", "finished") == (kinds[0], kinds[-1])
    assert 2 == kinds.count("trial-finished")


def test_a_reader_that_goes_away_does_not_end_the_run(served: Workspace) -> None:
    """What is told is for convenience; what was paid for is in the log."""
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "evalc", "run", "--target", "served", "--judge", "served", "--events", str(writer)]
    ended = subprocess.run(
        words,
        cwd=served.folder,
        env={**os.environ, "SERVED_KEY": SECRET},
        pass_fds=[writer],
        capture_output=True,
        text=True,
    )
    os.close(writer)

    assert 0 == ended.returncode, ended.stderr
    assert 1 == ended.stderr.count("takes no more (broken pipe); the run goes on without it")


@pytest.mark.parametrize("option", ["--events", "--otel"])
def test_what_cannot_be_written_is_said_before_anything_is_asked(served: Workspace, option: str) -> None:
    """Not after the money is spent."""
    ended = run(served, option, "evalc.toml/x")

    assert 2 == ended.returncode
    assert "cannot be written: " in ended.stderr
    assert not (served.folder / "results").exists()


def test_no_secret_is_told(served: Workspace) -> None:
    """Answers and judges repeat the key, and what is told goes to other programs and other machines."""
    run(served, "--events", "events.jsonl", "--otel", "otel")
    told = [served.folder / "events.jsonl", served.folder / "otel/traces.jsonl", served.folder / "otel/logs.jsonl"]

    assert [False] * 3 == [SECRET in path.read_text("utf-8") for path in told]
    assert "[secret SERVED_KEY]" in told[0].read_text("utf-8")
    assert "[secret SERVED_KEY]" in told[2].read_text("utf-8")


def by_protobuf(text: str, kind: type[TracesData] | type[LogsData]) -> TracesData | LogsData:
    """A line read by the published definition of OTLP, whose JSON differs from protobuf's in how it writes ids."""
    as_base64 = _HEX.sub(lambda id: f'"{id[1]}": "{base64.b64encode(bytes.fromhex(id[2])).decode()}"', text)
    data = kind()
    json_format.Parse(as_base64, data)
    return data


@dataclass(frozen=True)
class Told:
    """A span or an event, with its attributes by name."""

    name: str
    id: bytes
    parent: bytes
    attributes: dict[str, JsonValue]
    error: str = ""


def attributes_of(found: object) -> dict[str, JsonValue]:
    """The attributes of a span or an event as plain values."""
    plain = json_format.MessageToDict(found)
    return {entry["key"]: next(iter(entry["value"].values())) for entry in plain.get("attributes", [])}


def spans_of(data: TracesData | ExportTraceServiceRequest) -> list[Told]:
    """All spans, in their order."""
    return [
        Told(span.name, span.span_id, span.parent_span_id, attributes_of(span), span.status.message)
        for resource in data.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def records_of(data: LogsData | ExportLogsServiceRequest) -> list[Told]:
    """All events, in their order."""
    return [
        Told(record.event_name, b"", record.span_id, attributes_of(record))
        for resource in data.resource_logs
        for scope in resource.scope_logs
        for record in scope.log_records
    ]


def check_trace(spans: list[Told], records: list[Told]) -> None:
    """What a trace of the served run has to hold, however it was sent."""
    by_id = {span.id: span for span in spans}
    (root,) = [span for span in spans if not span.parent]
    trials = [span for span in spans if span.name == "evalc trial"]
    calls = [span for span in spans if span.name == "chat m-1"]
    (canary,) = [span for span in spans if span.name == "evalc canary"]
    retried = next(span for span in calls if "2" == span.attributes["evalc.attempts"])
    by_check = {str(record.attributes["gen_ai.evaluation.name"]): record for record in records}

    assert ("evalc run", 2, 4) == (root.name, len(trials), len(calls))
    assert {root.id} == {span.parent for span in (*trials, canary)}
    assert {span.id for span in (*trials, canary)} == {span.parent for span in calls}
    assert ("atlas/capitals/claims!good", "passed", False) == tuple(
        canary.attributes[name] for name in ("evalc.canary.id", "evalc.outcome", "evalc.canary.is_caught")
    )
    assert ("", "m-1", "openai") == (
        retried.error,
        retried.attributes["gen_ai.request.model"],
        retried.attributes["gen_ai.provider.name"],
    )
    assert ("7", "3", 1.0) == tuple(
        retried.attributes[f"{name}"]
        for name in ("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "evalc.cost_usd")
    )
    assert {"gen_ai.evaluation.result"} == {record.name for record in records}
    assert {"names-paris", "names-lima", "names-one", "names-one/claim"} == by_check.keys()
    assert ("pass", 1.0) == tuple(
        by_check["names-one"].attributes[f"gen_ai.evaluation.score.{name}"] for name in ("label", "value")
    )
    # What a judge says of a canary is about the judge, and would spoil figures about answers.
    assert {"answer"} == {by_id[record.parent].attributes["evalc.purpose"] for record in records}


def test_a_run_is_a_trace_in_files(served: Workspace) -> None:
    """By the definition of OTLP, so that any collector reads the files; one kind of data in each."""
    run(served, "--otel", "otel")
    traces = [by_protobuf(line, TracesData) for line in lines(served.folder / "otel/traces.jsonl")]
    logs = [by_protobuf(line, LogsData) for line in lines(served.folder / "otel/logs.jsonl")]

    check_trace(
        [span for data in traces if isinstance(data, TracesData) for span in spans_of(data)],
        [record for data in logs if isinstance(data, LogsData) for record in records_of(data)],
    )


def test_a_failed_question_is_an_error_in_the_trace(served: Workspace) -> None:
    """Who watches an endpoint looks for these."""
    bound = 'type = "openai"\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m-1"\n'
    served.write("evalc.toml", f"[targets.served]\n{bound}[judges.served]\n{bound}[limits]\nmax_attempts = 1\n")
    run(served, "france", "--otel", "otel")
    run(served, "atlas/capitals/france", "--otel", "otel")
    spans = [span for line in lines(served.folder / "otel/traces.jsonl") for span in spans_of(trace(line))]
    errors = {span.name: span.attributes.get("error.type") for span in spans}

    assert {"chat m-1": "transient", "evalc trial": "errored", "evalc run": None} == errors


def trace(line: str) -> TracesData:
    """A line of a file of traces."""
    data = by_protobuf(line, TracesData)
    assert isinstance(data, TracesData)
    return data


@dataclass
class Collected:
    """What a collector was sent: the paths, and the content."""

    url: str
    bodies: list[tuple[str, bytes]] = field(default_factory=list)


@contextmanager
def collector() -> Iterator[Collected]:
    """A collector that takes everything, on a free port of loopback."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            plain = decompress(body) if self.headers.get("content-encoding") == "gzip" else body
            collected.bodies.append((self.path, plain))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    collected = Collected(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield collected
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_run_is_sent_to_a_collector(served: Workspace) -> None:
    """The same trace, over OTLP/HTTP, whole by the end of the run and without a secret."""
    with collector() as collected:
        ended = run(served, "--otel", collected.url)
    traces = [ExportTraceServiceRequest.FromString(body) for path, body in collected.bodies if path == "/v1/traces"]
    logs = [ExportLogsServiceRequest.FromString(body) for path, body in collected.bodies if path == "/v1/logs"]

    assert 0 == ended.returncode, ended.stderr
    check_trace(
        [span for data in traces for span in spans_of(data)], [record for data in logs for record in records_of(data)]
    )
    assert not any(SECRET.encode() in body for _, body in collected.bodies)


def test_a_collector_that_is_away_does_not_end_the_run(served: Workspace) -> None:
    """It is said on standard error, and the verdict stands."""
    ended = run(served, "--otel", "http://127.0.0.1:9")

    assert 0 == ended.returncode, ended.stderr
    assert "2 of 2" in ended.stdout
    assert 1 == ended.stderr.count("127.0.0.1:9")
    assert "the collector at http://127.0.0.1:9 did not take all that it was sent; the log has it" in ended.stderr
    assert json.loads((next(served.folder.glob("results/*/events.jsonl"))).read_text("utf-8").splitlines()[-1])
