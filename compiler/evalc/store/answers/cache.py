"""Answers kept between runs, found again by all that can change them."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from evalc.base.digest import digest
from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.model.stored import Stored
from evalc.store.record import intact_json, sealed_line

SEMANTICS_VERSION = 2
"""Raised when evalc asks the same question in another way, so that older answers are not found any more."""

_PLACE = re.compile(r"(?P<repeat>\d+)/\d+(?:\.\d+)?(?:/[^/]+/[^/]+(?:/(?P<sample>\d+))?)?")


class Request(Stored):
    """All that an answer depends on. Texts are there as digests, so that a request can be told from its neighbours.

    `repeat` and `sample` number the answers to one question, which are not the same one.
    """

    semantics: int = SEMANTICS_VERSION
    type: str
    fingerprint: str
    purpose: str
    repeat: int
    sample: int = 1
    messages: tuple[str, ...]
    tools: str
    reply_schema: str

    @property
    def digest(self) -> str:
        """What the answer is kept under."""
        return digest(self.model_dump(), length=40)


class KeptAnswer(Stored):
    """An answer with what it depends on; `asked` and `key` say in words whose answer to what it is.

    `kept` is what its provider wants to have back, which the answer itself does not carry into any file. Without it a
    conversation could not go on at the next step, which may not be in the cache.
    """

    request: Request
    asked: str
    key: str
    kept_at: str
    response: Response
    kept: str = ""


def request_of(card: TargetCard, prompt: Prompt) -> Request:
    """What the answer of a target to a prompt depends on."""
    place = _PLACE.match(prompt.key.removeprefix(f"{prompt.case_id}@"))
    return Request(
        type=card.type,
        fingerprint=card.fingerprint,
        purpose=prompt.purpose,
        repeat=int(place["repeat"]) if place else 1,
        sample=int(place["sample"] or 1) if place else 1,
        messages=tuple(digest(message.model_dump(mode="json")) for message in prompt.messages),
        tools=digest([tool.model_dump(mode="json") for tool in prompt.tools]),
        reply_schema=digest(prompt.reply_schema),
    )


class AnswerCache:
    """Answers in a folder that is the user's alone, a file each. What cannot be read or kept is not there.

    Deleting any part of it costs calls, and no more. `hits` counts the answers that were found.
    """

    def __init__(self, folder: Path, scrubber: Scrubber, *, most_bytes: int) -> None:
        self._folder = folder
        self._scrubber = scrubber
        self._most_bytes = most_bytes
        self.hits = 0

    def find(self, card: TargetCard, prompt: Prompt) -> Response | None:
        """The answer that was kept, or None. It costs nothing now."""
        request = request_of(card, prompt)
        path = self._path(prompt.case_id, request)
        kept = _read(path)
        if kept is None or kept.request != request:
            return None
        self.hits += 1
        # What was of use last goes last when room is made.
        with suppress(OSError):
            os.utime(path)
        return kept.response.model_copy(update={"cost_usd": 0.0, "kept": kept.kept})

    def keep(self, card: TargetCard, prompt: Prompt, *, response: Response) -> None:
        """Keep an answer, unless the disk does not take it: a run does not fail for what only saves calls."""
        if card.is_scripted:
            return
        request = request_of(card, prompt)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        kept = KeptAnswer(
            request=request, asked=card.name, key=prompt.key, kept_at=now, response=response, kept=response.kept
        )
        path = self._path(prompt.case_id, request)
        part = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
                file.write(sealed_line(self._scrubber.scrub(kept.model_dump_json())))
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def neighbours(self, case_id: str) -> Iterator[KeptAnswer]:
        """All answers that are kept of a case."""
        for path in sorted((self._folder / digest(case_id)).glob("*.json")):
            if kept := _read(path):
                yield kept

    def prune(self) -> None:
        """Remove what was of no use for longest, until the rest is as small as it may be."""
        entries = [(path.stat(), path) for path in self._folder.glob("*/*.json")]
        size = sum(status.st_size for status, _ in entries)
        for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime):
            if size <= self._most_bytes:
                return
            path.unlink(missing_ok=True)
            size -= status.st_size

    def _path(self, case_id: str, request: Request) -> Path:
        return self._folder / digest(case_id) / f"{request.digest}.json"


def differences(wanted: Request, kept: Request) -> list[str]:
    """What differs between two requests, in words, the plainest first."""
    found = []
    if wanted.semantics != kept.semantics:
        found.append("another version of evalc asked it")
    if wanted.type != kept.type:
        found.append(f"it was asked of a target of type {kept.type}, not {wanted.type}")
    elif wanted.fingerprint != kept.fingerprint:
        found.append("the settings of the target are others: its model, address, temperature or body")
    if (wanted.repeat, wanted.sample) != (kept.repeat, kept.sample):
        found.append(f"it is repeat {kept.repeat}, not {wanted.repeat}")
    if len(wanted.messages) != len(kept.messages):
        found.append(f"there are {len(wanted.messages)} messages instead of {len(kept.messages)}")
    pairs = zip(wanted.messages, kept.messages, strict=False)
    found += [f"message {number} is another" for number, (now, then) in enumerate(pairs, start=1) if now != then]
    if wanted.tools != kept.tools:
        found.append("the tools are others")
    if wanted.reply_schema != kept.reply_schema:
        found.append("the schema of the reply is another")
    return found


def _read(path: Path) -> KeptAnswer | None:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            status = os.fstat(file.fileno())
            # An answer that somebody else could write would be a verdict of their choice.
            if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            json = intact_json(file.read()[:-1])
        return KeptAnswer.model_validate_json(json) if json is not None else None
    except (OSError, ValidationError):
        return None
