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
    yield value
    for outer in (False, True):
        # An answer may be JSON itself, and is then escaped once more where it is written.
        for inner in (False, True):
            once = json.dumps(value, ensure_ascii=inner)[1:-1]
            yield once
            yield json.dumps(once, ensure_ascii=outer)[1:-1]
    yield quote(value, safe="")
    for encode in (b64encode, urlsafe_b64encode):
        # Inside of a longer text a value begins at one of three offsets, and only whole sextets of it are the same.
        for offset in range(3):
            start = (offset * 8 + 5) // 6
            stop = (offset + len(value.encode())) * 8 // 6
            yield encode(b"\0" * offset + value.encode()).decode()[start:stop]
