"""What is known of an eval's checks before any target is asked."""

from typing import Literal

from evalc.model.catalog import Severity
from evalc.model.plan import TargetCard
from evalc.model.stored import Place, Stored

ProbeKind = Literal["example", "canned", "mutant", "provoked"]
"""Where a bad answer comes from: a `bad` example, one that is bad for every case, a good example that was changed, or
one that holds what a check forbids."""


class Survivor(Stored):
    """A bad answer that passes a case; `text` is its beginning."""

    kind: ProbeKind
    probe: str
    text: str


class UnprovenCheck(Stored):
    """A `must` that failed none of the bad answers that were tried on it."""

    check: str
    words: str
    tried: int
    place: Place


class CaseProof(Stored):
    """What bad answers made of one case.

    `passing` are answers that must fail it and pass: `bad` examples, and ones that are bad for every case. `survivors`
    are changed good answers that still pass; a change may have left them good. `wrong` are sentences on good examples
    that fail, and on bad ones that do not fail by what they are said to break. `untold` counts answers of which only a
    judge or a run could tell.
    """

    case_id: str
    severity: Severity
    place: Place
    killed: int = 0
    survived: int = 0
    untold: int = 0
    passing: tuple[Survivor, ...] = ()
    survivors: tuple[Survivor, ...] = ()
    unproven: tuple[UnprovenCheck, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def is_weak(self) -> bool:
        """Whether something here is to be mended."""
        return bool(self.passing or self.unproven or self.wrong)


class Proof(Stored):
    """How well the checks of an eval tell bad answers. `judge` is who told of judged checks, None where nobody did."""

    format: Literal["evalc-proof"] = "evalc-proof"
    format_version: int = 1
    eval_id: str
    eval_fingerprint: str
    judge: TargetCard | None = None
    cases: tuple[CaseProof, ...]

    @property
    def killed(self) -> int:
        """How many bad answers fail."""
        return sum(case.killed for case in self.cases)

    @property
    def told(self) -> int:
        """Of how many bad answers it is known whether they fail."""
        return self.killed + sum(case.survived for case in self.cases)

    @property
    def share(self) -> float | None:
        """The share of bad answers that fail, 0 to 1, or None where nothing is known of any."""
        return self.killed / self.told if self.told else None
