"""The prompts' templates, which ship inside the package."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from evalc.base.digest import digest

if TYPE_CHECKING:
    from jinja2 import Environment

_NAMES = ("system", "user", "repair")


def fill(name: str, **values: object) -> str:
    """A template of `judge/prompts` with its slots filled, without a line break at its end."""
    return _environment().get_template(name).render(**values).rstrip("\n")


@cache
def templates_digest() -> str:
    """The digest of all templates: judgements made with other words are not comparable."""
    return digest({name: _read(name) for name in _NAMES})


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_read),
        autoescape=False,  # noqa: S701  # a plain text for a model, never HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _read(name: str) -> str:
    return (files("evalc.judge") / "prompts" / f"{name}.jinja").read_text("utf-8")
