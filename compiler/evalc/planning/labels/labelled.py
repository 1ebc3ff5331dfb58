"""An answer with the verdicts that people gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalc.checks.contract import Answered
from evalc.model.catalog import Check, Criterion, Eval, Rubric, Scale

WHOLE = ""
"""Where the verdict on a whole check stands among labels of criteria."""

CLAIMS = "claims"
"""What the plain claims of an eval are called together."""

OF_WHOLE = ("passed", "failed")
OF_MET = ("met", "not-met")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer that a judged check reads, with labels by criterion and for the `WHOLE`; `by` says whose they are."""

    eval_: Eval
    check: Check
    answered: Answered
    labels: Mapping[str, str]
    by: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for the same answer to the same check: labels for it are of one thing."""
        calls = "\n".join(call.model_dump_json() for call in self.answered.response.tool_calls)
        return self.check.id, self.answered.response.text, calls


def rubric_named(eval_: Eval, check: Check) -> Rubric | None:
    """The author's rubric that a check is judged by; None for a plain claim and for what comes with the language."""
    name = check.arguments.get("rubric")
    return next((rubric for rubric in eval_.rubrics if rubric.name == name), None)


def words_of(scale: Scale) -> tuple[str, ...]:
    """What can be said on a scale, best first for met, lowest first for scores."""
    return OF_MET if scale.kind == "met" else tuple(str(score) for score in range(scale.low, scale.high + 1))


def words_for(eval_: Eval, check: Check, *, criterion: str) -> tuple[str, ...]:
    """What can be said of a criterion of a check, or of its `WHOLE`; nothing where it has no such criterion."""
    if criterion == WHOLE:
        return OF_WHOLE
    rubric = rubric_named(eval_, check)
    known: Sequence[Criterion] = rubric.criteria if rubric else ()
    return words_of(rubric.scale) if rubric and criterion in {found.name for found in known} else ()


def rubric_of(check: Check) -> str:
    """The name of what a check is judged by: its rubric, `claims` for a plain claim, or its verb."""
    return str(check.arguments.get("rubric") or (CLAIMS if "claim" in check.arguments else check.verb))
