"""From a server's refusal to the fault that it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import JsonValue

from evalc.base.scrub import Scrubber
from evalc.targets._answers import Json, count_of, members_of
from evalc.targets._faults import (
    ASKS_FOR_CREDENTIALS,
    KeyRefused,
    NotThere,
    NoWayThrough,
    OutOfQuota,
    QuestionRefused,
    Redirected,
    ServerFailed,
    Throttled,
)
from evalc.targets._hints import hint_in_body, reset_s, retry_after_s
from evalc.targets._text import in_few_words
from evalc.targets.contract import TargetError

FILTER_CODES = frozenset({"content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation"})
"""Codes of a provider's filter that did not let the question through."""

_QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached", "credit_balance_too_low"})
_MODEL_CODES = frozenset({"model_not_found"})

# The status that belongs to an error which comes without one: in a stream, or in an answer with status 200.
_STATUS_OF_CODE = {
    "api_error": 500,
    "authentication_error": 401,
    "invalid_prompt": 400,
    "invalid_request_error": 400,
    "not_found_error": 404,
    "overloaded_error": 529,
    "permission_error": 403,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "request_too_large": 413,
    "server_error": 500,
    "timeout_error": 504,
    "DEADLINE_EXCEEDED": 504,
    "INTERNAL": 500,
    "INVALID_ARGUMENT": 400,
    "NOT_FOUND": 404,
    "PERMISSION_DENIED": 403,
    "RESOURCE_EXHAUSTED": 429,
    "UNAUTHENTICATED": 401,
    "UNAVAILABLE": 503,
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a server says of a failure in a few words, with its code where it gives one, and all of its JSON."""

    said: str
    code: str
    content: Json


@dataclass(frozen=True, slots=True)
class Refusals:
    """Reads refusals of one server. `key` is the variable of the key that it is shown, if any."""

    name: str
    key: str | None
    scrubber: Scrubber

    def fault(self, status: int, headers: Mapping[str, str], *, complaint: Complaint) -> TargetError:
        """The fault that a response with any status but 200 is."""
        now = datetime.now(UTC)
        hint_s = retry_after_s(headers, now=now)
        if hint_s is None and status in (429, 503, 529):
            hint_s = hint_in_body(complaint.content, complaint.said)
        if hint_s is None and status == 429:
            hint_s = reset_s(headers, now=now)
        # Some servers repeat the key that they refuse.
        said = f"{self.scrubber.scrub(complaint.said)} (status {status})"
        code = complaint.code
        advice = headers.get("x-should-retry")
        if status == 407 or 300 <= status < 400:
            return self._astray(status)
        if status == 402 or (status in (400, 403, 429) and code in _QUOTA_CODES):
            return OutOfQuota(self.name, said)
        if status in (401, 403):
            return KeyRefused(self.name, said, variable=self.key)
        if status in (404, 405, 410, 501) or code in _MODEL_CODES:
            return NotThere(self.name, said)
        if advice == "false":
            return QuestionRefused(self.name, said)
        if status in (429, 529) or (status == 503 and hint_s is not None):
            return Throttled(self.name, said, retry_after_s=hint_s)
        if status in (408, 409, 425) or status >= 500 or advice == "true":
            return ServerFailed(self.name, said, retry_after_s=hint_s)
        return QuestionRefused(self.name, said)

    def _astray(self, status: int) -> TargetError:
        """The fault that it is not the server that answered, or that it sends us elsewhere."""
        return NoWayThrough(self.name, ASKS_FOR_CREDENTIALS) if status == 407 else Redirected(self.name, status)

    def fault_within(self, content: Json) -> TargetError:
        """The fault that is told in a stream, or in a body whose status says that all is well."""
        complaint = complaint_in(content)
        given = count_of(members_of(content.get("error")).get("code"))
        status = given if given and 400 <= given < 600 else _STATUS_OF_CODE.get(complaint.code, 500)
        return self.fault(status, {}, complaint=complaint)


def is_error(content: Json) -> bool:
    """Whether an object tells of a failure, whatever the status that it came with."""
    return bool(content.get("error")) or content.get("type") == "error"


def read_complaint(body: bytes) -> Complaint:
    """What a body says of a failure."""
    try:
        content: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        return Complaint(in_few_words(body.decode(errors="replace")) or "nothing more is said", "", {})
    # Google's streams tell of a failure in a list.
    first = content[0] if isinstance(content, list) and content else content
    return complaint_in(first) if isinstance(first, dict) else Complaint(_words(content), "", {})


def complaint_in(content: Json) -> Complaint:
    """What an object says of a failure: in `error`, or where there is none in itself."""
    error = content.get("error") or content
    if not isinstance(error, dict):
        return Complaint(_words(error), "", content)
    said = next((error[key] for key in ("message", "detail") if isinstance(error.get(key), str)), error)
    codes = (error.get(key) for key in ("code", "status", "type"))
    code = next((code for code in codes if isinstance(code, str) and code), "")
    return Complaint(_words(said), code, content)


def _words(said: JsonValue) -> str:
    return in_few_words(said if isinstance(said, str) else json.dumps(said))
