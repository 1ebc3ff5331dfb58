"""Text cases: one file with what a phase is given and, below it, what it makes of that."""

import re
from collections.abc import Mapping
from pathlib import Path

_HEADER = re.compile(r"^-- (\S+(?: \S+)*) --\n", re.MULTILINE)


def read_sections(text: str) -> dict[str, str]:
    """The sections of a text case by name, in order; each is empty or ends with a line end.

    Raises:
        ValueError: text stands before the first header, or two sections share a name.
    """
    preamble, *rest = _HEADER.split(text)
    names, bodies = rest[::2], rest[1::2]
    if preamble:
        raise ValueError(f"a text case begins with `-- name --`, and this one with {preamble.splitlines()[0]!r}")
    if len(set(names)) < len(names):
        raise ValueError(f"a section occurs twice among {', '.join(names)}")
    return dict(zip(names, bodies, strict=True))


def write_sections(sections: Mapping[str, str]) -> str:
    """The text case that holds these sections; a body without a line end at its end gets one.

    Raises:
        ValueError: a name or a body would be read back as something else.
    """
    ended = {name: body if not body or body.endswith("\n") else body + "\n" for name, body in sections.items()}
    text = "".join(f"-- {name} --\n{body}" for name, body in ended.items())
    if read_sections(text) != ended:
        raise ValueError("a section holds a line that reads as a header")
    return text


def write_files(sections: Mapping[str, str], folder: Path) -> None:
    """Each section as a file of that name in a folder, byte for byte."""
    for name, body in sections.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8", newline="")


def scrub(text: str, folder: Path, **patterns: str) -> str:
    """The text with what differs from run to run replaced by words: the folder, moments, UUIDs.

    Args:
        patterns: More to replace, the word in capitals and a pattern: `RUN=r"run-[0-9a-f]{8}"` puts `<RUN>`.
    """
    usual = {
        "FOLDER": re.escape(str(folder)),
        "MOMENT": r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?",
        "UUID": r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
    }
    for word, pattern in (usual | patterns).items():
        text = re.sub(pattern, f"<{word}>", text)
    return text
