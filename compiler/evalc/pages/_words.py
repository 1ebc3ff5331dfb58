"""All words of the pages, read from one file of the theme."""

import tomllib
from functools import cache

from evalc.base.assets import asset_folder


def say(key: str, **values: object) -> str:
    """The words of a key such as `results.title` with values put in; `n` chooses between `one` and `many`.

    Values are never read as a pattern, so they may be untrusted.
    """
    return pattern(key, values.get("n")).format(**values)


def pattern(key: str, n: object) -> str:
    """The words of a key with the names of its values still in braces, in the form for `n` of them."""
    words = _words()[key]
    return words if isinstance(words, str) else words["one" if n == 1 else "many"]


@cache
def _words() -> dict[str, str | dict[str, str]]:
    text = (asset_folder("theme", loose="site/theme") / "words.toml").read_text("utf-8")
    return {f"{part}.{name}": word for part, words in tomllib.loads(text).items() for name, word in words.items()}
