"""`python -m tests.fuzz READER SECONDS`: look for bytes that break a reader, guided by what code they reach."""

import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evalc"]):
    from tests.fuzz.readers import READERS

FOUND = Path("build/fuzz")

# What a reader begins with: files of this repository, and a few bytes that say what its form is.
_FILES = {"csv": "*.csv", "json-lines": "*.jsonl", "schema": "*schema*.json", "tools": "*.json", "log": "*.jsonl"}
_BYTES = {
    "check": b'not match /a[b/]+\\/c/i as no-c\nhave $.a["b"][0] in 1, "x"\nmean >= 80% and no criterion below 3\n',
    "csv": b'id,question\na,"Why, ""so""?"\n',
    "json-lines": b'{"id": "a", "question": "Why\\u0301?"}\n',
    "schema": b'{"$ref": "#/$defs/a", "$defs": {"a": {"pattern": "^a+$", "enum": [1, null]}}}',
    "tools": b'[{"name": "a", "description": "b", "parameters": {"type": "object"}, "results": []}]',
}


def main(reader: str, seconds: str) -> None:
    """Run until the time is over, or until something breaks, whose bytes are kept then."""
    corpus, crashes = FOUND / reader, FOUND / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds(reader)):
        (corpus / f"seed-{number}").write_bytes(seed[:8192])
    limits = [f"-max_total_time={seconds}", "-max_len=8192", "-timeout=10", "-rss_limit_mb=1024", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={crashes}/{reader}-", str(corpus)], READERS[reader])
    atheris.Fuzz()


def _seeds(reader: str) -> Iterator[bytes]:
    folder = Path("tests/store/logs" if reader == "log" else "specs")
    for path in sorted(folder.rglob(_FILES.get(reader, "*.evalc"))):
        yield path.read_bytes()
    if reader in _BYTES:
        yield _BYTES[reader]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
