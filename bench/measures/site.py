"""The published catalog: building it, serving it while a spec changes, and what it weighs."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench.measure import Cost, Figure, interleave, run_command
from bench.workspaces import write_workspace

RUNS = 10
_SMALL, _LARGE = 100, 1_000
_THRICE_UP_TO = 1_000
"""Larger catalogs are built once: it takes minutes, and noise is small beside them."""

_MARKDOWN_EVALS = 30
_CACHE = "cache"
_IN = "import os, sys; os.chdir(sys.argv.pop(1)); from evalc.cli.main import main; sys.exit(main(sys.argv[1:]))"
_BODY = re.compile(r"<main>(.*)</main>", re.DOTALL)


def measure(largest: int = _LARGE) -> Iterator[Figure]:
    """Figures of catalogs of 100 and 1,000 evals with 10 runs each, beside Material's own way for a small one.

    Args:
        largest: Another number of evals in the place of 1,000.
    """
    with TemporaryDirectory() as folder:
        yield from _beside_material(Path(folder) / "small")
        a_page = []
        for evals in (_SMALL, largest):
            workspace = Path(folder) / str(evals)
            workspace.mkdir()
            write_workspace(workspace, evals=evals, runs=RUNS)
            cost, figures = build_figures(workspace, evals=evals, rounds=3 if evals <= _THRICE_UP_TO else 1)
            yield from figures
            a_page.append(cost.cpu_s / _count(workspace / "build" / "site", "*.html"))
            yield from rebuild_figures(workspace, evals=evals)
        yield Figure(f"CPU of a page, {largest:,} evals over {_SMALL}", a_page[1] / a_page[0], "x", target=1.2)
        yield watch_figure(workspace, evals=largest)


def build_figures(workspace: Path, *, evals: int, rounds: int) -> tuple[Cost, list[Figure]]:
    """What a whole `evalc site` takes beside our own rendering and writing alone, and what it wrote."""
    site = partial(_run_anew, workspace)
    plain = partial(_run, workspace, "site", "--plain")
    whole, bare = interleave([site, plain], rounds=rounds)
    out = workspace / "build" / "site"
    pages = _count(out, "*.html")
    html = sum(page.stat().st_size for page in (out / "evals").rglob("*.html"))
    index = json.loads((out / "search" / "search_index.json").read_text("utf-8"))
    search = len(json.dumps(index, separators=(",", ":")))
    name = f"site of {evals:,} evals"
    return whole, [
        Figure(f"{name}, {pages:,} pages", whole.cpu_s, "s", "pages alone", bare.cpu_s, 1.5, "ratio"),
        Figure(f"{name}, wall", whole.wall_s, "s", "pages alone", bare.wall_s),
        Figure(f"{name}, memory", whole.memory_mb, "MB", target=600),
        Figure(f"{name}, a page of the catalog", html / _count(out / "evals", "*.html") / 1024, "KB", target=30),
        Figure(f"{name}, search index of an eval", search / evals / 1024, "KB", target=0.5),
    ]


def rebuild_figures(workspace: Path, *, evals: int) -> Iterator[Figure]:
    """What `evalc site` takes after nothing changed, and after one spec did, with what the last build has kept."""
    spec = workspace / "specs" / "vendor-0" / "eval-3.evalc"
    text = spec.read_text("utf-8")
    name = f"site of {evals:,} evals again"
    cost = _run(workspace, "site")
    yield Figure(f"{name}, nothing changed", cost.cpu_s, "s")
    spec.write_text(text.replace("The order is fine", "All is well with the order"), "utf-8")
    cost = _run(workspace, "site")
    spec.write_text(text, "utf-8")
    yield Figure(f"{name}, one spec changed", cost.cpu_s, "s", target=2)
    yield Figure(f"{name}, memory", cost.memory_mb, "MB", target=600)


def watch_figure(workspace: Path, *, evals: int) -> Figure:
    """The time from the change of a spec to the page that shows it, with `evalc site --watch`."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-c", _IN, str(workspace), "site", "--watch", "--address", address]
    page = f"http://{address}/evals/vendor-0/eval-3/case-2/"
    spec = workspace / "specs" / "vendor-0" / "eval-3.evalc"
    text = spec.read_text("utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(workspace / _CACHE)}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as server:
        try:
            _wait_for(page, "The order is fine")
            taken = []
            for number in range(3):
                spec.write_text(text.replace("The order is fine", f"Edit {number} of the order"), "utf-8")
                began = time.perf_counter()
                _wait_for(page, f"Edit {number} of the order")
                taken.append(time.perf_counter() - began)
        finally:
            server.terminate()
            spec.write_text(text, "utf-8")
    return Figure(f"one spec of {evals:,} changed, until its page shows it", sorted(taken)[1], "s", target=2)


def _beside_material(workspace: Path) -> Iterator[Figure]:
    """Our build beside the same pages as Markdown with HTML in it, all in the navigation and the search."""
    workspace.mkdir()
    write_workspace(workspace, evals=_MARKDOWN_EVALS, runs=RUNS)
    _run(workspace, "site", "--plain")
    plain, markdown = workspace / "build" / "pages", workspace / "markdown"
    for page in plain.rglob("index.html"):
        found = _BODY.search(page.read_text("utf-8"))
        assert found, page
        path = markdown / "docs" / page.relative_to(plain).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r"\n\s*\n", "\n", found[1])
        path.write_text(f"<div>{body}</div>\n", "utf-8")
    (markdown / "mkdocs.yml").write_text("site_name: x\ntheme:\n  name: material\n", "utf-8")
    material = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(markdown / "mkdocs.yml")]
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    ours, theirs = interleave(
        [partial(_run_anew, workspace), partial(run_command, material, environment=quiet)], rounds=3
    )
    shutil.rmtree(markdown)
    name = f"site of {_MARKDOWN_EVALS} evals, results read too"
    yield Figure(name, ours.cpu_s, "s", "Material's default, pages given", theirs.cpu_s)


def _run(workspace: Path, *words: str) -> Cost:
    environment = {"NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(workspace / _CACHE)}
    return run_command([sys.executable, "-c", _IN, str(workspace), *words], environment=environment)


def _run_anew(workspace: Path) -> Cost:
    """What a build takes that nothing was kept for."""
    shutil.rmtree(workspace / _CACHE, ignore_errors=True)
    return _run(workspace, "site")


def _wait_for(page: str, words: str) -> None:
    for _ in range(60_000):
        try:
            with urlopen(page) as response:  # Our own server on loopback.
                if words in response.read().decode():
                    return
        except URLError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"{words!r} never came at {page}")


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.rglob(pattern))
