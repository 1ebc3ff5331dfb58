"""A review as notes at the lines of a pull request on GitHub."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.diff.render.phrases import acceptance_of, reach_of, subject_of
from evalc.model.change import Change, Direction, Review

_LEVELS: dict[Direction, str] = {"weakened": "warning", "behaviour": "notice"}


def render_annotations(review: Review, stopping: Sequence[Change]) -> str:
    """Workflow commands, one for each change that weakens or tests otherwise; first those that stop, as errors.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", whose escapes keep a text from forging a command.
    """
    stops = {id(change) for change in stopping}
    shown = [change for change in review.changes if change.direction in _LEVELS]
    return "".join(
        f"{_command(change, is_error=id(change) in stops)}\n"
        for change in sorted(shown, key=lambda change: id(change) not in stops)
    )


def _command(change: Change, *, is_error: bool) -> str:
    level = "error" if is_error else _LEVELS[change.direction]
    where = f"file={_property(change.place.path)},line={change.place.line}," if change.place else ""
    message = "; ".join(_words(change))
    return f"::{level} {where}title={_property(change.kind)}::{_escaped(message)}"


def _words(change: Change) -> Iterator[str]:
    yield f"{subject_of(change)}: {change.sentence}"
    if reach := reach_of(change):
        yield f"reaches {reach}"
    if acceptance := acceptance_of(change):
        yield acceptance


def _escaped(text: str) -> str:
    """The text of a command, in which line ends are shown as signs already."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
