"""Templates of a site's own, before those of the theme, and what is said where one of them is broken."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, FunctionLoader, PrefixLoader, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound, UndefinedError

from evalc.base.assets import asset_folder
from evalc.base.suggest import closest

WORDS = "words.toml"
"""The file with all words of the pages, of which a site may have one too."""

_NAMED = re.compile(r"'([^']+)' is undefined")


class BrokenTemplate(Exception):
    """A template of a site's own that cannot be read, or not be filled in."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


def loader_of(own: Path | None) -> BaseLoader:
    """A loader of templates by their names: those of the folder `own` first, and the theme's as `evalc/NAME` too."""
    theme = asset_folder("theme", loose="site/theme") / "pages"
    packaged = FunctionLoader(lambda name: _read(theme, name))
    if own is None:
        return packaged
    return ChoiceLoader([FileSystemLoader(own), packaged, PrefixLoader({"evalc": packaged})])


def strangers_in(own: Path) -> Iterator[str]:
    """A sentence for each file of a folder that no page would ever use, which is a slip in its name."""
    theme = asset_folder("theme", loose="site/theme") / "pages"
    known = {WORDS, *(entry.name for entry in theme.iterdir())}
    for file in sorted(own.iterdir()):
        if file.is_file() and file.name not in known and not file.name.startswith(("_", ".")):
            near = closest(file.name, sorted(known))
            cure = f"did you mean `{near}`?" if near else "the name of one for others to include begins with `_`"
            yield f"{file}: no page uses a template of this name; {cure}"


def explain(error: Exception, *, own: Path, values: Mapping[str, object]) -> BrokenTemplate | None:
    """What is wrong with a template of the folder `own`, or None where the mistake is not in one."""
    if isinstance(error, TemplateSyntaxError):
        is_own = error.filename is not None and Path(error.filename).is_relative_to(own)
        return BrokenTemplate(f"{error.filename}:{error.lineno}", error.message or "") if is_own else None
    place = _place_in(own, error.__traceback__)
    if isinstance(error, TemplateNotFound) and not place:
        # Which one names it, the engine does not tell.
        return BrokenTemplate(str(own), f"a template there names `{error.name}`, which there is not")
    return BrokenTemplate(place, _problem(error, values)) if place else None


def _problem(error: Exception, values: Iterable[str]) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}`"
    missing = _NAMED.fullmatch(str(error)) if isinstance(error, UndefinedError) else None
    if missing:
        near = closest(missing[1], values)
        cure = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{name}`' for name in sorted(values))}"
        return f"there is no value `{missing[1]}` here; {cure}"
    return str(error) or type(error).__name__


def _place_in(own: Path, traceback: TracebackType | None) -> str:
    """The innermost line of a template of the folder that was being filled in; empty where there was none."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(traceback)]
    found = [f"{name}:{line}" for name, line in frames if Path(name).is_relative_to(own)]
    return found[-1] if found else ""


def _read(templates: Traversable, name: str) -> str | None:
    found = templates / name
    return found.read_text("utf-8") if found.is_file() else None
