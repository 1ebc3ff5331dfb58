"""Programs of your own."""

import json
import os
import re
import time
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue, field_validator

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Misread, parse_json
from evalc.targets._faults import QuestionRefused, ServerFailed, TimedOut, TooLarge, Unreadable
from evalc.targets._options import KeyName, usable_key
from evalc.targets._plain import question_of, read_reply
from evalc.targets._subprocess import Output, Program, TooMuchOutput, run_program
from evalc.targets._text import in_few_words
from evalc.targets.contract import Target, TargetContext, TargetError, TargetType

# The exit code with which a program says that it may be tried again: EX_TEMPFAIL of sysexits.h.
_TRY_AGAIN = 75

_SECRET_NAME = re.compile(r"(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD)$", re.IGNORECASE)


class NotStarted(TargetError):
    """There is no such program, or it may not be run."""

    kind = "target-fatal"

    def __init__(self, name: str, program: str, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot start {program}: {reason}")


class Command(TargetType):
    """Runs a program for each question: JSON on its standard input, an answer on its standard output.

    `command` is the program and its arguments, as a list: no shell reads it. It runs in the policy's folder with an
    environment that holds `PATH`, `HOME`, `LANG`, what `environment` sets, and those variables of yours that `keys`
    names, whose values are kept out of all that is written. It is given an object with `case`, `key`, `messages` and
    `tools`, and answers with `{"text": "..."}`, to which `tool_calls`, `finish_reason`, `model`, `input_tokens`,
    `output_tokens` and `cost_usd` may be added; with `output = "text"` all that it writes is the answer.

    It has a process group of its own, which is killed when it is done, when the time for an attempt is over, or when
    it writes more than an answer may have. Exit code 75 means that it may be tried again, any other but 0 that there
    is no answer; what it writes to standard error is then shown.

    Example:
        [targets.agent]
        type = "command"
        command = ["python3", "agent.py", "--quiet"]
        keys = ["AGENT_API_KEY"]
    """

    quiet_options: ClassVar[frozenset[str]] = frozenset({"keys"})

    command: Annotated[tuple[str, ...], Field(min_length=1)]
    output: Literal["json", "text"] = "json"
    environment: dict[str, str] = {}
    keys: tuple[KeyName, ...] = ()

    @field_validator("environment")
    @classmethod
    def _holds_no_secret(cls, environment: dict[str, str]) -> dict[str, str]:
        secret = next((name for name in environment if _SECRET_NAME.search(name)), None)
        if secret:
            raise ValueError(f"sets `{secret}`, which looks like a secret; name it in `keys` to pass on your own")
        return environment

    @property
    def secret_names(self) -> tuple[str, ...]:
        return self.keys

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        keys = {name: usable_key(card.name, name, secret=context.secret) for name in self.keys}
        usual = {"PATH": os.defpath, "HOME": str(Path.home()), "LANG": "C.UTF-8"}
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        program = Program(
            arguments=self.command,
            folder=context.folder,
            environment={**usual, **kept, **self.environment, **keys},
            timeout_s=context.timeout_s,
            max_bytes=context.max_answer_bytes,
        )
        return _Program(card, program, is_text=self.output == "text", scrubber=Scrubber(keys))


class _Program(Target):
    """A program with all that it may see."""

    def __init__(self, card: TargetCard, program: Program, *, is_text: bool, scrubber: Scrubber) -> None:
        self.card = card
        self._program = program
        self._is_text = is_text
        self._scrubber = scrubber

    async def ask(self, prompt: Prompt) -> Response:
        name = self.card.name
        started = time.monotonic()
        try:
            output = await run_program(self._program, json.dumps(question_of(prompt)).encode())
        except TimeoutError:
            raise TimedOut(name, self._program.timeout_s) from None
        except TooMuchOutput:
            raise TooLarge(name, self._program.max_bytes) from None
        except OSError as error:
            reason = str(error.strerror).lower()
            raise NotStarted(name, self._program.arguments[0], reason=reason) from None
        latency_s = round(time.monotonic() - started, 6)
        if output.code:
            raise self._failure(output)
        try:
            response = read_reply(self._reply(output.content))
        except Misread as problem:
            raise Unreadable(name, str(problem)) from None
        return response.model_copy(update={"latency_s": latency_s})

    def _reply(self, content: bytes) -> JsonValue:
        return content.decode(errors="backslashreplace").removesuffix("\n") if self._is_text else parse_json(content)

    def _failure(self, output: Output) -> TargetError:
        end = f"exit code {output.code}" if output.code > 0 else f"ended by signal {-output.code}"
        # The last line is where a program that fails says why.
        lines = output.complaint.decode(errors="replace").strip().splitlines()
        said = self._scrubber.scrub(in_few_words(lines[-1]) if lines else "nothing more is said")
        if output.code == _TRY_AGAIN:
            return ServerFailed(self.card.name, f"{said} ({end})", retry_after_s=None)
        return QuestionRefused(self.card.name, f"{said} ({end})")
