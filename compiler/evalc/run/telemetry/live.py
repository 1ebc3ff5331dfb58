"""Spans and evaluations sent to a collector while a run goes on, by the SDK of OpenTelemetry.

The SDK's own environment variables hold, such as `OTEL_EXPORTER_OTLP_HEADERS` for a key.
"""

import logging
from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, ReadableLogRecord
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, LogRecordExportResult
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from evalc import __version__
from evalc.base.scrub import Scrubber
from evalc.run.telemetry.otlp import EVALUATION, RESOURCE
from evalc.run.telemetry.spans import Evaluation, Seen, Span, Value

# How long a collector that is away may hold up the end of a run.
_PATIENCE_S = 5

_KINDS = {"internal": SpanKind.INTERNAL, "client": SpanKind.CLIENT}


class _Spans(OTLPSpanExporter):
    """Sends spans, and remembers whether any were not taken."""

    has_failed = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = super().export(spans)
        self.has_failed |= result is not SpanExportResult.SUCCESS
        return result


class _Logs(OTLPLogExporter):
    """Sends events, and remembers whether any were not taken."""

    has_failed = False

    def export(self, batch: Sequence[ReadableLogRecord]) -> LogRecordExportResult:
        result = super().export(batch)
        self.has_failed |= result is not LogRecordExportResult.SUCCESS
        return result


class Collector:
    """An OTLP/HTTP collector: `url` is what `/v1/traces` and `/v1/logs` are added to."""

    def __init__(self, url: str, scrubber: Scrubber) -> None:
        base = url.rstrip("/")
        self._scrubber = scrubber
        self._resource = Resource(dict(RESOURCE))
        self._scope = InstrumentationScope("evalc", __version__)
        # The SDK's own words about each attempt would be between ours; one sentence at the end is enough.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._exporters = (
            _Spans(endpoint=f"{base}/v1/traces", timeout=_PATIENCE_S),
            _Logs(endpoint=f"{base}/v1/logs", timeout=_PATIENCE_S),
        )
        self._spans = BatchSpanProcessor(self._exporters[0])
        self._provider = LoggerProvider(resource=self._resource, shutdown_on_exit=False)
        self._provider.add_log_record_processor(BatchLogRecordProcessor(self._exporters[1]))
        self._logger = self._provider.get_logger("evalc", __version__)

    def send(self, seen: Seen) -> None:
        """Hand over for sending, which goes on in a thread of its own."""
        for span in seen.spans:
            self._spans.on_end(self._span(span))
        for found in seen.evaluations:
            self._emit(found)

    @property
    def has_failed(self) -> bool:
        """Whether the collector did not take something, as far as that is known before and after `close`."""
        return any(exporter.has_failed for exporter in self._exporters)

    def close(self) -> None:
        """Return once everything is sent, or the collector did not take it in time."""
        self._spans.shutdown()  # type: ignore[no-untyped-call]  # the SDK leaves this one method out
        self._provider.shutdown()

    def _span(self, span: Span) -> ReadableSpan:
        parent = _context(span.trace_id, span.parent_id) if span.parent_id else None
        return ReadableSpan(
            name=span.name,
            context=_context(span.trace_id, span.span_id),
            parent=parent,
            resource=self._resource,
            attributes={name: self._clean(value) for name, value in span.attributes.items()},
            kind=_KINDS[span.kind],
            status=Status(StatusCode.ERROR, self._scrubber.scrub(span.error)) if span.error else Status(),
            start_time=span.start_ns,
            end_time=span.end_ns,
            instrumentation_scope=self._scope,
        )

    def _emit(self, found: Evaluation) -> None:
        parent = NonRecordingSpan(_context(found.trace_id, found.span_id))
        self._logger.emit(
            LogRecord(
                timestamp=found.at_ns,
                observed_timestamp=found.at_ns,
                context=trace.set_span_in_context(parent),
                severity_number=SeverityNumber.INFO,
                attributes={name: self._clean(value) for name, value in found.attributes.items()},
                event_name=EVALUATION,
            )
        )

    def _clean(self, value: Value) -> Value:
        return self._scrubber.scrub(value) if isinstance(value, str) else value


def _context(trace_id: str, span_id: str) -> SpanContext:
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))
