"""The one place where values become HTML."""

from functools import cache
from importlib.resources.abc import Traversable

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from evalc.base.assets import asset_folder
from evalc.pages._excerpt import brief, reflow
from evalc.pages._figures import as_dollars, as_moment, as_number, as_percent, as_points, as_seconds
from evalc.pages._legible import make_legible
from evalc.pages._words import pattern, say


def render(template: str, **values: object) -> Markup:
    """The HTML of a template of the theme; every value in it is escaped and made legible."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704  # This is what escapes.


@cache
def environment() -> Environment:
    """The environment of all templates: it escapes every value, and refuses one that is missing."""
    templates = asset_folder("theme", loose="site/theme") / "pages"
    made = Environment(
        loader=FunctionLoader(lambda name: _read(templates, name)),
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


def _read(templates: Traversable, name: str) -> str | None:
    found = templates / name
    return found.read_text("utf-8") if found.is_file() else None


def _finalize(value: object) -> object:
    # A page that says "None" hides a mistake of ours.
    assert value is not None, "a template prints a value that is not there"
    # Markup is what a macro made, whose parts have all been here.
    return make_legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
