"""Files with one fact a line, such as baselines and verdicts of people, merged line by line instead of by their places.

Git merges texts by neighbourhood: two branches that add lines for other cases at the same place conflict although they
agree, and two that changed one case far apart in the file may not.
"""

from typing import NamedTuple


class LineMerge(NamedTuple):
    """The merged text, and how many keys both sides changed in their own way; those stand between conflict marks."""

    text: str
    conflicts: int


def merge_lines(base: str, *, ours: str, theirs: str) -> LineMerge:
    """What two sides made of a file together.

    The key of a line is its first word, or the whole of it where it is JSON or a comment. Lines keep the order of our
    side; what only their side has follows the line that it follows there, or what begins the file.
    """
    before, left, right = (_by_key(text) for text in (base, ours, theirs))
    merged: list[str] = []
    conflicts = 0
    for key in _order(list(left), list(right)):
        was, our, their = (side.get(key) for side in (before, left, right))
        if our == their or their == was:
            chosen = our
        elif our == was:
            chosen = their
        else:
            conflicts += 1
            parts = ["<<<<<<< ours\n", our or "", "=======\n", their or "", ">>>>>>> theirs\n"]
            chosen = "".join(parts)
        if chosen:
            merged.append(chosen)
    return LineMerge("".join(merged), conflicts)


def _by_key(text: str) -> dict[str, str]:
    """Lines by their keys. Where a key comes twice the later line counts, as for those who read the file."""
    lines: dict[str, str] = {}
    for line in text.splitlines(keepends=True):
        whole = line.rstrip("\r\n")
        key = whole if whole.startswith(("{", "#")) or not whole.strip() else whole.split(maxsplit=1)[0]
        lines[key] = line if line.endswith("\n") else f"{line}\n"
    return lines


def _order(left: list[str], right: list[str]) -> list[str]:
    known = set(left)
    after: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for key in right:
        if key in known:
            anchor = key
        else:
            after.setdefault(anchor, []).append(key)
    ordered = list(after.get(None, []))
    for key in left:
        ordered += [key, *after.get(key, [])]
    return ordered
