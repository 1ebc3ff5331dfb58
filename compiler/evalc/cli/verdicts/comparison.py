"""A comparison as a person reads it: flips first, then rates and what they are worth."""

from collections import Counter
from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter, Style
from evalc.model.verdicts.comparison import (
    CasePair,
    CaseScore,
    LeftOutReason,
    RunComparison,
    Side,
    Slice,
    TargetComparison,
)
from evalc.report.compare import is_loss

_LEFT_OUT: dict[LeftOutReason, str] = {
    "changed": "ask or check something else now",
    "added": "are only in the run after",
    "not-run": "are only in the run before",
    "other-judge": "were judged by another judge",
    "undecided": "have no verdict in one of the runs",
}
_MOST_NAMED = 5
_MOST_SHOWN = 100


def render_comparison(comparison: RunComparison, *, colour: bool) -> str:
    """Each target's flips, rates and cases that are left out."""
    paint = Painter(colour=colour)
    blocks = ["\n".join(_target(compared, paint)) for compared in comparison.targets]
    if comparison.unmatched:
        blocks.append(f"only in one of the runs: {', '.join(map(visible, comparison.unmatched))}")
    return "\n\n".join(blocks) + "\n"


def render_target(compared: TargetComparison, paint: Painter) -> Iterator[str]:
    """What became of the cases at one target, without saying which sides are compared."""
    flips, shifts = compared.flips, compared.shifts
    yield from _cases("lost", [pair for pair in flips if is_loss(pair)], style="bad", paint=paint)
    yield from _cases("gained", [pair for pair in flips if not is_loss(pair)], style="good", paint=paint)
    yield from _cases("shifted, with the same outcome", shifts, style="open", paint=paint)
    yield from _rates(compared.slices, paint)
    for reason, words in _LEFT_OUT.items():
        left_out = [found.case_id for found in compared.left_out if found.reason == reason]
        if left_out:
            yield f"not compared: {len(left_out)} that {words}: {_few(left_out)}"
    yield from (f"note: {visible(note)}" for note in compared.notes)


def _target(compared: TargetComparison, paint: Painter) -> Iterator[str]:
    yield paint(f"{_side(compared.before)} -> {_side(compared.after)}", "bold")
    yield ""
    yield from render_target(compared, paint)


def _side(side: Side) -> str:
    scripted = " (scripted)" if side.target.is_scripted else ""
    return visible(f"{side.target.name}{scripted} in {side.run_id or 'the baseline'}")


def _cases(title: str, pairs: Sequence[CasePair], *, style: Style, paint: Painter) -> Iterator[str]:
    if not pairs:
        return
    yield paint(f"{title} ({len(pairs)})", style)
    shown = pairs[:_MOST_SHOWN]
    width = max(len(visible(pair.case_id)) for pair in shown)
    for pair in shown:
        place = paint(visible(f"{pair.place.path}:{pair.place.line}"), "dim")
        turn = f"{_score(pair.before)} -> {_score(pair.after)}"
        yield f"  {visible(pair.case_id):<{width}}  {pair.severity:<8}  {turn}  {place}"
    if len(pairs) > len(shown):
        yield f"  and {len(pairs) - len(shown):,} more; `--format csv` lists all"
    yield ""


def _score(score: CaseScore) -> str:
    repeats = f" ({score.passes} of {score.decided})" if len(score.repeats) > 1 else ""
    return f"{score.outcome}{repeats}"


def _rates(slices: Sequence[Slice], paint: Painter) -> Iterator[str]:
    header = ("", "cases", "lost", "gained", "before", "after", "difference", "95 % interval", "p", "a loss shows from")
    kinds = Counter(part.kind for part in slices)
    rows = [header, *(_row(part) for part in slices if part.kind != "tag" or part.before or part.lost or part.gained)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for number, row in enumerate(rows):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        yield line if number else paint(line, "dim")
    if kinds["severity"] > 1 or kinds["tag"] > 1:
        yield paint(
            "p is raised for several severities, and for several tags (Holm); fewer than 10 cases have none", "dim"
        )
    yield ""


def _row(part: Slice) -> tuple[str, ...]:
    interval, before, after = part.interval, part.before, part.after
    return (
        visible(part.name) or "all",
        str(part.cases),
        str(part.lost),
        str(part.gained),
        f"{before.rate:.1%}" if before else "",
        f"{after.rate:.1%}" if after else "",
        f"{part.difference:+.1%}" if part.difference is not None else "",
        f"{interval.low:+.1%} to {interval.high:+.1%}" if interval else "",
        f"{part.p_value:.3f}" if part.p_value is not None else "",
        f"{part.smallest_visible:.1%}" if part.smallest_visible is not None else "",
    )


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(visible(name) for name in names[:_MOST_NAMED])
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown
