"""What is done to a finished page of a site, whoever made it."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from mkdocs.config.defaults import MkDocsConfig

from evalc.pages._policy import content_policy

# Where each space counts.
_SPACED = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_INDENTED = re.compile(r"\n\s+")

_CHARSET = '<meta charset="utf-8">'
# Material's search is a dialog without a name, which a screen reader has nothing to call by.
_NAMELESS_SEARCH = 'data-md-component="search" role="dialog">'
_NAMED_SEARCH = 'data-md-component="search" role="dialog" aria-label="Search">'


def squeeze(output: str, ours: Sequence[str]) -> str:
    """A page whose frame is not indented and has no blank lines, which are a quarter of Material's; what is ours stays.

    Args:
        ours: The parts that the frame is around, in their order.
    """
    for at, part in enumerate(ours):
        before, found, after = output.partition(part)
        if found:
            return _squeeze(before) + found + squeeze(after, ours[at + 1 :])
    return _squeeze(output)


def _squeeze(frame: str) -> str:
    kept = [match[0] for match in _SPACED.finditer(frame)]
    between = [_INDENTED.sub("\n", part) for part in _SPACED.split(frame)[::3]]
    return "".join(chain.from_iterable(zip_longest(between, kept, fillvalue="")))


def name_search(output: str) -> str:
    """A page whose search has a name."""
    return output.replace(_NAMELESS_SEARCH, _NAMED_SEARCH, 1)


def add_policy(output: str, untrusted: Iterable[str] = ()) -> str:
    """A page with a policy that allows its theme's scripts, and none that stands in its untrusted parts."""
    trusted = output
    for part in untrusted:
        trusted = trusted.replace(part, "")
    policy = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{content_policy(trusted)}">'
    return output.replace(_CHARSET, policy, 1)


def obeys_policy(config: MkDocsConfig) -> bool:
    """Whether the site's own pages load nothing from elsewhere, so that a policy does not break them."""
    files = [*config.extra_css, *map(str, config.extra_javascript)]
    return config.theme.get("font") is False and not any("//" in file for file in files)
