"""Which models are of one family."""

import pytest

from evalc.model.plan import TargetCard
from evalc.planning.kin import families_of, kin


def card(model: str, *, type: str = "openai", name: str = "it") -> TargetCard:
    """The card of a model."""
    return TargetCard(name=name, type=type, model=model)


@pytest.mark.parametrize(
    ("model", "families"),
    [
        ("gpt-5-mini", {"OpenAI"}),
        ("openai/gpt-oss-120b", {"OpenAI"}),
        ("chatgpt-4o-latest", {"OpenAI"}),
        ("o3-mini", {"OpenAI"}),
        ("claude-sonnet-4-5", {"Anthropic"}),
        ("anthropic.claude-3-haiku-20240307-v1:0", {"Anthropic"}),
        ("models/gemini-2.5-flash", {"Google"}),
        ("gemma3:27b", {"Google"}),
        ("meta-llama/Llama-3.1-8B-Instruct", {"Meta"}),
        ("llama3.2", {"Meta"}),
        ("Qwen/Qwen3-32B", {"Alibaba"}),
        ("deepseek-r1-distill-llama-70b", {"DeepSeek", "Meta"}),
        ("mistral-large-2411", {"Mistral"}),
        ("phi4", {"Microsoft"}),
        ("grok-4", {"xAI"}),
        ("moonshotai/kimi-k2", {"Moonshot"}),
        ("my-model", set()),
        ("philosopher-7b", set()),
        ("m-1", set()),
        ("", set()),
    ],
)
def test_a_name_tells_the_family(model: str, families: set[str]) -> None:
    """Names come with prefixes of hosts, sizes and dates, and words that only begin alike are no family."""
    assert families == families_of(card(model))


def test_a_type_tells_the_family_too() -> None:
    """A tuned model has a name that says nothing."""
    assert {"Anthropic"} == families_of(card("desk-v7", type="anthropic"))


def test_kin_are_told_with_what_they_have_in_common() -> None:
    """The same model is nearer than a family, and strangers are not told."""
    targets = [card("gpt-5", name="big"), card("gpt-5-mini", name="small"), card("claude-x", name="other")]
    found = [(target.name, common) for target, _, common in kin(targets, [card("gpt-5-mini", name="judge")])]

    assert [("big", "models of OpenAI"), ("small", "the same model")] == found


def test_scripted_ones_are_no_kin() -> None:
    """They have no model."""
    assert [] == list(kin([card("", type="scripted")], [card("", type="scripted")]))
