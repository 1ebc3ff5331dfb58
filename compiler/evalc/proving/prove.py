"""What an eval's checks make of bad answers, and of its examples."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evalc.base.visible import visible
from evalc.checks._evaluation import evaluate_plain, open_check
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check, Eval, Example
from evalc.model.exchange import Message, Response
from evalc.model.plan import TargetCard
from evalc.model.result import CheckResult
from evalc.model.verdicts.proof import CaseProof, Proof, Survivor, UnprovenCheck
from evalc.proving.probes import Probe, probes_of

_MOST_SHOWN = 10
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What a judge has to tell: a check of a case, and an answer to it."""

    case: Case
    check: Check
    response: Response

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for what gets an equal word."""
        return self.case.id, self.check.id, self.response.model_dump_json(include={"text", "tool_calls"})

    @property
    def answered(self) -> Answered:
        """The answer with what led to it."""
        asked = tuple(Message(role=turn.role, text=turn.text) for turn in self.case.turns)
        return Answered(self.case, asked, self.response)


Tell = Callable[[Question], CheckResult | None]
"""What a judge says, or None where nobody is asked."""


def prove_eval(eval_: Eval, tell: Tell, *, judge: TargetCard | None = None) -> Proof:
    """The proof of an eval; a judged check is put to the judge only where no plain check has failed the answer."""
    cases = tuple(_prove_case(case, eval_, tell) for case in eval_.cases)
    return Proof(eval_id=eval_.id, eval_fingerprint=eval_.fingerprint, judge=judge, cases=cases)


def questions_of(eval_: Eval) -> list[Question]:
    """Everything that a judge has to tell for the proof of an eval, each once."""
    found: dict[tuple[str, str, str], Question] = {}

    def note(question: Question) -> None:
        found.setdefault(question.key, question)

    prove_eval(eval_, note)
    return list(found.values())


def _prove_case(case: Case, eval_: Eval, tell: Tell) -> CaseProof:
    tried: dict[str, int] = {}
    failed: set[str] = set()
    killed: list[Probe] = []
    survived: list[Probe] = []
    untold = 0
    for probe in probes_of(case, eval_):
        said = _say_all(case, probe.response, tell)
        for name, result in said.items():
            if result and result.outcome in ("passed", "failed"):
                tried[name] = tried.get(name, 0) + 1
        fails = [name for name, result in said.items() if result and result.outcome == "failed"]
        failed |= set(fails)
        if fails:
            killed.append(probe)
        elif all(result and result.outcome == "passed" for result in said.values()):
            survived.append(probe)
        else:
            untold += 1
    # What was put together to break one check says nothing about the others.
    counted = [probe for probe in survived if probe.kind != "provoked"]
    return CaseProof(
        case_id=case.id,
        severity=case.severity,
        place=case.place,
        killed=sum(probe.kind != "provoked" for probe in killed),
        survived=len(counted),
        untold=untold,
        passing=tuple(_shown(probe) for probe in counted if probe.must_fail),
        survivors=tuple(_shown(probe) for probe in counted if not probe.must_fail)[:_MOST_SHOWN],
        unproven=tuple(
            UnprovenCheck(check=check.name, words=check.words, tried=tried[check.name], place=check.place)
            for check in _deciding(case)
            if tried.get(check.name) and check.name not in failed
        ),
        wrong=tuple(_wrong(case, tell)),
    )


def _deciding(case: Case) -> list[Check]:
    return [check for check in case.checks if check.level == "must"]


def _say_all(case: Case, response: Response, tell: Tell) -> Mapping[str, CheckResult | None]:
    """What each `must` says of an answer, plain ones first; None where that cannot be told."""
    checks = sorted(_deciding(case), key=lambda check: check.is_judged)
    said: dict[str, CheckResult | None] = {}
    for check in checks:
        is_failed = any(result and result.outcome == "failed" for result in said.values())
        said[check.name] = None if check.is_judged and is_failed else _say(Question(case, check, response), tell)
    return said


def _say(question: Question, tell: Tell) -> CheckResult | None:
    if question.check.is_judged:
        return tell(question)
    if not open_check(question.check).needs_answer_alone:
        return None
    return evaluate_plain(question.check, question.answered)


def _wrong(case: Case, tell: Tell) -> Iterator[str]:
    """What contradicts the labels of examples."""
    checks = {check.name: check for check in case.checks}
    for example in case.examples:
        where = f"{example.place.path}:{example.place.line}"
        for name, check in checks.items():
            result = _say(Question(case, check, Response.like(example)), tell) if _is_told(example, check) else None
            if result and example.label == "good" and result.outcome == "failed":
                yield f"the good answer at {where} fails `{name}`: {visible(result.reason)}"
            if result and name in example.breaks and result.outcome == "passed":
                yield f"the bad answer at {where} passes `{name}`, which it is said to break"


def _is_told(example: Example, check: Check) -> bool:
    """Whether a label says anything of a check: a good one of each `must`, a bad one of what it breaks."""
    return check.level == "must" if example.label == "good" else check.name in example.breaks


def _shown(probe: Probe) -> Survivor:
    text = probe.response.text
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"
    return Survivor(kind=probe.kind, probe=probe.name, text=shown)
