"""Results that a person looks at, one after the other, on a terminal."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.model.result import PersonVerdict
from evalc.report.judges.flagged import Flagged
from evalc.store.people import add_verdicts

_ANSWERS = {"p": "passed", "passed": "passed", "f": "failed", "failed": "failed"}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who gives verdicts, and on the results in which folder."""

    by: str
    folder: Path

    def keep(self, one: Flagged, *, verdict: str, reason: str) -> PersonVerdict:
        """The verdict on a result, which is on disk then.

        Raises:
            StorageError: The disk takes no more.
        """
        said = verdict_on(one, verdict=verdict, by=self.by, reason=reason)
        add_verdicts(self.folder, [said])
        return said


def verdict_on(one: Flagged, *, verdict: str, by: str, reason: str) -> PersonVerdict:
    """What somebody says of a result now."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return PersonVerdict(
        trial_id=one.trial_id,
        reply=one.result.reply,
        check=one.result.check,
        verdict=verdict,
        by=by.strip(),
        reason=reason.strip(),
        at=at,
    )


def list_flagged(flagged: Sequence[Flagged], paint: Painter) -> Iterator[str]:
    """A line for each result with its flags, and one for each thing that people said of it."""
    for one in flagged:
        yield f"{heading(one)}  {paint(one.result.outcome, 'bold')}"
        yield paint(f"    {visible('; '.join(one.flags))}", "open")
        for said in one.said:
            yield f"    {visible(f'{said.by} says {said.verdict}: {said.reason}')}"


def heading(one: Flagged) -> str:
    """Which result it is, such as `model:acme/facts/sun@1 asks-back (critical)`."""
    reply = f" {one.result.reply}" if one.result.reply else ""
    return visible(f"{one.trial_id}{reply} {one.result.check} ({one.case.severity})")


def show(one: Flagged, paint: Painter) -> Iterator[str]:
    """All that a person needs for a verdict."""
    yield paint(heading(one), "bold")
    yield paint(visible("; ".join(one.flags)), "open")
    for title, text in blocks(one):
        yield paint(f"  {visible(title)}", "dim")
        # GitHub takes a line for a command that begins with `::` behind any spaces.
        yield from (f"  | {visible(line)}" for line in text.splitlines() or [""])


def blocks(one: Flagged) -> Iterator[tuple[str, str]]:
    """The conversation, the answer, what is asked of it, and what was said of it, each with its title."""
    for message in one.asked:
        yield message.role, message.text
    yield "the answer", one.response.text
    for call in one.response.tool_calls:
        yield "it called", f"{call.name} {call.raw or json.dumps(call.arguments, ensure_ascii=False)}"
    yield "what is asked", f"{one.check.level}{' not' if one.check.is_negated else ''} {one.check.words}"
    if one.case.expect:
        yield "what a good answer does", one.case.expect
    yield "what was decided", f"{one.result.outcome}: {one.result.reason}"
    for word in one.result.criteria:
        found = word.verdict or (f"{word.score:g}" if word.score is not None else "")
        yield f"the judge on {word.criterion}", "\n".join([f"{found}: {word.reason}", *word.evidence])
    for said in one.said:
        yield f"{said.by} on {said.criterion or 'it'}", f"{said.verdict}: {said.reason}"


def review_on_terminal(flagged: Sequence[Flagged], reviewer: Reviewer, *, paint: Painter) -> int:
    """How many verdicts a person gave; each is on disk before the next result is shown.

    Raises:
        StorageError: The disk takes no more.
        EOFError: There is nobody to answer any more.
    """
    given = 0
    for number, one in enumerate(flagged, start=1):
        print(f"\n{paint(f'{number} of {len(flagged)}', 'dim')}")
        print("\n".join(show(one, paint)))
        answer = ""
        while answer not in (*_ANSWERS, "s", "q"):
            answer = input("[p]assed, [f]ailed, [s]kip or [q]uit? ").strip().lower()
        if answer == "q":
            break
        if answer == "s":
            continue
        reason = ""
        while not reason.strip():
            reason = input("why? ")
        reviewer.keep(one, verdict=_ANSWERS[answer], reason=reason)
        given += 1
    return given
