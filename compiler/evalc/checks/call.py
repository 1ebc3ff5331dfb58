"""The verb `call`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self, cast

from pydantic import JsonValue

from evalc.checks._conditions import Condition, conditions_imply, object_to_conditions
from evalc.checks._texts import joined
from evalc.checks.codes import BOUND_SAYS_NOTHING, SAME_TOOL
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match

if TYPE_CHECKING:
    from evalc.model.exchange import ToolCall

_MOST_SHOWN = 5


class Call(PlainCheck):
    """The target calls a tool for its answer: with some arguments, not too often, or before another tool.

    The paths of `with` begin at the call's arguments, conditions are joined by `and`, and all of them have to hold of
    one call. `at most 2 times` asks for one or two such calls. `call a before b` asks that `a` is called, and `b` not
    earlier; it holds where `b` is not called at all, so that `must not call pay before confirm` fails on a payment
    without a confirmation. A tool whose name has other signs than letters, digits, `-`, `_` and `.` stands in quotes.

    Example:
        must call create_key with $.scope = "invoke" and $.days <= 30 at most 1 time
    """

    forms = (
        "call <tool:tool> [with <conditions:conditions> [exactly]] [at most <most:count> (times|time)]",
        "call <tool:tool> before <later:tool>",
    )

    tool: str
    conditions: list[Condition] = []
    exactly: bool = False
    most: int | None = None
    later: str = ""

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """Conditions that do not fit, a limit of none, and a tool before itself."""
        conditions = cast("list[dict[str, JsonValue]]", match.values.get("conditions", []))
        yield from object_to_conditions(conditions, "conditions", exactly="exactly" in match.said)
        if match.values.get("most") == 0:
            values = {"measure": "a call", "operator": "at most", "bound": "0 times", "verdict": "false"}
            yield Objection(
                BOUND_SAYS_NOTHING, "most", {**values}, help="that a tool is not called is said by `must not call`"
            )
        if match.values.get("later") == match.values["tool"]:
            yield Objection(SAME_TOOL, "later", {"tool": match.values["tool"]})

    def implies(self, other: Self) -> bool:
        """Whether calls of the same tool that fit here fit the other one, and are as few."""
        if self.tool != other.tool or (other.later and self.later != other.later):
            return False
        if not conditions_imply(self.conditions, other.conditions, exactly=self.exactly, other_exactly=other.exactly):
            return False
        if other.most is None:
            return True
        # Calls that fit fewer conditions may be more, so a limit only carries over where the same calls are counted.
        counts_same = conditions_imply(
            other.conditions, self.conditions, exactly=other.exactly, other_exactly=self.exactly
        )
        return self.most is not None and self.most <= other.most and counts_same

    def evaluate(self, answered: Answered) -> Finding:
        """Whether such calls were made."""
        calls = answered.response.tool_calls
        named = [call for call in calls if call.name == self.tool]
        if not named:
            return Finding(False, f"does not call {self.tool}{_others(calls)}")
        if self.later:
            return self._find_order([call.name for call in calls])
        problems = [self._problem(call) for call in named]
        count = problems.count("")
        if not count:
            return Finding(False, f"calls {self.tool}, but {problems[0]}")
        fits = f"calls {self.tool} {_times(count)}" + (" with such arguments" if self.conditions else "")
        if self.most is not None and count > self.most:
            return Finding(False, f"{fits}, at most {_times(self.most)} fits")
        return Finding(True, fits)

    def _find_order(self, names: Sequence[str]) -> Finding:
        if self.later not in names:
            return Finding(True, f"calls {self.tool}, and not {self.later}")
        if names.index(self.tool) < names.index(self.later):
            return Finding(True, f"calls {self.tool} before {self.later}")
        return Finding(False, f"calls {self.later} before {self.tool}")

    def _problem(self, call: "ToolCall") -> str:
        """Why a call is not the one that is asked for, empty if it is."""
        if self.conditions and call.raw:
            return "its arguments are no JSON object"
        for condition in self.conditions:
            finding = condition.find(call.arguments, exactly=self.exactly)
            if not finding.is_true:
                return f"the call {finding.reason}"
        return ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _others(calls: "Sequence[ToolCall]") -> str:
    names = list(dict.fromkeys(call.name for call in calls))[:_MOST_SHOWN]
    return f", only {joined(names, 'and')}" if names else " or any other tool"
