"""`python -m tests.fuzz READER SECONDS`: look for bytes that break a reader, guided by what code they reach."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evalc"]):
    from tests.fuzz.readers import READERS

FOUND = Path("build/fuzz")


def main(reader: str, seconds: str) -> None:
    """Run until the time is over, or until something breaks, whose bytes are kept then."""
    corpus, crashes = FOUND / reader, FOUND / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for number, spec in enumerate(sorted(Path("specs").rglob("*.evalc")) if reader in ("spec", "catalog") else ()):
        (corpus / f"spec-{number}").write_bytes(spec.read_bytes()[:4096])
    limits = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=5", "-rss_limit_mb=1024", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={crashes}/{reader}-", str(corpus)], READERS[reader])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
