"""Programs that are asked once: started, given their input, read within limits, and ended with all they started."""

import asyncio
import os
import resource
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_READ_BYTES = 64 * 1024
_MOST_COMPLAINT_BYTES = 16 * 1024

# A program that got no more time from us may still write what it had; a computing one is ended by the kernel.
_SPARE_CPU_S = 5


class TooMuchOutput(Exception):
    """A program wrote more than it may."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program, where it runs, with which environment, and within which limits."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    timeout_s: float
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Output:
    """What a program wrote, and its exit code, or the negative number of the signal that ended it."""

    content: bytes
    complaint: bytes
    code: int


async def run_program(program: Program, given: bytes) -> Output:
    """What a program makes of its input. It has a process group of its own, which ends with it in any case.

    Raises:
        OSError: It cannot be started.
        TimeoutError: It was not done in time.
        TooMuchOutput: It wrote more than it may.
    """
    process = await asyncio.create_subprocess_exec(
        *program.arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=program.folder,
        env=dict(program.environment),
        start_new_session=True,
    )
    try:
        _limit(process.pid, program.timeout_s)
        async with asyncio.timeout(program.timeout_s):
            assert process.stdin
            assert process.stdout
            assert process.stderr
            _, content, complaint = await asyncio.gather(
                _write(process.stdin, given),
                _read(process.stdout, program.max_bytes, cuts=False),
                _read(process.stderr, _MOST_COMPLAINT_BYTES, cuts=True),
            )
            return Output(content, complaint, await process.wait())
    finally:
        # Also where it is done: what it started may go on, and would outlive the run.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _limit(process: int, timeout_s: float) -> None:
    if not hasattr(resource, "prlimit"):
        # Only Linux can limit another process; elsewhere the deadline has to do.
        return
    seconds = int(timeout_s) + _SPARE_CPU_S
    with suppress(ProcessLookupError):
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))


async def _write(stdin: asyncio.StreamWriter, given: bytes) -> None:
    # A program need not read what it is given.
    with suppress(ConnectionError):
        stdin.write(given)
        await stdin.drain()
    with suppress(ConnectionError):
        stdin.close()
        await stdin.wait_closed()


async def _read(output: asyncio.StreamReader, most: int, *, cuts: bool) -> bytes:
    """All output; above the limit it is either cut, and read on to nowhere, or too much."""
    content = bytearray()
    while part := await output.read(_READ_BYTES):
        content += part[: most + 1 - len(content)]
        if len(content) > most and not cuts:
            raise TooMuchOutput
    return bytes(content[:most])
