"""From a command line to a plan, with everything that can be wrong on the way said on standard error."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evalc.api.catalogs import CatalogFolder, find_policy
from evalc.base.visible import visible
from evalc.cli.console import wants_colour
from evalc.cli.runs.options import settings_of
from evalc.model.catalog import Catalog
from evalc.model.settings import Policy, Selection

if TYPE_CHECKING:
    from evalc.base.diagnostic import Findings
    from evalc.model.plan import Plan
    from evalc.planning.selection import Known


class Planned(NamedTuple):
    """The work, and the policy that it goes by."""

    plan: "Plan"
    policy: Policy


def plan_work(
    catalog: Catalog, arguments: Namespace, *, specs: CatalogFolder | None = None, command: str = "run"
) -> Planned | None:
    """What a command line asks for, or None after what is wrong with it was said.

    Args:
        specs: Where the catalog lies, which a selection by changes needs.
        command: Its word, which what is wrong is shown behind.
    """
    from evalc.planning.plan import make_plan

    policy = read_policy_of(arguments)
    if policy is None:
        return None
    settings = settings_of(arguments)
    known = _known(settings.selection, arguments, specs)
    if known is None:
        return None
    plan, findings = make_plan(catalog, policy, settings=settings, known=known, command=command)
    if settings.selection.seed is not None:
        seed = settings.selection.seed
        print(f"evalc: the order is drawn with the seed {seed}; --shuffle {seed} draws it again", file=sys.stderr)
    return None if print_findings(findings) else Planned(plan, policy)


def read_plan_file(path: Path, policy: Policy, *, seal: str | None) -> "Plan | None":
    """The plan in a file, or None after it was said why it is not taken."""
    from evalc.planning.artefact import PLAN_LIMIT, PlanRefused, read_plan

    try:
        with path.open("rb") as file:
            content = file.read(PLAN_LIMIT + 1)
        if len(content) > PLAN_LIMIT:
            raise PlanRefused(f"it is larger than {PLAN_LIMIT} bytes")
        return read_plan(content, policy, approved=seal)
    except OSError as error:
        print(f"evalc: {path} cannot be read: {str(error.strerror).lower()}", file=sys.stderr)
    except PlanRefused as refused:
        print(f"evalc: {path} is not taken: {visible(str(refused))}", file=sys.stderr)
    return None


def read_policy_of(arguments: Namespace) -> Policy | None:
    """The policy that a command line names or that is nearest, or None after what is wrong with it was said."""
    from evalc.planning.policy.read import read_policy

    path = Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())
    if path is None:
        print(
            "evalc: there is no evalc.toml in this folder or above it, so nobody to ask; `evalc init` writes one,"
            " which binds names of targets and judges to endpoints, or name one with --policy",
            file=sys.stderr,
        )
        return None
    policy, findings = read_policy(path)
    return None if print_findings(findings) else policy


def print_findings(findings: "Findings") -> bool:
    """Print findings, and tell whether one of them is an error."""
    from evalc.base.render import render_text

    if findings:
        print(render_text(findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
    return findings.has_errors


def _known(selection: Selection, arguments: Namespace, specs: CatalogFolder | None) -> "Known | None":
    from evalc.planning.selection import Known

    if not selection.last and not selection.changed_since:
        return Known()
    from evalc.api.selections import find_known
    from evalc.base.reading import ReadProblem
    from evalc.history.errors import HistoryError
    from evalc.store.errors import StorageError

    assert specs, "only a command with specs selects by what happened"
    try:
        return find_known(selection, arguments.target, results=Path(arguments.results), specs=specs)
    except (HistoryError, ReadProblem, StorageError) as problem:
        print(f"evalc: {problem}", file=sys.stderr)
        return None
