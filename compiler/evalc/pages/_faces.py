"""What stands for a vendor: its logo, or initials."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evalc.base.digest import digest
from evalc.base.reading import ReadProblem, read_bytes
from evalc.model.catalog import Vendor

HUES = 12
"""How many hues the theme has, `ev-hue-0` and on."""

LOGO_LIMIT = 64 * 1024
"""How many bytes a logo may have: it stands in the page itself."""

_PICTURES = {".jpg": "jpeg", ".png": "png", ".svg": "svg+xml", ".webp": "webp"}


@dataclass(frozen=True, slots=True)
class Face:
    """One or two initials on one of the theme's hues."""

    initials: str
    hue: int


def picture_address(path: str, content: bytes) -> str:
    """A picture as an address that holds all of it.

    A picture in a file of its own could be opened by itself, and an SVG is then a document that runs scripts.
    """
    kind = _PICTURES[PurePosixPath(path).suffix.lower()]
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


def read_logos(vendors: Iterable[Vendor], root: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The logos of vendors as addresses that hold all of them, and a sentence for each that cannot be read.

    Args:
        root: The folder of the specs, which nothing outside of is read.
    """
    logos: dict[str, str] = {}
    problems: list[str] = []
    for vendor in vendors:
        if vendor.logo:
            try:
                content = read_bytes(root, vendor.logo, limit=LOGO_LIMIT)
            except ReadProblem as problem:
                problems.append(f"the logo of {vendor.name}: {problem}")
            else:
                logos[vendor.name] = picture_address(vendor.logo, content)
    return logos, tuple(problems)


def face_of(vendor: Vendor) -> Face:
    """The same face for a vendor on every page and in every build."""
    words = [word for word in vendor.title.split() if word[0].isalnum()] or [vendor.name]
    initials = "".join(word[0] for word in words[:2]).upper()
    return Face(initials, int(digest(vendor.name, length=8), 16) % HUES)
