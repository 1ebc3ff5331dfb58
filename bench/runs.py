"""Workspaces for whole runs against an endpoint of our own."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.endpoint import Counts
from bench.measure import EVALC, Cost, run_command

_ROWS_A_SPEC = 1000
_FILLER = (
    "You are reviewing a short support ticket. Read it with care and reply in one or two sentences. The customer says"
    " that the parcel was late, the box was dented and the invoice shows the wrong street."
)


@dataclass(frozen=True)
class Endpoint:
    """A running endpoint, which takes so long for an answer."""

    port: int
    latency_s: float = 0.0

    @property
    def url(self) -> str:
        """What targets take as `base_url`."""
        return f"http://127.0.0.1:{self.port}/v1"

    def counts(self) -> Counts:
        """What it was asked so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/") as answer:  # Loopback.
            return Counts(**json.load(answer))

    def asking_s(self) -> float:
        """From the first call to the last answer."""
        counts = self.counts()
        return counts.last_at - counts.first_at + self.latency_s


@contextmanager
def serve(latency_s: float = 0.0) -> Iterator[Endpoint]:
    """An endpoint in a process of its own, so that it takes none of a run's time."""
    command = [sys.executable, "-m", "bench.endpoint", str(latency_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Endpoint(int(process.stdout.readline()), latency_s)
        finally:
            process.terminate()


@dataclass(frozen=True)
class Workspace:
    """A folder with so many cases of one question and one check, nine in ten of which pass."""

    folder: Path

    @property
    def cases(self) -> Path:
        """All cases as JSON Lines."""
        return self.folder / "cases.jsonl"

    def run(self, endpoint: Endpoint, *options: str, concurrency: int = 50, evalc: Sequence[str] = EVALC) -> Cost:
        """A whole `evalc run`, from start to end."""
        self.bind(endpoint)
        arguments = ["run", "--progress", "none", "--concurrency", str(concurrency), *options]
        return run_command([*evalc, *arguments], folder=self.folder, codes=(0, 1), environment=self.environment)

    def bind(self, endpoint: Endpoint) -> None:
        """Make an endpoint the target and the judge."""
        bound = f'type = "openai"\nbase_url = "{endpoint.url}"\nmodel = "served"\n'
        (self.folder / "evalc.toml").write_text(f"[targets.served]\n{bound}\n[judges.served]\n{bound}")

    @property
    def environment(self) -> dict[str, str]:
        """Where nothing is kept between workspaces."""
        return {"XDG_CACHE_HOME": str(self.folder / "cache")}


def make_workspace(folder: Path, cases: int, *, is_judged: bool = False) -> Workspace:
    """A workspace in a new folder."""
    specs = folder / "specs"
    specs.mkdir(parents=True)
    with (folder / "cases.jsonl").open("w") as whole:
        for number, start in enumerate(range(0, cases, _ROWS_A_SPEC)):
            rows = range(start, min(cases, start + _ROWS_A_SPEC))
            lines = "".join(json.dumps(_case(row)) + "\n" for row in rows)
            whole.write(lines)
            (specs / f"rows-{number}.jsonl").write_text(lines)
            (specs / f"words-{number}.evalc").write_text(_spec(number, is_judged=is_judged))
    return Workspace(folder)


def _case(number: int) -> dict[str, str]:
    word = f"kw-{number * 7919:08x}"
    prompt = f"[case-{number:06d}] Repeat the code word {word} in your answer. {_FILLER}"
    return {"id": f"case-{number:06d}", "prompt": prompt, "expect": word if number % 10 != 9 else f"absent-{word}"}


def _spec(number: int, *, is_judged: bool) -> str:
    judged = '  must satisfy "Repeats the code word" as repeats-it\n' if is_judged else ""
    return (
        f"vendor words-{number}: Words\n\neval words-{number}: Words\n  for: words-{number}\n  category: Search\n"
        f'  version: 1.0.0\n\ncase word: {{{{id}}}}\n  severity: low\n  each: file "rows-{number}.jsonl"\n'
        f'  input:\n    {{{{prompt}}}}\n  must contain "{{{{expect}}}}" as has-the-word\n{judged}'
    )
