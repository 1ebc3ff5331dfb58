"""The contents of files in a repository, by their ids."""

import subprocess
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from evalc.base.reading import ReadProblem
from evalc.history.errors import GitFailed, HistoryError, MissingObject
from evalc.history.git import Repository, environment

_CHUNK = 1024 * 1024


class BlobReader:
    """A `git cat-file --batch` that answers as long as it is open."""

    def __init__(self, repository: Repository) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # git, found on the path, with words of our own
            repository.command("cat-file", "--batch"),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing the questions ends it; a question that it never read makes that fail, and changes nothing.
        with suppress(BrokenPipeError):
            self._questions.close()
        self._answers.close()
        self._complaints.close()
        self._process.wait()

    def read(self, blob: str, *, path: str, limit: int) -> bytes:
        """The content of a file of at most `limit` bytes.

        Raises:
            ReadProblem: it is larger.
            HistoryError: the clone lacks it, or git stopped.
        """
        with suppress(BrokenPipeError):
            self._questions.write(f"{blob}\n".encode("ascii"))
            self._questions.flush()
        answer = self._answers.readline().split()
        if len(answer) != 3:
            raise self._failure(path, is_alive=bool(answer))
        size = int(answer[2])
        if size > limit:
            self._skip(size + 1)
            raise ReadProblem(path, f"it is larger than {limit:,} bytes")
        content = self._answers.read(size)
        self._skip(1)
        return content

    @property
    def _questions(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _answers(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    @property
    def _complaints(self) -> IO[bytes]:
        assert self._process.stderr is not None
        return self._process.stderr

    def _failure(self, path: str, *, is_alive: bool) -> HistoryError:
        """Why there was no content: git says so, or it died since it may not fetch what a partial clone left out."""
        if is_alive:
            return MissingObject(path)
        complaint = self._complaints.read(_CHUNK).decode("utf-8", "replace").strip()
        is_unfetched = "promisor" in complaint or "not allowed" in complaint
        return MissingObject(path) if is_unfetched else GitFailed(complaint.rpartition("\n")[2] or "without a reason")

    def _skip(self, size: int) -> None:
        while size > 0:
            size -= len(self._answers.read(min(size, _CHUNK))) or size
