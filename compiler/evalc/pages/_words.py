"""All words of the pages, read from one file of the theme, and those that a site says otherwise."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from evalc.base.assets import asset_folder
from evalc.base.suggest import closest
from evalc.pages._templates import WORDS, BrokenTemplate

Words = Mapping[str, str | Mapping[str, str]]
"""The words of each key; where a number decides, those for `one` and those for `many`."""


class _Own:
    words: Words = {}


def say(key: str, **values: object) -> str:
    """The words of a key such as `results.title` with values put in; `n` chooses between `one` and `many`.

    Values are never read as a pattern, so they may be untrusted.
    """
    return pattern(key, values.get("n")).format(**values)


def pattern(key: str, n: object) -> str:
    """The words of a key with the names of its values still in braces, in the form for `n` of them."""
    words = _Own.words.get(key) or _theme_words()[key]
    return words if isinstance(words, str) else words["one" if n == 1 else "many"]


def use_words(folder: Path | None) -> None:
    """From now on these are a site's own words: those in a file of this folder, where it has one.

    Raises:
        BrokenTemplate: The file cannot be read, or has words of another shape than the theme's.
    """
    file = folder / WORDS if folder else None
    _Own.words = _read_own(file) if file and file.is_file() else {}


def _read_own(file: Path) -> Words:
    try:
        found = _flat(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise BrokenTemplate(str(file), str(error)) from error
    known = _theme_words()
    for key, words in found.items():
        if key not in known:
            near = closest(key, known)
            raise BrokenTemplate(
                str(file), f"there are no words `{key}`" + (f"; did you mean `{near}`?" if near else "")
            )
        if _shape(words) != _shape(known[key]):
            raise BrokenTemplate(str(file), f"`{key}` has to be like {known[key]!r}, with the same names in braces")
    return found


def _shape(words: object) -> object:
    """What must be the same in other words: whether there are forms, and the names of values."""
    if isinstance(words, Mapping):
        return {form: _shape(each) for form, each in words.items() if form != "one"} | {"one": "one" in words}
    try:
        return {name for _, name, _, _ in Formatter().parse(str(words)) if name is not None}
    except ValueError:
        return None


@cache
def _theme_words() -> Words:
    return _flat((asset_folder("theme", loose="site/theme") / WORDS).read_text("utf-8"))


def _flat(text: str) -> Words:
    return {f"{part}.{name}": word for part, words in tomllib.loads(text).items() for name, word in words.items()}
