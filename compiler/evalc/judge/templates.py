"""The prompts' templates, which ship inside the package."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.base.digest import digest

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "prompts"


def fill(name: str, **values: object) -> str:
    """A template of `judge/prompts` with its slots filled, without line breaks around it."""
    return _environment().get_template(name).render(**values).strip("\n")


@cache
def templates_digest() -> str:
    """The digest of all templates: judgements made with other words are not comparable."""
    return digest({entry.name: entry.read_text("utf-8") for entry in _FOLDER.glob("*.jinja")})


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from evalc.judge.visible import make_visible

    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=False,  # noqa: S701  # a plain text for a model, never HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = make_visible
    return environment


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.jinja").read_text("utf-8")
