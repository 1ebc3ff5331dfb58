"""The history of a case as a person reads it: its runs, where it flipped, and what is to blame."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from evalc.base.visible import visible
from evalc.cli.console import Painter, Style
from evalc.model.flip import CaseHistory, Cause, Flip, Look, SpecChange, TurnedCheck
from evalc.model.result import Outcome

_STYLES: dict[Outcome, Style] = {"passed": "good", "failed": "bad"}


def render_histories(histories: Sequence[CaseHistory], *, colour: bool) -> str:
    """One part for each target; the last flip is told in full, earlier ones by the run where they show."""
    paint = Painter(colour=colour)
    return "\n".join("\n".join(_history(history, paint)) + "\n" for history in histories)


def _history(history: CaseHistory, paint: Painter) -> Iterator[str]:
    yield paint(f"{history.case_id} at {history.target}", "bold")
    flipped = {flip.after.run_id: flip for flip in history.flips}
    for look in history.looks:
        flip = flipped.get(look.run_id)
        yield _look(look, paint) + (f"  flipped: {_causes(flip)}" if flip else "")
    if not history.flips:
        yield "it never flipped"
        return
    yield ""
    yield from _flip(history.flips[-1], history.spec_changes, paint)


def _look(look: Look, paint: Painter) -> str:
    repeats = f" {look.passes} of {look.trials}" if look.trials > 1 else ""
    outcome = paint(f"{look.outcome}{repeats}", _STYLES.get(look.outcome, "open"))
    return f"  {paint(look.started_at[:16].replace('T', ' '), 'dim')}  {look.run_id}  {outcome}"


def _causes(flip: Flip) -> str:
    return " or ".join(f"the {cause}" for cause in flip.causes)


def _flip(flip: Flip, traced: Sequence[SpecChange], paint: Painter) -> Iterator[str]:
    yield f"{flip.before.outcome} in {flip.before.run_id}, {flip.after.outcome} in {flip.after.run_id}"
    for check in flip.turned:
        yield from _turned(check, paint)
    for words in flip.cleared:
        yield paint(f"  not this: {words}", "dim")
    for cause in flip.causes:
        yield f"  {paint(f'the {cause}', 'bold')}: {_explained(cause, flip)}"
        if cause == "spec":
            for change in traced:
                yield from _spec_change(change, paint)


def _turned(check: TurnedCheck, paint: Painter) -> Iterator[str]:
    reply = f"{check.reply} " if check.reply else ""
    kind = " (judged)" if check.is_judged else ""
    yield f"  turned: {reply}{check.check}{kind}"
    if check.reason:
        yield paint(f"      {visible(check.reason)}", "dim")


def _explained(cause: Cause, flip: Flip) -> str:
    match cause:
        case "spec":
            return "the case asks or demands something else"
        case "target":
            return _moved(flip.before.target.model, flip.after.target.model, "other settings, or another model behind")
        case "judge":
            models = [look.judge.model if look.judge else "" for look in (flip.before, flip.after)]
            return _moved(models[0], models[1], "it is another one, or it judged the same answers otherwise")
        case "answer":
            return "the target answered otherwise, and nothing else changed; repeats tell how often it does"
        case _:
            assert_never(cause)


def _moved(before: str, after: str, otherwise: str) -> str:
    return otherwise if before == after else f"{visible(before) or 'none'}, then {visible(after) or 'none'}"


def _spec_change(change: SpecChange, paint: Painter) -> Iterator[str]:
    commit = change.commit
    words = f"{commit.id[:10]} {commit.day} {commit.author}: {commit.subject}" if commit else "not committed yet"
    yield f"    {visible(words)}"
    for item in change.changes:
        yield paint(f"      {item.direction}: {visible(item.sentence)}", "dim")
