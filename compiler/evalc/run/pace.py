"""How many calls and tokens a minute a target is asked for at most."""

from evalc.model.exchange import Response
from evalc.model.settings import Pace
from evalc.run.clock import Clock

_MINUTE_S = 60.0

# What may go at once after a rest, as a share of a minute's worth: short runs need not wait, and servers that look at
# seconds are not flooded.
_AT_ONCE = 0.1


class Bucket:
    """Lets an amount through in any minute: some of it at once, the rest evenly.

    A full bucket and what flows in during a minute are together what the minute may have.
    """

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._most = float(per_minute)
        self._size = max(1.0, per_minute * _AT_ONCE)
        self._inflow = (per_minute - self._size + 1) / _MINUTE_S
        self._clock = clock
        self._level = self._size
        self._seen_at = clock.monotonic()

    def take(self, amount: float) -> float:
        """How long to wait until so much may go; who takes later waits longer. At most a minute's worth is taken."""
        now = self._clock.monotonic()
        self._level = min(self._size, self._level + (now - self._seen_at) * self._inflow)
        self._seen_at = now
        self._level -= min(amount, self._most)
        return max(0.0, -self._level / self._inflow)

    def correct(self, amount: float) -> None:
        """So much more went than was taken; below 0, so much less."""
        self._level = min(self._size, self._level - amount)


class Pacer:
    """Keeps to the pace that the policy sets for one target; tokens are taken by a guess, and corrected afterwards."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace = pace
        self._requests = Bucket(pace.requests_per_minute, clock) if pace.requests_per_minute else None
        self._tokens = Bucket(pace.tokens_per_minute, clock) if pace.tokens_per_minute else None

    def take(self, tokens: int) -> tuple[float, str]:
        """How long to wait before one more call with about so many tokens, and because of which limit."""
        waits = [(0.0, "")]
        if self._requests:
            waits.append((self._requests.take(1), f"{self._pace.requests_per_minute} requests a minute"))
        if self._tokens:
            waits.append((self._tokens.take(tokens), f"{self._pace.tokens_per_minute} tokens a minute"))
        return max(waits)

    @property
    def counts_tokens(self) -> bool:
        """Whether it matters how many tokens a call takes."""
        return self._tokens is not None

    def correct(self, guessed: int, response: Response) -> None:
        """Count the tokens that a call did use, where the endpoint says so."""
        if self._tokens and response.input_tokens is not None:
            self._tokens.correct(response.input_tokens + (response.output_tokens or 0) - guessed)
