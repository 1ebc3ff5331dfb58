"""Baseten's queue, which takes requests and delivers their results."""

import asyncio
import json
import re
import time
from dataclasses import dataclass

from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Json, Misread, objects_of, parse_object, text_of
from evalc.targets._faults import NotThere, ServerFailed, TimedOut, Unreadable
from evalc.targets._forms import FormType
from evalc.targets._opening import Opened
from evalc.targets._receiver import Receiver
from evalc.targets._text import in_few_words
from evalc.targets.contract import Target, TargetError

ID = re.compile(r"[A-Za-z0-9-]{1,64}")
"""An id that Baseten gives, which becomes a part of addresses."""

# A result may come a moment after its request is told to have succeeded.
_DELIVERY_S = 30.0

# Whoever stops a run does not wait long for a queue.
_TAKING_BACK_S = 2.0


class NotDelivered(TargetError):
    """A result was made, and did not arrive here."""

    kind = "target-fatal"
    may_be_charged = True

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` has a result that did not arrive, look at `webhook` and `listen`: {reason}")


class StillQueued(TargetError):
    """A request did not leave the queue in time, and was taken out of it before anything was made of it."""

    def __init__(self, name: str, waited_s: float) -> None:
        super().__init__(f"`{name}` did not begin within {waited_s:g} s, so the request was taken out of its queue")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How results come here: where Baseten brings them, where that leads to, and how often it is asked about one."""

    webhook: str
    listen: str
    poll_s: float
    receiver: Receiver


class Queue(Target):
    """A deployment that is given requests, and delivers results when it has them."""

    def __init__(
        self, card: TargetCard, form: FormType, opened: Opened, *, delivery: "Delivery", timeout_s: float
    ) -> None:
        self.card = card
        self._form = form
        self._opened = opened
        self._way = delivery
        self._timeout_s = timeout_s

    async def ask(self, prompt: Prompt) -> Response:
        started = time.monotonic()
        await self._listen()
        id = ""
        try:
            async with asyncio.timeout(self._timeout_s):
                id = await self._submit(prompt)
                delivery = await self._delivery(id)
        except TimeoutError:
            if await self._is_taken_back(id):
                raise StillQueued(self.card.name, self._timeout_s) from None
            raise TimedOut(self.card.name, self._timeout_s) from None
        except asyncio.CancelledError:
            await self._is_taken_back(id)
            raise
        latency_s = round(time.monotonic() - started, 6)
        errors = objects_of(delivery.get("errors"))
        if errors:
            raise ServerFailed(self.card.name, self._words(errors[0]), retry_after_s=None)
        try:
            return self._form.read(delivery.get("data")).model_copy(update={"latency_s": latency_s})
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None

    async def aclose(self) -> None:
        await self._way.receiver.aclose()
        await self._opened.endpoint.aclose()

    async def _is_taken_back(self, id: str) -> bool:
        """Whether a request that nobody waits for any more was still in the queue, and is not any more.

        Source: https://docs.baseten.co/api-reference/cancel-a-queued-async-request.
        """
        if not id:
            return False
        try:
            async with asyncio.timeout(_TAKING_BACK_S):
                answer = await self._opened.endpoint.send("DELETE", f"/async_request/{id}")
            return 200 <= answer.status < 300 and parse_object(answer.body).get("canceled") is True
        except (TimeoutError, TargetError, Misread):
            return False

    async def _listen(self) -> None:
        try:
            await self._way.receiver.start()
        except OSError as error:
            reason = f"nothing can listen at {self._way.listen}: {str(error.strerror).lower()}"
            raise NotDelivered(self.card.name, reason) from None

    async def _submit(self, prompt: Prompt) -> str:
        """The id of a request that is in the queue from now on."""
        body: Json = {"model_input": self._form.fill(prompt), "webhook_endpoint": self._way.webhook}
        answer = self._opened.checked(await self._opened.post(json.dumps(body).encode(), prompt=prompt))
        try:
            id = text_of(parse_object(answer.body).get("request_id"))
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None
        if not ID.fullmatch(id):
            raise Unreadable(self.card.name, "it has no request_id")
        return id

    async def _delivery(self, id: str) -> Json:
        """What is delivered for a request."""
        coming = self._way.receiver.expect(id)
        try:
            while True:
                done, _ = await asyncio.wait({coming}, timeout=self._way.poll_s)
                if done:
                    return coming.result()
                if await self._has_succeeded(id):
                    async with asyncio.timeout(_DELIVERY_S):
                        return await asyncio.shield(coming)
        except TimeoutError:
            raise NotDelivered(self.card.name, f"nothing came within {_DELIVERY_S:g} s after it was made") from None
        finally:
            coming.cancel()

    async def _has_succeeded(self, id: str) -> bool:
        """Whether a request is through; one that will not be is a fault."""
        answer = self._opened.checked(await self._opened.endpoint.send("GET", f"/async_request/{id}"))
        try:
            status = parse_object(answer.body)
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None
        name = text_of(status.get("status"))
        errors = objects_of(status.get("errors"))
        said = self._words(errors[0]) if errors else f"the request has the status {name}"
        match name:
            case "FAILED" | "EXPIRED" | "CANCELED":
                raise ServerFailed(self.card.name, said, retry_after_s=None)
            case "WEBHOOK_FAILED":
                raise NotDelivered(self.card.name, said)
            case "":
                raise NotThere(self.card.name, "its answer about a request has no status")
        return name == "SUCCEEDED"

    def _words(self, error: Json) -> str:
        code, message = in_few_words(text_of(error.get("code"))), in_few_words(text_of(error.get("message")))
        said = ": ".join(filter(None, (code, message))) or "nothing more is said"
        return self._opened.refusals.scrubber.scrub(said)
