"""What stands in the head of every page, for places that show links and for search engines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from evalc.base.digest import Content
from evalc.pages._environment import render
from evalc.pages.contract import Library

_EMBLEM = "assets/evalc/card.png"


@dataclass(frozen=True, slots=True)
class Head:
    """What a page is, in plain text, and its path below the site's root; `linked` is it in the words of schema.org.

    `picture` is the path of a picture of 1200 by 630 pixels below the site's root. Without one the theme's own shows.
    """

    path: str
    title: str
    description: str
    is_article: bool = False
    linked: Mapping[str, Content] = field(default_factory=dict)
    picture: str = ""


def address_of(library: Library, path: str) -> str:
    """The absolute address of a path below the site's root; empty where the site's own is not known."""
    return library.address and library.address.rstrip("/") + "/" + path


def render_head(library: Library, head: Head) -> Markup:
    """The head of a page. Pictures need absolute addresses, so there are none where the site's is not known."""
    return render(
        "head.html",
        head=head,
        address=address_of(library, head.path),
        picture=address_of(library, head.picture or _EMBLEM),
    )
