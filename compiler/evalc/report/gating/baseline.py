"""Baselines as text: one line a case, sorted, so that git shows and merges them."""

from collections.abc import Iterator
from typing import get_args

from evalc.model.result import Outcome
from evalc.model.verdicts.comparison import CaseScore
from evalc.model.verdicts.gate import Baseline

_HEAD = "# evalc baseline 1: case, fingerprint, outcome, repeats (+ passed, - failed), judge"
_MARKS: dict[Outcome, str] = {"passed": "+", "failed": "-", "errored": "!", "unscored": "?", "skipped": "."}
_OUTCOMES = {mark: outcome for outcome, mark in _MARKS.items()}
_NO_JUDGE = "-"


class WrongBaseline(Exception):
    """A text is no baseline that this version can read; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line} {reason}")
        self.line = line


def write_baseline(baseline: Baseline) -> str:
    """A line for each case, by id: `CASE FINGERPRINT OUTCOME REPEATS JUDGE`, with `-` where no judge had a say."""
    lines = [_HEAD]
    for score in sorted(baseline.scores, key=lambda score: score.case_id):
        repeats = "".join(_MARKS[outcome] for outcome in score.repeats)
        lines.append(f"{score.case_id} {score.fingerprint} {score.outcome} {repeats} {score.judge or _NO_JUDGE}")
    return "\n".join(lines) + "\n"


def read_baseline(text: str, *, name: str) -> Baseline:
    """The baseline of a target from its text. Of several lines for one case, as a merge may leave, the last counts.

    Raises:
        WrongBaseline: A line is none.
    """
    scores = {score.case_id: score for score in _scores(text)}
    return Baseline(name=name, scores=tuple(scores[id_] for id_ in sorted(scores)))


def renew(before: Baseline | None, after: Baseline) -> Baseline:
    """A baseline with what a newer one says of its cases; a case without a verdict there stays as it was."""
    kept = {score.case_id: score for score in before.scores} if before else {}
    kept |= {score.case_id: score for score in after.scores if score.share is not None}
    return Baseline(name=after.name, scores=tuple(kept[id_] for id_ in sorted(kept)))


def _scores(text: str) -> Iterator[CaseScore]:
    outcomes = {str(outcome): outcome for outcome in get_args(Outcome)}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise WrongBaseline(number, "is the mark of a merge conflict; keep the lines of one side, or of both")
        words = line.split(" ")
        if len(words) != 5:
            raise WrongBaseline(number, f"has {len(words)} words, and `CASE FINGERPRINT OUTCOME REPEATS JUDGE` has 5")
        case_id, fingerprint, outcome, repeats, judge = words
        if outcome not in outcomes:
            raise WrongBaseline(number, f"has the outcome `{outcome}`; {', '.join(outcomes)} fit")
        strange = sorted(set(repeats) - _OUTCOMES.keys())
        if strange or not repeats:
            raise WrongBaseline(number, f"has repeats `{repeats}`; each is one of {' '.join(_OUTCOMES)}")
        yield CaseScore(
            case_id=case_id,
            fingerprint=fingerprint,
            outcome=outcomes[outcome],
            repeats=tuple(_OUTCOMES[mark] for mark in repeats),
            judge="" if judge == _NO_JUDGE else judge,
        )
