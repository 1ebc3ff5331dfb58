"""What stands for a vendor where there is no logo."""

from dataclasses import dataclass

from evalc.base.digest import digest
from evalc.model.catalog import Vendor

HUES = 12
"""How many hues the theme has, `ev-hue-0` and on."""


@dataclass(frozen=True, slots=True)
class Face:
    """One or two initials on one of the theme's hues."""

    initials: str
    hue: int


def face_of(vendor: Vendor) -> Face:
    """The same face for a vendor on every page and in every build."""
    words = [word for word in vendor.title.split() if word[0].isalnum()] or [vendor.name]
    initials = "".join(word[0] for word in words[:2]).upper()
    return Face(initials, int(digest(vendor.name, length=8), 16) % HUES)
