"""A module with functions for the target `python`, as a package of a user's would have them."""

import asyncio
import os
import sys
import threading
import time

from pydantic import JsonValue

Question = dict[str, JsonValue]


def last(question: Question) -> str:
    """The last message, said again."""
    messages = question["messages"]
    assert isinstance(messages, list)
    message = messages[-1]
    assert isinstance(message, dict)
    return str(message["content"])


def paris(question: Question) -> str:
    """The same answer to everything."""
    return "Paris"


async def spoken(question: Question) -> dict[str, JsonValue]:
    """An answer with numbers."""
    await asyncio.sleep(0)
    return {"text": f"You asked: {last(question)}", "output_tokens": 3, "cost_usd": 0.5}


def slow(question: Question) -> str:
    """An answer that comes late."""
    time.sleep(0.5)
    return last(question)


async def never(question: Question) -> str:
    """No answer at all."""
    await asyncio.Event().wait()
    return ""


def stuck(question: Question) -> str:
    """No answer at all, from a thread that nothing can stop."""
    threading.Event().wait()
    return ""


def leaving(question: Question) -> str:
    """An end of the process, if it were obeyed."""
    sys.exit("enough")


def broken(question: Question) -> str:
    """A mistake, which tells a secret."""
    raise LookupError(f"no map for {os.environ['AGENT_KEY']}")


def unreachable(question: Question) -> str:
    """Something that may work later."""
    raise ConnectionError("the map room does not answer")


def strange(question: Question) -> set[int]:
    """Something that is no answer."""
    return {1}


LABEL = "no function"
