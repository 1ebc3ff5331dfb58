"""What a plan takes, as a person reads it."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.model.plan import AskedEstimate, Bounds, FinishedBefore, PlanEstimate
from evalc.model.settings import Caps
from evalc.run.spending.money import usd

_HEADER = ("who", "calls", "input tokens", "output tokens", "price")


def render_estimate(estimate: PlanEstimate, finished: FinishedBefore, *, caps: Caps, colour: bool) -> str:
    """A table with a line for each target and judge, and what else to know before asking."""
    paint = Painter(colour=colour)
    rows = [_row(asked) for asked in estimate.asked]
    total = ("in all", _bounds(estimate.calls), "", "", _price(estimate.cost_usd))
    asked = [_count(estimate.cases, "case"), _count(estimate.trials, "trial")]
    if estimate.canaries:
        asked.append(f"{estimate.canaries} canar{'y' if estimate.canaries == 1 else 'ies'} for the judge")
    lines = [paint(", ".join(asked), "bold"), ""]
    lines += _table([*rows, total], paint)
    lines += [*_remarks(estimate, finished, caps)]
    return "\n".join(lines) + "\n"


def _row(asked: AskedEstimate) -> tuple[str, ...]:
    model = f" ({visible(asked.model)})" if asked.model else ""
    usage = asked.usage
    return (
        f"{asked.role} {asked.name}{model}",
        _bounds(usage.calls),
        _bounds(usage.input_tokens),
        _bounds(usage.output_tokens),
        _price(asked.cost_usd),
    )


def _table(rows: Sequence[tuple[str, ...]], paint: Painter) -> Iterator[str]:
    widths = [max(len(row[column]) for row in (_HEADER, *rows)) for column in range(len(_HEADER))]
    yield paint(_line(_HEADER, widths), "dim")
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *rest)).rstrip()


def _remarks(estimate: PlanEstimate, finished: FinishedBefore, caps: Caps) -> Iterator[str]:
    if finished.trials:
        yield ""
        yield (
            f"{finished.trials} of {_count(estimate.trials, 'trial')} have a verdict already, on the same case, target "
            f"and judge (newest run: {finished.run_id})"
        )
    if finished.kept_calls:
        yield ""
        yield f"{_count(finished.kept_calls, 'call')} at least can be answered from the cache"
    if estimate.cost_usd is None:
        unknown = [f"{asked.role} {asked.name}" for asked in estimate.asked if asked.cost_usd is None]
        yield ""
        yield f"no price is known for {', '.join(unknown)}; [prices] in the policy says what a model costs"
    elif caps.budget_usd is not None and estimate.cost_usd.high > caps.budget_usd:
        yield ""
        yield f"the budget of {usd(caps.budget_usd)} may not be enough; severe cases go first, and the rest is skipped"
    if caps.max_calls is not None and estimate.calls.high > caps.max_calls:
        yield ""
        yield f"{caps.max_calls} calls may not be enough; severe cases go first, and the rest is skipped"


def _price(cost: Bounds | None) -> str:
    if cost is None:
        return "not known"
    low, high = usd(cost.low), usd(cost.high)
    return low if low == high else f"{low} to {high}"


def _bounds(bounds: Bounds) -> str:
    low, high = f"{bounds.low:,.0f}", f"{bounds.high:,.0f}"
    return low if low == high else f"{low} to {high}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
