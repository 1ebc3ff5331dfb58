"""Stable digests of content."""

import json

# `hashlib` gives this very function, and loads OpenSSL for others: a tenth of a warm check.
from _blake2 import blake2b
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# Made once: `json.dumps` makes one for each call that asks for more than its defaults.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

Content: TypeAlias = "bool | int | float | str | Sequence[Content] | Mapping[str, Content] | None"


def digest(content: Content, *, length: int = 16) -> str:
    """The first `length` hexadecimal digits of the BLAKE2b hash of a value's canonical JSON."""
    return digest_bytes(canonical_json(content).encode("utf-8", "surrogatepass"), length=length)


def digest_bytes(content: bytes, *, length: int = 16) -> str:
    """The first `length` hexadecimal digits of the BLAKE2b hash of some bytes."""
    return blake2b(content, digest_size=32).hexdigest()[:length]


def canonical_json(content: Content) -> str:
    """One JSON text for equal values: sorted keys, no spaces, finite numbers only."""
    return _CANONICAL.encode(content)
