"""What commands about a change of specs share: its two sides, and what of it is refused."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from evalc.api.catalogs import CatalogFolder, find_catalog
from evalc.api.reviews import Reviewed, review_specs
from evalc.base.reading import ReadProblem
from evalc.base.render import render_text
from evalc.cli.cache import user_cache
from evalc.cli.console import wants_colour
from evalc.diff.policy import IN_CI, LEVELS, Refusal, read_refusal, refused
from evalc.history.errors import HistoryError
from evalc.model.change import Acceptance, Change, Review
from evalc.store.calibrations import UnreadableLock, read_lock


def add_review_options(parser: ArgumentParser) -> None:
    """Add the sides to compare, and what is refused."""
    parser.add_argument(
        "sides",
        nargs="*",
        metavar="BASE[..HEAD]",
        help="revisions or folders: BASE, BASE..HEAD, BASE...HEAD or BASE HEAD (default: HEAD and the work tree)",
    )
    parser.add_argument("--specs", default="specs", metavar="FOLDER", help="the catalog (default: specs)")
    parser.add_argument(
        "--fail-on",
        action="append",
        type=_refusal,
        metavar="LEVEL[:SEVERITIES]",
        help=f"end with 1 for changes of a level ({', '.join(LEVELS)}) that reach cases of these severities; "
        "default: weakened:critical,high where the environment has CI, else none",
    )
    parser.add_argument("--accept", metavar="REASON", help="take all weakenings, as a label in a pull request does")


def review_asked(arguments: Namespace) -> Reviewed | None:
    """What the change does, or None when that cannot be said, which has been told then."""
    if len(arguments.sides) > 2:
        print("evalc: a comparison has two sides, and these are more", file=sys.stderr)
        return None
    accepted = Acceptance(by="--accept", reason=arguments.accept) if arguments.accept else None
    try:
        folder = _catalog(Path(arguments.specs))
        measured = read_lock(folder.root)
        shelf = user_cache("evals")
        found = review_specs(arguments.sides, folder, accepted=accepted, shelf=shelf, measured=measured)
    except (HistoryError, ReadProblem, UnreadableLock) as problem:
        print(f"evalc: {problem}", file=sys.stderr)
        return None
    if found.findings.has_errors:
        print(render_text(found.findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
        return None
    return found


def stopping_changes(review: Review, arguments: Namespace) -> tuple[Change, ...]:
    """The changes that need somebody who accepts them."""
    return refused(review.changes, arguments.fail_on or ([IN_CI] if os.environ.get("CI") else []))


def _catalog(specs: Path) -> CatalogFolder:
    """The catalog's folder, which one side may lack."""
    try:
        return find_catalog(specs)._replace(paths=None)
    except FileNotFoundError:
        return CatalogFolder(root=specs.resolve(), prefix=specs.as_posix())


def _refusal(words: str) -> Refusal:
    found = read_refusal(words)
    if found is None:
        raise ArgumentTypeError(
            f"{words!r} is no level ({', '.join(LEVELS)}), alone or with severities such as `weakened:critical,high`"
        )
    return found
