"""Completions of any shape: read as an answer, or refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from evalc.model.exchange import Response
from evalc.model.result import Fault
from evalc.targets._completion import read_completion, read_error
from evalc.targets._faults import Unreadable

_TEXT = st.text(st.characters())
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_FUNCTION = st.fixed_dictionaries({}, optional={"name": _ANY, "arguments": _ANY | _ANY.map(json.dumps)}) | _ANY
_CALL = st.fixed_dictionaries({}, optional={"id": _ANY, "function": _FUNCTION}) | _ANY
_MESSAGE = (
    st.fixed_dictionaries({}, optional={"content": _ANY, "refusal": _ANY, "tool_calls": st.lists(_CALL) | _ANY}) | _ANY
)
_CHOICE = st.fixed_dictionaries({}, optional={"message": _MESSAGE, "finish_reason": _ANY}) | _ANY
_USAGE = st.fixed_dictionaries({}, optional={"prompt_tokens": _ANY, "completion_tokens": _ANY}) | _ANY
_COMPLETION = (
    st.fixed_dictionaries({}, optional={"choices": st.lists(_CHOICE) | _ANY, "usage": _USAGE, "model": _ANY}) | _ANY
)


@given(_COMPLETION)
def test_whatever_an_endpoint_says_can_be_kept_or_is_refused(said: JsonValue) -> None:
    """An answer that no log can hold, or that ends a run, would be a way to escape being judged."""
    try:
        response = read_completion(json.dumps(said).encode(), name="it", latency_s=0.5)
    except Unreadable as fault:
        Fault(kind=fault.kind, message=str(fault)).model_dump_json()
    else:
        assert response == Response.model_validate_json(response.model_dump_json())


@given(_ANY | st.fixed_dictionaries({"error": _ANY}))
def test_whatever_an_endpoint_complains_of_can_be_shown(said: JsonValue) -> None:
    """What goes wrong is told in the server's words, on one line."""
    words, _ = read_error(json.dumps(said).encode())

    assert words.isprintable()
    assert len(words) <= 201


@given(st.binary())
def test_any_bytes_are_refused_with_a_reason(content: bytes) -> None:
    """Behind an address there may be anything."""
    words, _ = read_error(content)

    assert words.isprintable()
    with pytest.raises(Unreadable):
        read_completion(content, name="it", latency_s=0.5)


@pytest.mark.parametrize("levels", [10, 100, 250, 5000])
def test_arguments_of_any_depth_can_be_kept(levels: int) -> None:
    """Deep ones are kept as the text that came, for no reader of the log could follow them down."""
    arguments = '{"a":' * levels + "1" + "}" * levels
    call = {"id": "1", "function": {"name": "f", "arguments": arguments}}
    body = json.dumps({"choices": [{"message": {"content": None, "tool_calls": [call]}}]}).encode()
    response = read_completion(body, name="it", latency_s=0.5)

    assert response == Response.model_validate_json(response.model_dump_json())
    assert (arguments if levels > 64 else "") == response.tool_calls[0].raw
