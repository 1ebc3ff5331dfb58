"""The Content-Security-Policy of a finished page."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

_SCRIPT = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_NOT_INLINE = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?application/", re.IGNORECASE)

_POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "object-src 'none'; frame-src 'none'"
)


def content_policy(trusted: str) -> str:
    """A policy that allows a page its site's own files, and those inline scripts that stand in its `trusted` part.

    Args:
        trusted: The HTML of the page's theme without any text of specs or answers, so that a script which got in
            with those would not be allowed by its own presence.
    """
    scripts = dict.fromkeys(
        _hash(match["body"]) for match in _SCRIPT.finditer(trusted) if not _NOT_INLINE.search(match["attributes"])
    )
    return _POLICY.format(scripts="".join(f" 'sha256-{found}'" for found in scripts))


@cache
def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
