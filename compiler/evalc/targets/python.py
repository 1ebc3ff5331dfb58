"""Functions of installed packages."""

import asyncio
import inspect
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Annotated, ClassVar

from pydantic import AfterValidator, JsonValue

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Misread, parse_json
from evalc.targets._faults import QuestionRefused, ServerFailed, TimedOut, Unreadable
from evalc.targets._options import KeyName, usable_key
from evalc.targets._plain import question_of, read_reply
from evalc.targets._text import in_few_words
from evalc.targets.contract import Target, TargetContext, TargetError, TargetType


class NotInstalled(TargetError):
    """There is no such function, or not where installed code is."""

    kind = "target-fatal"

    def __init__(self, name: str, function: str, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot ask {function}: {reason}")


def _named_function(value: str) -> str:
    module, _, function = value.partition(":")
    if not function.isidentifier() or not all(part.isidentifier() for part in module.split(".")):
        raise ValueError("is no function of a module, such as my_agent.main:answer")
    return value


class Python(TargetType):
    """Calls a function of an installed package, in this process: `module:function`, plain or `async`.

    It gets a dict with `case`, `key`, `messages` and `tools`, and returns the answer's text, or a dict with `text`, to
    which `tool_calls`, `finish_reason`, `model`, `input_tokens`, `output_tokens` and `cost_usd` may be added. A plain
    function runs in a thread, several at a time, and cannot be stopped when its time is over; an `async` one is
    cancelled. `TimeoutError` and `ConnectionError` mean that it may be tried again, any other exception that there is
    no answer.

    Only installed code is called: a module that lies in the current folder alone is refused, for it may have come with
    the specs. `keys` names the environment variables whose values are kept out of all that is written.

    Example:
        [targets.agent]
        type = "python"
        function = "my_agent.main:answer"
        keys = ["AGENT_API_KEY"]
    """

    quiet_options: ClassVar[frozenset[str]] = frozenset({"keys"})

    function: Annotated[str, AfterValidator(_named_function)]
    keys: tuple[KeyName, ...] = ()

    @property
    def secret_names(self) -> tuple[str, ...]:
        return self.keys

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        keys = {name: usable_key(card.name, name, secret=context.secret) for name in self.keys}
        function = _load(card.name, self.function)
        return _Function(card, function, timeout_s=context.timeout_s, scrubber=Scrubber(keys))


class _Function(Target):
    """A function that was found."""

    def __init__(
        self, card: TargetCard, function: Callable[..., object], *, timeout_s: float, scrubber: Scrubber
    ) -> None:
        self.card = card
        self._function = function
        self._timeout_s = timeout_s
        self._scrubber = scrubber

    async def ask(self, prompt: Prompt) -> Response:
        name = self.card.name
        started = time.monotonic()
        deadline = asyncio.timeout(self._timeout_s)
        try:
            async with deadline:
                reply = await self._call(question_of(prompt))
        except (TimeoutError, ConnectionError) as error:
            if deadline.expired():
                raise TimedOut(name, self._timeout_s) from None
            raise ServerFailed(name, self._words(error), retry_after_s=None) from error
        except Exception as error:
            raise QuestionRefused(name, self._words(error)) from error
        try:
            response = read_reply(_as_json(reply))
        except Misread as problem:
            raise Unreadable(name, str(problem)) from None
        return response.model_copy(update={"latency_s": round(time.monotonic() - started, 6)})

    async def _call(self, question: dict[str, JsonValue]) -> object:
        if inspect.iscoroutinefunction(self._function):
            return await self._function(question)
        return await _in_thread(self._function, question)

    def _words(self, error: Exception) -> str:
        return self._scrubber.scrub(in_few_words(f"{type(error).__name__}: {error}".removesuffix(": ")))


async def _in_thread(function: Callable[..., object], question: dict[str, JsonValue]) -> object:
    """What a function returns, called in a thread of its own.

    A pool's threads would be waited for at the end of the run, and one that never returns would hold it up for ever.
    """
    loop = asyncio.get_running_loop()
    returned: asyncio.Future[object] = loop.create_future()

    def call() -> None:
        try:
            settle = partial(_settle, returned, function(question), None)
        except BaseException as error:
            settle = partial(_settle, returned, None, error)
        # The run may be over by now.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle)

    Thread(target=call, daemon=True).start()
    return await returned


def _settle(returned: asyncio.Future[object], value: object, error: BaseException | None) -> None:
    if returned.done():
        return
    if error is None:
        returned.set_result(value)
    else:
        # What would end the process, such as `sys.exit`, ends the call alone.
        returned.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))


def _load(name: str, path: str) -> Callable[..., object]:
    module, _, function = path.partition(":")
    top = module.partition(".")[0]
    spec = find_spec(top)
    if spec is None:
        raise NotInstalled(name, path, reason=f"no package {top} is installed")
    if _is_beside(spec):
        raise NotInstalled(name, path, reason=f"{top} lies in the current folder and is not installed; pip install it")
    try:
        found: object = getattr(import_module(module), function, None)
    except Exception as error:
        raise NotInstalled(name, path, reason=in_few_words(f"{type(error).__name__}: {error}")) from error
    if not callable(found):
        raise NotInstalled(name, path, reason=f"{module} has no function {function}")
    return found


def _is_beside(spec: ModuleSpec) -> bool:
    """Whether a module is found only because Python was started in its folder."""
    places = [Path(place) for place in spec.submodule_search_locations or () if place]
    places += [Path(spec.origin)] if spec.origin and not places else []
    here = Path.cwd().resolve()
    # An installation of the current folder itself has put it on the path once more.
    times = sum(Path(entry or ".").resolve() == here for entry in sys.path)
    return times < 2 and any(place.resolve().parent == here for place in places)


def _as_json(reply: object) -> JsonValue:
    """What a function returned, as if it had come over the network."""
    if isinstance(reply, str):
        return reply
    try:
        return parse_json(json.dumps(reply, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        raise Misread(f"it is of type {type(reply).__name__}, and neither a text nor a dict of JSON") from None
