"""The one place where values become HTML."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evalc.pages._excerpt import brief, reflow
from evalc.pages._figures import as_dollars, as_moment, as_number, as_percent, as_points, as_seconds
from evalc.pages._legible import make_legible
from evalc.pages._templates import explain, loader_of
from evalc.pages._words import pattern, say, use_words


class _Own:
    """The folder of a site's own templates. A process makes one site at a time, as MkDocs does."""

    folder: Path | None = None


def use_templates(folder: Path | None) -> None:
    """From now on all pages are made with the templates and words of this folder, and the theme's for the rest.

    Raises:
        BrokenTemplate: The words cannot be read, or are none of the theme's.
    """
    use_words(folder)
    _Own.folder = folder
    if folder:
        # What was the theme's the last time may be the site's own now.
        environment.cache_clear()


def render(template: str, **values: object) -> Markup:
    """The HTML of a template; every value in it is escaped and made legible.

    Raises:
        BrokenTemplate: A template of the site's own cannot be read, or not be filled in.
    """
    own = _Own.folder
    try:
        return Markup(environment(own).get_template(template).render(**values))  # noqa: S704  # This is what escapes.
    except Exception as error:
        broken = explain(error, own=own, values=values) if own else None
        if broken is None:
            raise
        raise broken from error


@cache
def environment(own: Path | None) -> Environment:
    """The environment of all templates: it escapes every value, and refuses one that is missing."""
    made = Environment(
        loader=loader_of(own),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"pattern": pattern, "say": say}
    made.filters |= {
        "brief": brief,
        "dollars": as_dollars,
        "moment": as_moment,
        "number": as_number,
        "percent": as_percent,
        "points": as_points,
        "reflow": reflow,
        "seconds": as_seconds,
    }
    return made


def _finalize(value: object) -> object:
    # A page that says "None" hides a mistake of ours.
    assert value is not None, "a template prints a value that is not there"
    # Markup is what a macro made, whose parts have all been here.
    return make_legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
