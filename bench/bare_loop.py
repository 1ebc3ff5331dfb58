"""`python -m bench.bare_loop URL CASES CONCURRENCY`: the same calls with httpx alone, a client for each worker.

What a careful script does: it reads the cases, asks, reads the answer, looks for the expected word, and writes a line.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import httpx


async def _work(url: str, cases: Iterator[dict[str, str]], out: TextIO) -> None:
    async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as client:  # Loopback only.
        for case in cases:
            messages = [{"role": "user", "content": case["prompt"]}]
            response = await client.post(f"{url}/chat/completions", json={"model": "served", "messages": messages})
            text = response.json()["choices"][0]["message"]["content"]
            out.write(json.dumps({"id": case["id"], "passed": case["expect"] in text, "answer": text}) + "\n")
            out.flush()


async def _run(url: str, path: Path, concurrency: int) -> None:
    cases = iter([json.loads(line) for line in path.read_text("utf-8").splitlines()])
    with path.with_suffix(".out").open("w", encoding="utf-8") as out:
        await asyncio.gather(*(_work(url, cases, out) for _ in range(concurrency)))


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
