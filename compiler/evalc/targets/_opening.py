"""From an address and the name of a key to an endpoint that can be called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evalc.base.scrub import Scrubber
from evalc.model.plan import TargetCard
from evalc.targets._options import usable_key
from evalc.targets._refusals import Refusals, read_complaint
from evalc.targets.contract import TargetContext

if TYPE_CHECKING:
    from evalc.targets._http import Answer, Endpoint, Hear


@dataclass(frozen=True, slots=True)
class Opened:
    """An endpoint with its key, and who reads what it refuses."""

    endpoint: "Endpoint"
    refusals: Refusals

    async def post(self, content: bytes, *, hear: "Hear | None" = None) -> "Answer":
        """An answer whose status says that all is well.

        Raises:
            TargetError: There is none, or the endpoint refuses.
        """
        return self.checked(await self.endpoint.post(content, hear=hear))

    def checked(self, answer: "Answer") -> "Answer":
        """The answer, if its status says that all is well."""
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
    """
    # Reading a policy does not need httpx, and importing it takes longer than that.
    from evalc.targets._http import CallLimits, Endpoint

    value = usable_key(card.name, key, secret=context.secret) if key else None
    limits = CallLimits(context.timeout_s, context.max_answer_bytes)
    endpoint = Endpoint(card.name, url, headers=headers(value), limits=limits)
    return Opened(endpoint, Refusals(card.name, key, Scrubber({key: value} if key and value else {})))
