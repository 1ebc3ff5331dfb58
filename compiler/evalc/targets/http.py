"""Any endpoint that takes and gives JSON."""

from collections.abc import Mapping
from typing import ClassVar

from evalc.model.plan import TargetCard
from evalc.targets._forms import FormTarget, FormType
from evalc.targets._opening import open_endpoint
from evalc.targets._options import HeaderName, HttpAddress, KeyName
from evalc.targets.contract import Target, TargetContext


class Http(FormType):
    """Asks an endpoint of your own, whatever JSON it takes and gives.

    `request` is what is posted to `url`. In its texts `{{input}}` is the last thing that the user said, `{{system}}`
    the system's text, `{{case}}` the id of the case and `{{key}}` that of the question; a text that is nothing but
    `{{messages}}`, `{{tools}}` or `{{reply_schema}}` becomes that as JSON. `answer` is the path of the text in what
    comes back; `tool_calls`, `finish_reason`, `input_tokens`, `output_tokens` and `cost_usd` are paths too, where the
    endpoint tells these. With `stream = "text"` the answer is read as it comes, and is the text `$`; with
    `stream = "events"` it comes as server-sent events of JSON, in each of which `answer` has a piece.

    `key` names the environment variable of a key, which goes into the header `key_header` behind `key_prefix`.
    `idempotency_header` names the header in which the endpoint reads an idempotency key: the same one in all attempts
    of a call, another one in each further call.

    Example:
        [targets.desk]
        type = "http"
        url = "http://127.0.0.1:8080/answer"
        key = "DESK_API_KEY"
        request = { question = "{{input}}", history = "{{messages}}" }
        answer = "$.reply.text"
        cost_usd = "$.usage.usd"
    """

    quiet_options: ClassVar[frozenset[str]] = FormType.quiet_options | {
        "key",
        "key_header",
        "key_prefix",
        "idempotency_header",
    }

    url: HttpAddress
    key: KeyName | None = None
    key_header: HeaderName = "authorization"
    key_prefix: str = "Bearer "
    idempotency_header: HeaderName | None = None

    @property
    def secret_names(self) -> tuple[str, ...]:
        return (self.key,) if self.key else ()

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        opened = open_endpoint(card, self.url, key=self.key, headers=self._headers, context=context)
        return FormTarget(card, self, opened.with_call_header(self.idempotency_header))

    def _headers(self, key: str | None) -> Mapping[str, str]:
        return {self.key_header: self.key_prefix + key} if key else {}
