"""Answers recorded earlier."""

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, ValidationError

from evalc.model.exchange import Prompt, Recording, Response
from evalc.model.plan import TargetCard
from evalc.targets.contract import Target, TargetContext, TargetError, TargetType


class Unrecorded(TargetError):
    """There is no recorded answer to this question."""

    kind = "case-fatal"

    def __init__(self, name: str, key: str) -> None:
        super().__init__(f"`{name}` has no recorded answer to {key}; record one with `--record`")


class StaleRecording(TargetError):
    """There is a recorded answer, but to another question than is asked now."""

    kind = "case-fatal"

    def __init__(self, name: str, key: str) -> None:
        super().__init__(f"`{name}` has an answer to {key} that was recorded for another question; record it again")


class UnreadableRecordings(TargetError):
    """The file of recordings is not there or holds something else."""

    kind = "target-fatal"

    def __init__(self, name: str, path: Path, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot read its recordings {path}: {reason}")


class Replay(TargetType):
    """Gives answers that `evalc run --record` kept, without a call. A question that has changed since has no answer.

    `file` is a file of recordings, relative to the policy.

    Example:
        [targets.before]
        type = "replay"
        file = "recordings/targets/local.jsonl"
    """

    is_free: ClassVar[bool] = True

    file: Annotated[str, Field(min_length=1)]

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        return _Recordings(card, _read(card.name, context.folder / self.file))


class _Recordings(Target):
    """Recorded answers by their keys."""

    def __init__(self, card: TargetCard, recordings: dict[str, Recording]) -> None:
        self.card = card
        self._recordings = recordings

    async def ask(self, prompt: Prompt) -> Response:
        recording = self._recordings.get(prompt.key)
        if recording is None:
            raise Unrecorded(self.card.name, prompt.key)
        if recording.prompt_digest != prompt.digest:
            raise StaleRecording(self.card.name, prompt.key)
        return recording.response


def _read(name: str, path: Path) -> dict[str, Recording]:
    """All recordings of a file; of several with one key the last, for a run that was resumed asked again."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UnreadableRecordings(name, path, reason=str(error.strerror).lower()) from error
    recordings = {}
    for number, line in enumerate(lines, start=1):
        try:
            recording = Recording.model_validate_json(line)
        except ValidationError:
            raise UnreadableRecordings(name, path, reason=f"line {number} is no recording") from None
        recordings[recording.key] = recording
    return recordings
