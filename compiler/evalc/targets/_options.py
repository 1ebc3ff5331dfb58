"""Kinds of options that several targets take."""

import re
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from evalc.targets._faults import KeyMissing

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,99}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,99}")


class InlineSecret(ValueError):
    """Something else stands where the name of an environment variable fits: probably a key."""


def _named_variable(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        raise InlineSecret("is no name of an environment variable in capitals")
    return value


def _plain_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is no address such as https://api.example.com/v1")
    if parts.username or parts.password:
        raise ValueError("holds a user name or a password; `key` names the environment variable that a key is in")
    if parts.query or parts.fragment:
        raise ValueError("holds `?` or `#`; an address ends with its path")
    if parts.port == 0:
        raise ValueError("names port 0, which nothing listens on")
    return value.rstrip("/")


def _header_name(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError("is no name of a header such as x-api-key")
    return value.lower()


def usable_key(name: str, variable: str, *, secret: Callable[[str], str | None]) -> str:
    """The key in an environment variable, for the target of that name.

    Raises:
        KeyMissing: There is none, or none that a header can hold.
    """
    key = secret(variable)
    if not key:
        raise KeyMissing(name, variable, reason="is not set")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise KeyMissing(name, variable, reason="holds spaces or other characters that no key has")
    return key


KeyName = Annotated[str, AfterValidator(_named_variable)]
"""The name of an environment variable in capitals, never a key itself."""

HttpAddress = Annotated[str, AfterValidator(_plain_address)]
"""An http or https address without user, query and fragment; a `/` at its end is dropped."""

HeaderName = Annotated[str, AfterValidator(_header_name)]
"""The name of an HTTP header."""
