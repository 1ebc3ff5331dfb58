"""From an address and the name of a key to an endpoint that can be called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt
from evalc.model.plan import TargetCard
from evalc.targets._options import usable_key
from evalc.targets._refusals import Refusals, read_complaint
from evalc.targets.contract import TargetContext

if TYPE_CHECKING:
    from evalc.targets._http import Answer, Endpoint, Header, Hear


@dataclass(frozen=True, slots=True)
class Opened:
    """An endpoint with its key, and who reads what it refuses.

    `call_header` is the header that tells the endpoint which call an attempt belongs to, None where it reads none.
    """

    endpoint: "Endpoint"
    refusals: Refusals
    call_header: str | None = None

    def with_call_header(self, name: str | None) -> "Opened":
        """The same endpoint, told of each call in this header."""
        return replace(self, call_header=name)

    async def post(self, content: bytes, *, prompt: Prompt, hear: "Hear | None" = None) -> "Answer":
        """The answer to what a prompt became, whatever its status.

        Raises:
            TargetError: There is none.
        """
        more: list[Header] = []
        if self.call_header and prompt.call:
            more.append((self.call_header.encode(), prompt.call.encode()))
        return await self.endpoint.post(content, hear=hear, more=more)

    def checked(self, answer: "Answer") -> "Answer":
        """The answer, if its status says that all is well.

        Raises:
            TargetError: The endpoint refuses.
        """
        if not 200 <= answer.status < 300:
            raise self.refusals.fault(answer.status, answer.headers, complaint=read_complaint(answer.body))
        return answer


def open_endpoint(
    card: TargetCard,
    url: str,
    *,
    key: str | None,
    headers: Callable[[str | None], Mapping[str, str]],
    context: TargetContext,
) -> Opened:
    """The endpoint at an address. Its key, if it has one, is read now, and `headers` says how it is sent.

    Raises:
        KeyMissing: The environment has no such key.
        CaUnreadable: The policy names certificates that are not there.
    """
    # Reading a policy does not need httpx, and importing it takes longer than that.
    from evalc.targets._http import CallLimits, Endpoint, route_to

    value = usable_key(card.name, key, secret=context.secret) if key else None
    limits = CallLimits(context.timeout_s, context.max_answer_bytes)
    route = route_to(card.name, url, network=context.network, folder=context.folder)
    endpoint = Endpoint(card.name, url, headers=headers(value), limits=limits, route=route)
    return Opened(endpoint, Refusals(card.name, key, Scrubber({key: value} if key and value else {})))
