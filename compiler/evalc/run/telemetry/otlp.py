"""Spans and evaluations as OTLP/JSON: one object a line, traces and logs in files of their own.

Source: OpenTelemetry Protocol File Exporter, and the JSON encoding of OTLP 1.
"""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from evalc import __version__
from evalc.run.telemetry.spans import Evaluation, Seen, Span, Value

EVALUATION = "gen_ai.evaluation.result"
"""The name of the event that an evaluation is."""

_KINDS = {"internal": 1, "client": 3}
_ERROR = 2
_INFO = 9


def traces_line(seen: Seen) -> str:
    """The spans as the JSON of a `TracesData`; empty where there are none."""
    if not seen.spans:
        return ""
    scope: JsonValue = {"scope": _SCOPE, "spans": [_span(span) for span in seen.spans]}
    return json.dumps({"resourceSpans": [{"resource": _RESOURCE, "scopeSpans": [scope]}]})


def logs_line(seen: Seen) -> str:
    """The evaluations as the JSON of a `LogsData`; empty where there are none."""
    if not seen.evaluations:
        return ""
    scope: JsonValue = {"scope": _SCOPE, "logRecords": [_record(found) for found in seen.evaluations]}
    return json.dumps({"resourceLogs": [{"resource": _RESOURCE, "scopeLogs": [scope]}]})


def _span(span: Span) -> JsonValue:
    status: JsonValue = {"code": _ERROR, "message": span.error} if span.error else {}
    return {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "parentSpanId": span.parent_id,
        "flags": 1,
        "name": span.name,
        "kind": _KINDS[span.kind],
        "startTimeUnixNano": str(span.start_ns),
        "endTimeUnixNano": str(span.end_ns),
        "attributes": _attributes(span.attributes),
        "status": status,
    }


def _record(found: Evaluation) -> JsonValue:
    return {
        "timeUnixNano": str(found.at_ns),
        "observedTimeUnixNano": str(found.at_ns),
        "severityNumber": _INFO,
        "eventName": EVALUATION,
        "traceId": found.trace_id,
        "spanId": found.span_id,
        "flags": 1,
        "attributes": _attributes(found.attributes),
    }


def _attributes(given: Mapping[str, Value]) -> list[JsonValue]:
    return [{"key": name, "value": _value(value)} for name, value in given.items()]


def _value(value: Value) -> JsonValue:
    match value:
        case str():
            return {"stringValue": value}
        case bool():
            return {"boolValue": value}
        case int():
            # A whole number has 64 bits in OTLP, which a number of JSON may not hold.
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case _:
            return {"arrayValue": {"values": [{"stringValue": text} for text in value]}}


RESOURCE: Mapping[str, str] = {"service.name": "evalc", "service.version": __version__}
"""Who sends all this."""

_RESOURCE: JsonValue = {"attributes": _attributes(RESOURCE)}
_SCOPE: JsonValue = {"name": "evalc", "version": __version__}
