"""Dedicated deployments of models on Baseten."""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Json, Misread, objects_of, parse_object, text_of
from evalc.targets._faults import NotThere, ServerFailed, TimedOut, Unreadable
from evalc.targets._forms import FormTarget, FormType
from evalc.targets._opening import Opened, open_endpoint
from evalc.targets._options import HttpAddress, KeyName, usable_key
from evalc.targets._receiver import Receiver
from evalc.targets._text import in_few_words
from evalc.targets.contract import Target, TargetContext, TargetError

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_ENVIRONMENT = re.compile(r"environments/[A-Za-z0-9_-]{1,64}")
_LISTEN = re.compile(r"(?P<host>[^:/\s]+):(?P<port>[0-9]{1,5})")

# A result may come a moment after its request is told to have succeeded.
_DELIVERY_S = 30.0


class NotDelivered(TargetError):
    """A result was made, and did not arrive here."""

    kind = "target-fatal"
    may_be_charged = True

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` has a result that did not arrive, look at `webhook` and `listen`: {reason}")


def _model_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("is no id of a model, such as abcd1234")
    return value


def _deployment(value: str) -> str:
    if not _ID.fullmatch(value) and not _ENVIRONMENT.fullmatch(value):
        raise ValueError('is none of "production", "development", "environments/NAME" and the id of a deployment')
    return value


def _listening(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError("is no host and port, such as 127.0.0.1:8750")
    return value


class Baseten(FormType):
    """Asks a dedicated deployment on Baseten, which takes and gives the JSON that its model is written for.

    `model` is the id of the model, `deployment` is `production`, `development`, `environments/NAME` or the id of a
    deployment. `request` and `answer` are as those of `http`. `key` names the environment variable of a key. Models
    with an endpoint of Chat Completions are asked with type `openai` and the `base_url` that Baseten shows for them.

    With `webhook` questions go to `async_predict`, which has a queue and takes up to an hour. Results come to that
    address, from where they have to lead to `listen` on this machine: through a tunnel, or a proxy of yours. They are
    signed with a secret in the environment variable `webhook_key`; what is not signed with it is refused. How a
    request fares is asked every `poll_s` seconds, and `attempt_timeout_s` of the limits is the time for all of it.

    Example:
        [targets.invoices]
        type = "baseten"
        model = "abcd1234"
        deployment = "development"
        key = "BASETEN_API_KEY"
        request = { document = "{{input}}" }
        answer = "$.fields"
    """

    quiet_options: ClassVar[frozenset[str]] = frozenset({"key", "webhook", "webhook_key", "listen", "poll_s"})

    model: Annotated[str, AfterValidator(_model_id)]
    deployment: Annotated[str, AfterValidator(_deployment)] = "production"
    key: KeyName | None = None
    base_url: HttpAddress | None = None
    webhook: HttpAddress | None = None
    webhook_key: KeyName = "BASETEN_WEBHOOK_SECRET"
    listen: Annotated[str, AfterValidator(_listening)] = "127.0.0.1:8750"
    poll_s: Annotated[float, Field(gt=0, le=60)] = 5.0

    @property
    def model_name(self) -> str:
        return self.model

    @property
    def secret_names(self) -> tuple[str, ...]:
        return (*((self.key,) if self.key else ()), *((self.webhook_key,) if self.webhook else ()))

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        origin = self.base_url or f"https://model-{self.model}.api.baseten.co"
        named = self.deployment in ("production", "development") or self.deployment.startswith("environments/")
        place = self.deployment if named else f"deployment/{self.deployment}"
        verb = "async_predict" if self.webhook else "predict"
        url = f"{origin}/{place}/{verb}"
        opened = open_endpoint(card, url, key=self.key, headers=_headers, context=context)
        if not self.webhook:
            return FormTarget(card, self, opened)
        secret = usable_key(card.name, self.webhook_key, secret=context.secret)
        host, _, port = self.listen.rpartition(":")
        receiver = Receiver(host, int(port), secret=secret, max_bytes=context.max_answer_bytes)
        return _Queue(card, self, opened, receiver=receiver, timeout_s=context.timeout_s)


def _headers(key: str | None) -> Mapping[str, str]:
    return {"authorization": f"Api-Key {key}"} if key else {}


class _Queue(Target):
    """A deployment that is given requests, and delivers results when it has them."""

    def __init__(
        self, card: TargetCard, options: Baseten, opened: Opened, *, receiver: Receiver, timeout_s: float
    ) -> None:
        self.card = card
        self._options = options
        self._opened = opened
        self._receiver = receiver
        self._timeout_s = timeout_s

    async def ask(self, prompt: Prompt) -> Response:
        started = time.monotonic()
        await self._listen()
        try:
            async with asyncio.timeout(self._timeout_s):
                delivery = await self._delivery(await self._submit(prompt))
        except TimeoutError:
            raise TimedOut(self.card.name, self._timeout_s) from None
        latency_s = round(time.monotonic() - started, 6)
        errors = objects_of(delivery.get("errors"))
        if errors:
            raise ServerFailed(self.card.name, self._words(errors[0]), retry_after_s=None)
        try:
            return self._options.read(delivery.get("data")).model_copy(update={"latency_s": latency_s})
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None

    async def aclose(self) -> None:
        await self._receiver.aclose()
        await self._opened.endpoint.aclose()

    async def _listen(self) -> None:
        try:
            await self._receiver.start()
        except OSError as error:
            reason = f"nothing can listen at {self._options.listen}: {str(error.strerror).lower()}"
            raise NotDelivered(self.card.name, reason) from None

    async def _submit(self, prompt: Prompt) -> str:
        """The id of a request that is in the queue from now on."""
        body: Json = {"model_input": self._options.fill(prompt), "webhook_endpoint": self._options.webhook}
        answer = self._opened.checked(await self._opened.post(json.dumps(body).encode(), prompt=prompt))
        try:
            id = text_of(parse_object(answer.body).get("request_id"))
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None
        if not _ID.fullmatch(id):
            raise Unreadable(self.card.name, "it has no request_id")
        return id

    async def _delivery(self, id: str) -> Json:
        """What is delivered for a request."""
        coming = self._receiver.expect(id)
        try:
            while True:
                done, _ = await asyncio.wait({coming}, timeout=self._options.poll_s)
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
        answer = self._opened.checked(await self._opened.endpoint.get(f"/async_request/{id}"))
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
