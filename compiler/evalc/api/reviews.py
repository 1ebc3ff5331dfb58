"""What a change of specs does."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from evalc.analysis.kept import Shelf
from evalc.api.catalogs import CatalogFolder
from evalc.base.diagnostic import Findings
from evalc.diff.acceptance import AcceptLine, accept, accept_lines, idle_lines, new_lines
from evalc.diff.merge import in_reading_order
from evalc.diff.review import review
from evalc.diff.suppressions import compare_suppressions
from evalc.history.narrow import compile_touched
from evalc.history.sides import open_sides, read_range
from evalc.model.calibration import Measured
from evalc.model.catalog import Catalog
from evalc.model.change import Acceptance, Review
from evalc.report.judges.standing import measured_things


class Reviewed(NamedTuple):
    """What a change of specs does, what is wrong with the specs now, and the `accept` lines that accept nothing."""

    review: Review
    findings: Findings
    idle: tuple[AcceptLine, ...]


def review_specs(
    words: Sequence[str],
    folder: CatalogFolder,
    *,
    accepted: Acceptance | None = None,
    shelf: Shelf | None = None,
    measured: Iterable[Measured] = (),
) -> Reviewed:
    """What changed in a catalog between two revisions, folders or the work tree; only specs that differ are compiled.

    Args:
        words: `BASE`, `BASE..HEAD`, `BASE...HEAD`, both sides as two words, or nothing for `HEAD` and the work tree.
        accepted: Who takes all weakenings, where somebody does that outside of the specs.
        shelf: Keeps what evals mean for the next time.
        measured: What judges were measured on.

    Raises:
        HistoryError: A revision cannot be read.
        ReadProblem: A folder cannot be listed.
    """
    with open_sides(read_range(words), folder.root) as (base, head):
        before, after = compile_touched(base, head, prefix=folder.prefix, shelf=shelf)
    found = review(before.catalog, after.catalog, base=base.words, head=head.words)
    lines = new_lines(accept_lines(before), accept_lines(after))
    suppressions = compare_suppressions(before, after)
    changes = accept(in_reading_order([*found.changes, *suppressions]), lines, otherwise=accepted)
    mistakes = [item for item in before.findings if item.level == "error"]
    unread = [f"what was there before cannot be read: {item.source.name}: {item.message}" for item in mistakes]
    update = {
        "changes": changes,
        "unread": tuple(unread),
        "calibrations": tuple(_outdated(before.catalog, after.catalog, measured)),
        "base_commit": base.commit,
        "head_commit": head.commit,
    }
    return Reviewed(found.model_copy(update=update), after.findings, tuple(idle_lines(changes, lines)))


def _outdated(before: Catalog, after: Catalog, measured: Iterable[Measured]) -> Iterator[str]:
    """What judges were measured on, and are asked otherwise now."""
    old = {name: found for eval_ in before.evals for name, found in measured_things(eval_).items()}
    new = {name: found for eval_ in after.evals for name, found in measured_things(eval_).items()}
    for name in sorted({line.rubric for line in measured}):
        if name in old and name in new and old[name] != new[name]:
            yield name
