"""Dedicated deployments of models on Baseten."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from evalc.model.plan import TargetCard
from evalc.targets._baseten_queue import ID, Delivery, Queue
from evalc.targets._forms import FormTarget, FormType
from evalc.targets._opening import open_endpoint
from evalc.targets._options import HttpAddress, KeyName, usable_key
from evalc.targets._receiver import Receiver
from evalc.targets.contract import Target, TargetContext

_ENVIRONMENT = re.compile(r"(environments|regional)/[A-Za-z0-9_-]{1,64}")
_LISTEN = re.compile(r"(?P<host>[^:/\s]+):(?P<port>[0-9]{1,5})")


def _model_id(value: str) -> str:
    if not ID.fullmatch(value):
        raise ValueError("is no id of a model, such as abcd1234")
    return value


def _deployment(value: str) -> str:
    if not ID.fullmatch(value) and not _ENVIRONMENT.fullmatch(value):
        known = '"production", "development", "environments/NAME", "regional/NAME" and the id of a deployment'
        raise ValueError(f"is none of {known}")
    return value


def _listening(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError("is no host and port, such as 127.0.0.1:8750")
    return value


class Baseten(FormType):
    """Asks a dedicated deployment on Baseten, which takes and gives the JSON that its model is written for.

    `model` is the id of the model, `deployment` is `production`, `development`, `environments/NAME`, `regional/NAME`
    for an environment with a host of its own, or the id of a deployment. `request`, `answer` and `stream` are as those
    of `http`: a model that yields its output is read as it comes with `stream = "text"` and `answer = "$"`. `key` names
    the environment variable of a key. Models with an endpoint of Chat Completions are asked with
    type `openai` and the `base_url` that Baseten shows for them.

    With `webhook` questions go to `async_predict`, which has a queue and takes up to an hour. Results come to that
    address, from where they have to lead to `listen` on this machine: through a tunnel, or a proxy of yours. They are
    signed with a secret in the environment variable `webhook_key`; what is not signed with it is refused. How a
    request fares is asked every `poll_s` seconds, and `attempt_timeout_s` of the limits is the time for all of it. One
    that is still in the queue when that is over, or when the run is stopped, is taken out of it.

    Example:
        [targets.invoices]
        type = "baseten"
        model = "abcd1234"
        deployment = "development"
        key = "BASETEN_API_KEY"
        request = { document = "{{input}}" }
        answer = "$.fields"
    """

    quiet_options: ClassVar[frozenset[str]] = FormType.quiet_options | {
        "key",
        "webhook",
        "webhook_key",
        "listen",
        "poll_s",
    }

    model: Annotated[str, AfterValidator(_model_id)]
    deployment: Annotated[str, AfterValidator(_deployment)] = "production"
    key: KeyName | None = None
    base_url: HttpAddress | None = None
    webhook: HttpAddress | None = None
    webhook_key: KeyName = "BASETEN_WEBHOOK_SECRET"
    listen: Annotated[str, AfterValidator(_listening)] = "127.0.0.1:8750"
    poll_s: Annotated[float, Field(gt=0, le=60)] = 5.0

    @field_validator("webhook")
    @classmethod
    def _comes_whole(cls, webhook: str | None, found: ValidationInfo) -> str | None:
        if webhook and found.data.get("stream"):
            raise ValueError("does not go with `stream`: a queue delivers whole results")
        return webhook

    @property
    def model_name(self) -> str:
        return self.model

    @property
    def secret_names(self) -> tuple[str, ...]:
        return (*((self.key,) if self.key else ()), *((self.webhook_key,) if self.webhook else ()))

    @property
    def address(self) -> str:
        """Where questions go.

        Source: https://docs.baseten.co/reference/inference-api/inference-api-spec.json.
        """
        verb = "async_predict" if self.webhook else "predict"
        kind, _, name = self.deployment.partition("/")
        if kind == "regional":
            # The host says which environment is meant, and knows no other paths.
            return f"{self.base_url or f'https://model-{self.model}-{name}.api.baseten.co'}/{verb}"
        place = self.deployment if name or kind in ("production", "development") else f"deployment/{kind}"
        return f"{self.base_url or f'https://model-{self.model}.api.baseten.co'}/{place}/{verb}"

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        opened = open_endpoint(card, self.address, key=self.key, headers=_headers, context=context)
        if not self.webhook:
            return FormTarget(card, self, opened)
        secret = usable_key(card.name, self.webhook_key, secret=context.secret)
        host, _, port = self.listen.rpartition(":")
        receiver = Receiver(host, int(port), secret=secret, max_bytes=context.max_answer_bytes)
        delivery = Delivery(self.webhook, self.listen, self.poll_s, receiver)
        return Queue(card, self, opened, delivery=delivery, timeout_s=context.timeout_s)


def _headers(key: str | None) -> Mapping[str, str]:
    return {"authorization": f"Api-Key {key}"} if key else {}
