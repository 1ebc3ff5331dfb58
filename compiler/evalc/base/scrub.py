"""Secrets kept out of what is written."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from urllib.parse import quote


class Scrubber:
    """Knows the values of secrets by the names of their variables, and shows neither."""

    __slots__ = ("_forms",)

    def __init__(self, secrets: Mapping[str, str]) -> None:
        forms = {form: name for name, value in secrets.items() for form in _forms(value)}
        # A secret that holds another one is replaced as a whole.
        self._forms = sorted(forms.items(), key=lambda item: -len(item[0]))

    def scrub(self, text: str) -> str:
        """The text with `[secret NAME]` for each value, also where it is escaped for JSON, a URL or in base64."""
        for form, name in self._forms:
            if form in text:
                text = text.replace(form, f"[secret {name}]")
        return text

    def __repr__(self) -> str:
        return "Scrubber()"


def _forms(value: str) -> Iterator[str]:
    forms = {value}
    # An answer may be JSON, a judge is shown it in JSON, and what he was shown is written as JSON.
    for _ in range(3):
        forms |= {json.dumps(form, ensure_ascii=is_plain)[1:-1] for form in forms for is_plain in (False, True)}
    yield from forms
    yield quote(value, safe="")
    for encode in (b64encode, urlsafe_b64encode):
        # Inside of a longer text a value begins at one of three offsets, and only whole sextets of it are the same.
        for offset in range(3):
            start = (offset * 8 + 5) // 6
            stop = (offset + len(value.encode())) * 8 // 6
            yield encode(b"\0" * offset + value.encode()).decode()[start:stop]
