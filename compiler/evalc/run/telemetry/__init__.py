"""Runs as OpenTelemetry has them: spans, and events that say how answers were evaluated."""
