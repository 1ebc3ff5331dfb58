"""What the calls of one target cost, counted and written down."""

from dataclasses import dataclass

from evalc.model.exchange import Prompt, Response
from evalc.model.result import Attempt, Fault
from evalc.model.settings import FREE, Price
from evalc.run.clock import Clock, moment
from evalc.run.spending.diary import note
from evalc.run.spending.purse import Purse
from evalc.targets._tokens import likely_tokens, token_bounds
from evalc.targets.contract import TargetError

# How long an answer is taken to be as long as none has come.
_USUAL_ANSWER_TOKENS = 500

_NOTHING = Response(text="")


@dataclass(frozen=True, slots=True)
class Call:
    """One call under way: what is asked, and since when."""

    prompt: Prompt
    at: str
    since_s: float


class Ledger:
    """Keeps the books of one target: by the endpoint's own word, or by usage and the price of its model."""

    def __init__(self, name: str, price: Price | None, *, purse: Purse, clock: Clock) -> None:
        self._name = name
        self._price = price
        self._purse = purse
        self._clock = clock
        self._largest_answer = 0

    def likely_tokens(self, prompt: Prompt) -> int:
        """About how many tokens a question and its answer are."""
        return likely_tokens(_size(prompt)) + (self._largest_answer or _USUAL_ANSWER_TOKENS)

    def begin(self, prompt: Prompt) -> Call:
        """A call that is made now."""
        return Call(prompt, moment(self._clock), self._clock.monotonic())

    def enter_answer(self, call: Call, response: Response) -> Response:
        """The answer with what it cost, where that can be known; it is paid."""
        self._largest_answer = max(self._largest_answer, response.output_tokens or 0)
        priced = self._priced(response)
        assumed_usd = self._most_usd(call.prompt) if priced.cost_usd is None else None
        self._purse.pay(priced.cost_usd, assumed_usd=assumed_usd or 0.0)
        self._note(call, priced, fault=None, cost_usd=priced.cost_usd)
        return priced

    def enter_failure(self, call: Call, error: TargetError) -> None:
        """Pay what a call without an answer may have cost."""
        cost_usd = self._most_usd(call.prompt) if error.may_be_charged else 0.0
        self._purse.pay(cost_usd)
        self._note(call, _NOTHING, fault=Fault(kind=error.kind, message=str(error)), cost_usd=cost_usd)

    def enter_abandoned(self, call: Call) -> None:
        """Pay what a call may have cost that was given up while it was under way."""
        self._purse.pay(self._most_usd(call.prompt))

    def _note(self, call: Call, response: Response, *, fault: Fault | None, cost_usd: float | None) -> None:
        note(
            Attempt(
                asked=self._name,
                purpose=call.prompt.purpose,
                key=call.prompt.key,
                started_at=call.at,
                duration_s=round(self._clock.monotonic() - call.since_s, 6),
                fault=fault,
                model=response.model,
                finish_reason=response.finish_reason,
                input_tokens=response.input_tokens,
                output_tokens=response.output_tokens,
                cost_usd=cost_usd,
            )
        )

    def _priced(self, response: Response) -> Response:
        price = self._price
        if price == FREE:
            return response if response.cost_usd == 0 else response.model_copy(update={"cost_usd": 0.0})
        used_in, used_out = response.input_tokens, response.output_tokens
        if response.cost_usd is not None or not price or used_in is None or used_out is None:
            return response
        cached = min(response.cached_tokens or 0, used_in)
        return response.model_copy(update={"cost_usd": price.cost_usd(used_in, used_out, cached=cached)})

    def _most_usd(self, prompt: Prompt) -> float | None:
        """What a call may cost of which nobody says what it used."""
        if self._price is None:
            return None
        _, most = token_bounds(_size(prompt))
        return self._price.cost_usd(most, self._largest_answer or _USUAL_ANSWER_TOKENS)


def _size(prompt: Prompt) -> int:
    texts = sum(len(message.text.encode("utf-8", "surrogatepass")) for message in prompt.messages)
    return texts + sum(len(tool.model_dump_json()) for tool in prompt.tools)
