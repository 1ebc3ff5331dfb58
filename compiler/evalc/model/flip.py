"""When a case ended otherwise than before, and what could have made it."""

from typing import Literal

from evalc.model.change import Change
from evalc.model.plan import TargetCard
from evalc.model.result import Outcome
from evalc.model.stored import Stored

Cause = Literal["spec", "target", "judge", "answer"]
"""`spec`: the case asks or demands something else. `target`: another model or other settings. `judge`: another judge,
or the same answers judged otherwise. `answer`: the target answered otherwise, and nothing else changed.
"""


class Look(Stored):
    """How a case ended at a target in one run; `passes` of `trials` repeats passed."""

    run_id: str
    started_at: str
    outcome: Outcome
    passes: int
    trials: int
    fingerprint: str
    target: TargetCard
    judge: TargetCard | None


class TurnedCheck(Stored):
    """A check that passed in one of two runs and failed in the other.

    `reply` names the answer in a conversation, empty for the last one. `reason` is that of the failure. `is_new` is
    true where the check demands something else than before, or was not there.
    """

    check: str
    reply: str = ""
    is_judged: bool
    is_new: bool
    reason: str = ""


class Flip(Stored):
    """Two looks at a case, one after the other, of which one passed and one failed.

    `causes` are all that cannot be ruled out, the likeliest first. `cleared` are sentences that rule one out.
    """

    before: Look
    after: Look
    turned: tuple[TurnedCheck, ...] = ()
    causes: tuple[Cause, ...]
    cleared: tuple[str, ...] = ()


class Commit(Stored):
    """A commit as people know it; `day` is when it was written, as YYYY-MM-DD."""

    id: str
    day: str
    author: str
    subject: str


class SpecChange(Stored):
    """Which commit made a case ask or demand something else, and what that was; no commit is the work tree's."""

    commit: Commit | None
    changes: tuple[Change, ...]


class Release(Stored):
    """What changed in the specs since the release before, `since`, whose name is empty for the first one.

    `name` is a tag; `day` is when it was made, as YYYY-MM-DD.
    """

    name: str
    day: str
    since: str
    changes: tuple[Change, ...]


class CaseHistory(Stored):
    """What runs found of a case at one target, oldest first, and its flips.

    `spec_changes` are the commits behind the last flip, newest first, where it may come from the spec.
    """

    case_id: str
    target: str
    looks: tuple[Look, ...]
    flips: tuple[Flip, ...]
    spec_changes: tuple[SpecChange, ...] = ()
