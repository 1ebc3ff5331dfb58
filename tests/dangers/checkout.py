"""A checkout of a stranger, and evalc run in it as a command, without a network and with an empty environment."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.house.modules import ROOT

SECRET = "the-secret-of-the-machine"

EVAL = """\
vendor shop: Shop
  about: A shop of hats.

eval returns: Returns
  for: shop
  category: Support
  version: 1.0.0
  pass when overall >= 50%

case window: The window for {{what}}
  severity: high
  each:
    | id   | what          |
    | hats | {{7*7}} hats  |
    | caps | caps ${7*7}   |
  input:
    How long may I return {{what}}? {{ cycler.__init__.__globals__.os.popen("touch TRAP") }} {% for x in y %}
  must match /[0-9]+ days/ as names-days
  must fit schema "sum.json" as fits
  good: "30 days"
  bad (breaks names-days): "some days"

case tone: Tone
  severity: low
  input: Was that kind?
  must satisfy "Is kind" as is-kind
"""

SCHEMA = '{"type": "string"}'

# What Python, MkDocs, git and editors take from a folder, where they are let.
_TRAPS = (
    "conftest.py",
    "evalc.py",
    "evalc/__init__.py",
    "hooks.py",
    "json.py",
    "lark.py",
    "pydantic.py",
    "re2.py",
    "setup.py",
    "sitecustomize.py",
    "specs/conftest.py",
    "specs/json.py",
    "specs/plugin.py",
    "typing.py",
    "usercustomize.py",
)


_INSTALLED = (
    *(ROOT / "compiler", ROOT / "grammar", ROOT / "site" / "theme"),
    *(Path(sys.prefix), Path(sys.base_prefix), Path("/usr/share")),
)
# Read by Python's own library, where a system has them.
_SYSTEM = {os.devnull, "/etc/localtime", "/etc/mime.types"}


@dataclass(frozen=True)
class Seen:
    """What came of a command, and what the process asked for: events and what they were about."""

    code: int
    said: str
    events: tuple[tuple[str, str], ...]

    def opened_outside(self, *folders: Path) -> set[str]:
        """The files that were opened, but for those in some folders, and those that Python and evalc consist of."""
        known = tuple(f"{folder}/" for folder in (*folders, *_INSTALLED))
        return {path for event, path in self.events if event == "open" and not path.startswith(known)} - _SYSTEM

    def about(self, *kinds: str) -> set[str]:
        """What the events of some kinds were about."""
        return {about for event, about in self.events if event.startswith(kinds)}


def make_checkout(folder: Path) -> Path:
    """A checkout that is a sound catalog, and has a trap wherever some program might run what lies in a folder.

    What falls into one makes a file `TRAP` beside the checkout.
    """
    root, trap = folder / "checkout", folder / "TRAP"
    (root / "specs").mkdir(parents=True)
    (root / "specs" / "returns.evalc").write_text(EVAL.replace("TRAP", str(trap)), encoding="utf-8")
    (root / "specs" / "sum.json").write_text(SCHEMA, encoding="utf-8")
    for name in _TRAPS:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(f"open({str(trap)!r}, 'w').close()\n", encoding="utf-8")
    (root / "trap.pth").write_text(f"import os; open({str(trap)!r}, 'w').close()\n", encoding="utf-8")
    (root / "pyproject.toml").write_text('[project.entry-points."evalc.checks"]\ntrap = "plugin"\n', encoding="utf-8")
    (root / ".gitattributes").write_text("* filter=trap diff=trap\n", encoding="utf-8")
    program = root / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    program.chmod(0o755)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "add", "--all")
    _git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=All")
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "filter.trap.smudge", "filter.trap.clean"):
        _git(root, "config", name, str(program))
    (root / ".git" / "hooks" / "post-checkout").write_text(program.read_text("utf-8"), encoding="utf-8")
    return root


def ran(root: Path, *words: str) -> Seen:
    """A command in a checkout, noted. Of the environment it has only where it may write."""
    notes, cache, temporary = (root.parent / name for name in ("notes", "cache", "temporary"))
    notes.write_bytes(b"")
    temporary.mkdir(exist_ok=True)
    call = [sys.executable, "-B", str(ROOT / "tests" / "dangers" / "watched.py"), str(notes), *words]
    environment = {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(temporary)}
    done = subprocess.run(
        call, cwd=root, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    events = [tuple(json.loads(line)) for line in notes.read_bytes().splitlines()]
    said = (done.stdout + done.stderr).decode("utf-8")
    return Seen(done.returncode, said, tuple((event, about) for event, about in events))


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", root, *words], check=True, capture_output=True)
