"""Files that a stranger may put into a catalog, each with what evalc says of them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.dangers.checkout import SECRET

_HEAD = "vendor v: V\n  about: V.\n\neval e: E\n  for: v\n  category: C\n  version: 1.0.0\n\n"
_CASE = 'case c: C\n  severity: low\n  input: Why?\n  must contain "a" as says-a\n'

Put = Callable[[Path], None]


@dataclass(frozen=True)
class Danger:
    """What is put into the folder of specs, and parts of what `evalc check` says then, which exits with 2."""

    name: str
    put: Put
    says: tuple[str, ...]


def _spec(line: str, **files: str | bytes) -> Put:
    """A sound eval but for one line of its case, and files beside it; `__` in a name stands for a dot."""

    def put(specs: Path) -> None:
        (specs / "e.evalc").write_text(f"{_HEAD}{_CASE}{line}\n", encoding="utf-8")
        for name, content in files.items():
            path = specs / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return put


def _with(put: Put, make: Callable[[Path], object]) -> Put:
    """Files, and what text cannot say: a link, a pipe, a hole."""

    def both(specs: Path) -> None:
        put(specs)
        make(specs)

    return both


def _whole(content: bytes) -> Put:
    def put(specs: Path) -> None:
        (specs / "e.evalc").write_bytes(content)

    return put


def _links(name: str, target: str) -> Callable[[Path], object]:
    return lambda specs: (specs / name).symlink_to(target)


def _secret(specs: Path) -> None:
    (specs.parents[1] / "secret").mkdir()
    (specs.parents[1] / "secret" / "secret.txt").write_text(SECRET, encoding="utf-8")
    (specs.parents[1] / "secret" / "secret.evalc").write_text(f'let secret = "{SECRET}"\n', encoding="utf-8")


def _hole(specs: Path) -> None:
    with (specs / "rows.csv").open("wb") as file:
        file.truncate(1 << 40)


def _chain(specs: Path) -> None:
    for number in range(250):
        (specs / f"l{number}.evalc").write_text(f'use "l{number + 1}.evalc"\n', encoding="utf-8")
    (specs / "l250.evalc").write_text('let a = "b"\n', encoding="utf-8")
    (specs / "e.evalc").write_text(f'use "l0.evalc"\n\n{_HEAD}{_CASE}', encoding="utf-8")


_TEXT = '  expect: file "secret.txt"'
_LINK = ("a symbolic link leads to it",)

DANGERS = (
    Danger("a spec that is too large", _whole(b"#" * (1 << 20) + b"\n"), ("it is larger than 1,048,576 bytes",)),
    Danger("data without end", _with(_spec('  each: file "rows.csv"'), _hole), ("it is larger than 67,108,864 bytes",)),
    Danger("a device", _with(_spec(_TEXT), _links("secret.txt", "/dev/zero")), _LINK),
    Danger("a pipe", _with(_spec('  expect: file "p"'), lambda specs: os.mkfifo(specs / "p")), ("it is not a file",)),
    Danger("a pipe for a spec", _with(_spec("  use"), lambda specs: os.mkfifo(specs / "p.evalc")), ()),
    Danger("uses without end", _chain, ("more than 200",)),
    Danger("JSON without end", _spec('  tools: file "t.json"', t__json="[" * 500_000), ("64",)),
    Danger(
        "a link to a file", _with(_with(_spec(_TEXT), _secret), _links("secret.txt", "../../secret/secret.txt")), _LINK
    ),
    Danger(
        "a link to a folder",
        _with(_with(_spec('  expect: file "in/secret.txt"'), _secret), _links("in", "../../secret")),
        _LINK,
    ),
    Danger("a way out", _with(_spec('  expect: file "../../secret/secret.txt"'), _secret), ("it climbs with `..`",)),
    Danger(
        "a path from the root", _spec('  expect: file "/etc/passwd"'), ("there is no file `etc/passwd` in the catalog",)
    ),
    Danger("an address", _spec('  expect: file "file:///etc/passwd"'), ("hold no",)),
    Danger("UTF-16", _whole(_HEAD.encode("utf-16")), ("it is UTF-16, and evalc reads UTF-8",)),
    Danger("half a letter", _whole(_HEAD.encode() + b"# \xed\xa0\x80\n"), ("is not UTF-8",)),
    Danger("NUL", _whole(_HEAD.encode() + b"# \0\n"), ("is NUL, which no text holds",)),
    Danger("text that is turned round", _spec('  must contain "a\u202eb"'), ("a\\u{202e}b", "right-to-left override")),
    Danger("a hidden letter in a name", _spec('  must contain "b" as x\u200b'), ("U+200B (zero width space)",)),
    Danger("controls of a terminal", _spec('  must contain "\x1b[2J"'), ("\\u{1b}[2J",)),
    Danger("a pattern that goes back", _spec("  must match /(a)\\1/"), ("bad-pattern",)),
    Danger("a pattern that looks ahead", _spec("  must match /(?=a)b/"), ("bad-pattern",)),
    Danger("a pattern without end", _spec("  must match /((a{1,100}){1,100}){1,100}/"), ("bad-pattern",)),
    Danger(
        "a schema from elsewhere",
        _spec('  must fit schema "s.json"', s__json='{"$ref": "http://127.0.0.1:9/s.json"}'),
        ("a schema refers to nothing outside of itself",),
    ),
    Danger(
        "a schema from a file",
        _spec('  must fit schema "s.json"', s__json='{"$ref": "file:///etc/passwd"}'),
        ("a schema refers to nothing outside of itself",),
    ),
    Danger(
        "a schema without end",
        _spec('  must fit schema "s.json"', s__json='{"not": ' * 5000 + "{}" + "}" * 5000),
        ("64",),
    ),
    Danger("what only a policy may say", _spec("  url: http://127.0.0.1:9/"), ("unknown-field",)),
)
