"""What is counted of an answer, and in which unit its bound is written."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, cast

from pydantic import JsonValue

from evalc.base.record import record
from evalc.checks.codes import BOUND_SAYS_NOTHING, WRONG_UNIT
from evalc.checks.contract import Objection
from evalc.model.rule import Operator
from evalc.syntax.phrase import Match

if TYPE_CHECKING:
    from evalc.model.exchange import Response

Measure = Literal["words", "characters", "lines", "tokens", "latency", "cost"]


@record
class Unit:
    """How the bound of a measure is written: its marks with their factors, an example, and how most write a number."""

    factors: Mapping[str, float]
    example: str
    usual: str


_PLAIN = Unit({"": 1}, "a plain number such as `220`", "{}")
_UNITS: dict[Measure, Unit] = {
    "words": _PLAIN,
    "characters": _PLAIN,
    "lines": _PLAIN,
    "tokens": _PLAIN,
    "latency": Unit({"s": 1, "ms": 0.001, "m": 60}, "a time such as `4s` or `800ms`", "{}s"),
    "cost": Unit({"$": 1}, "an amount such as `$0.02`", "${}"),
}


def measure_of(response: "Response", measure: Measure) -> float | None:
    """The value of a measure, in seconds or US dollars where it has a unit; None if the endpoint did not tell."""
    match measure:
        case "words":
            return len(response.text.split())
        case "characters":
            return len(response.text.strip())
        case "lines":
            return len(response.text.strip().splitlines())
        case "tokens":
            return response.output_tokens
        case "latency":
            return response.latency_s
        case "cost":
            return response.cost_usd


def bound_of(match: Match) -> float:
    """The bound that matched words give, in seconds or US dollars where the measure has a unit."""
    quantity = _quantity(match)
    return float(cast(float, quantity["number"])) * _unit(match).factors[str(quantity["unit"])]


def object_to_bound(match: Match) -> Iterator[Objection]:
    """What speaks against a measure with its bound: another unit, or a bound that no answer is beyond."""
    quantity, unit = _quantity(match), _unit(match)
    number, mark = cast(float, quantity["number"]), str(quantity["unit"])
    written = f"${number}" if mark == "$" else f"{number}{mark}"
    measure = str(match.values["measure"])
    if mark not in unit.factors:
        near = unit.usual.format(number) if not mark or not unit.factors.keys() - {""} else ""
        values = {"measure": measure, "wanted": unit.example, "written": written}
        yield Objection(WRONG_UNIT, "bound", {**values}, near=near)
        return
    operator = cast(Operator, match.values["operator"])
    verdict = _foregone(operator, number)
    if verdict:
        values = {"measure": measure, "operator": operator, "bound": written, "verdict": verdict}
        yield Objection(BOUND_SAYS_NOTHING, "bound", {**values})


def amount(value: float, measure: Measure) -> str:
    """A value with its unit, for a reason."""
    if measure == "latency":
        return f"{value:.3g} s" if value < 100 else f"{value:.0f} s"
    if measure == "cost":
        return f"${value:.6f}".rstrip("0").rstrip(".")
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def _foregone(operator: Operator, bound: float) -> str:
    """`true` or `false` where a number that is not negative can only be so, else empty."""
    if (bound <= 0 and operator == ">=") or (bound < 0 and operator in (">", "!=")):
        return "true"
    if (bound <= 0 and operator == "<") or (bound < 0 and operator in ("<=", "=")):
        return "false"
    return ""


def _quantity(match: Match) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", match.values["bound"])


def _unit(match: Match) -> Unit:
    return _UNITS[cast(Measure, match.values["measure"])]
