"""Records of a log: one line of JSON each, with a checksum of itself as its last member."""

from typing import Annotated, Literal
from zlib import crc32

from pydantic import Field, TypeAdapter

from evalc.base.scrub import Scrubber
from evalc.model.catalog import Case
from evalc.model.event import Ending
from evalc.model.plan import Plan
from evalc.model.result import CanaryResult, Outcome, TrialResult
from evalc.model.stored import LOG_FORMAT_VERSION, Stored


class RunRecord(Stored):
    """The first record: which run this is, and its plan without cases and trials, which have records of their own."""

    kind: Literal["run"] = "run"
    format: Literal["evalc-log"] = "evalc-log"
    format_version: int = LOG_FORMAT_VERSION
    evalc_version: str
    run_id: str
    started_at: str
    plan: Plan


class CaseRecord(Stored):
    """One case of the plan."""

    kind: Literal["case"] = "case"
    eval_id: str
    case: Case


class TrialsRecord(Stored):
    """The ids of some trials of the plan, in its order."""

    kind: Literal["trials"] = "trials"
    ids: tuple[str, ...]


class PlannedRecord(Stored):
    """The plan is whole: it has so many cases and trials."""

    kind: Literal["planned"] = "planned"
    cases: int
    trials: int


class ResultRecord(Stored):
    """The result of one trial."""

    kind: Literal["result"] = "result"
    result: TrialResult


class CanaryRecord(Stored):
    """What the judge made of one canary."""

    kind: Literal["canary"] = "canary"
    result: CanaryResult


class ResumedRecord(Stored):
    """Asking went on after an interruption, or again for the trials that had ended in one of the outcomes `rerun`."""

    kind: Literal["resumed"] = "resumed"
    at: str
    rerun: tuple[Outcome, ...] = ()


class FinishedRecord(Stored):
    """Asking ended; `reason` says why before its time, `results` is how many trials have a result by then."""

    kind: Literal["finished"] = "finished"
    at: str
    ending: Ending
    reason: str = ""
    planned: int
    results: int


class RepairedRecord(Stored):
    """So many records before this one were damaged, and were left out."""

    kind: Literal["repaired"] = "repaired"
    at: str
    dropped: int


PlanRecord = RunRecord | CaseRecord | TrialsRecord | PlannedRecord
Record = PlanRecord | ResultRecord | CanaryRecord | ResumedRecord | FinishedRecord | RepairedRecord

_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])

_SUM = b',"crc":"'
_TAIL = len(_SUM) + 8 + len(b'"}')


def encode_record(record: Record, scrubber: Scrubber) -> bytes:
    """The line of a record, its line end included, with no secret in it."""
    return sealed_line(scrubber.scrub(record.model_dump_json()))


def sealed_line(json: str) -> bytes:
    """The JSON text of an object as a line, with the checksum of all before it as its last member."""
    body = json.encode()[:-1]
    return b'%s%s%08x"}\n' % (body, _SUM, crc32(body))


def intact_json(line: bytes) -> bytes | None:
    """The JSON text of a record without its checksum, or None where the line is not as it was written."""
    body, tail = line[:-_TAIL], line[-_TAIL:]
    return body + b"}" if tail == b'%s%08x"}' % (_SUM, crc32(body)) else None


def decode_record(json: bytes) -> Record:
    """The record of a JSON text.

    Raises:
        pydantic.ValidationError: The text is none of a record of this version.
    """
    return _RECORD.validate_json(json)
