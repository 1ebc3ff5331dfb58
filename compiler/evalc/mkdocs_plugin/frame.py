"""What is done to a finished page of a site, whoever made it."""

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig

from evalc.pages._policy import content_policy

_CHARSET = '<meta charset="utf-8">'
# Material's search is a dialog without a name, which a screen reader has nothing to call by.
_NAMELESS_SEARCH = 'data-md-component="search" role="dialog">'
_NAMED_SEARCH = 'data-md-component="search" role="dialog" aria-label="Search">'


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
