"""A page that is none, to see what somebody makes of pages."""

from markupsafe import Markup

from evalc.pages.contract import Anchor, Page


def stand_in(first: str, depth: int, *, mark: str, anchors: tuple[Anchor, ...]) -> Page:
    """A page below the folder `first`, so many folders deep, whose values can be found again by their mark."""
    return Page(
        path=f"{first}/" + "".join(f"evalc-{mark}-{number}/" for number in range(depth)),
        title=f"evalc-{mark}-title",
        description=f"evalc-{mark}-description",
        head=Markup(f"evalc-{mark}-head"),  # noqa: S704  # A word of our own.
        body=Markup(f"evalc-{mark}-body"),  # noqa: S704  # As above.
        summary="",
        anchors=anchors,
    )
