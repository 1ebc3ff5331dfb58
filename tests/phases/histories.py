"""Real git repositories: what `evalc diff` says in the course of a history."""

from collections.abc import Mapping
from pathlib import Path

from tests.histories.script import play
from tests.text_cases import scrub

MAKES = ("says",)


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What each `diff` of `script` says (see `tests.histories.script`)."""
    return {"says": scrub(play(sections["script"], folder), folder, COMMIT=r"(?<=\()[0-9a-f]{10}(?=\))")}
