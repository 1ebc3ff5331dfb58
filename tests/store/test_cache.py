"""Answers kept between runs: found for the same request and for no other one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evalc.base.scrub import Scrubber
from evalc.model.catalog import Tool
from evalc.model.exchange import Message, Prompt, Response
from evalc.model.plan import TargetCard
from evalc.store.answers.cache import AnswerCache, differences, request_of

CARD = TargetCard(name="local", type="openai", model="m-1", fingerprint="f-1")
PROMPT = Prompt(
    key="geo/capitals/france@1/0",
    purpose="answer",
    case_id="geo/capitals/france",
    messages=(Message(role="system", text="Be brief."), Message(role="user", text="Which capital?")),
)
ANSWER = Response(text="Paris.", cost_usd=0.5, kept='{"thinking": "signed"}')


def open_cache(folder: Path, *, most_bytes: int = 1_000_000) -> AnswerCache:
    """The cache in a folder."""
    return AnswerCache(folder / "answers", Scrubber({"KEY": "sk-of-ours"}), most_bytes=most_bytes)


def test_the_same_request_finds_its_answer_in_a_later_run(tmp_path: Path) -> None:
    """Whatever the target is called now, and for nothing."""
    open_cache(tmp_path).keep(CARD, PROMPT, response=ANSWER)
    later = open_cache(tmp_path)
    found = later.find(CARD.model_copy(update={"name": "renamed"}), PROMPT)

    assert ANSWER.model_copy(update={"cost_usd": 0.0}) == found
    assert 1 == later.hits


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda card, prompt: (card.model_copy(update={"fingerprint": "f-2"}), prompt), "the settings of the target"),
        (lambda card, prompt: (card.model_copy(update={"type": "anthropic"}), prompt), "of type openai, not anthropic"),
        (lambda card, prompt: (card, prompt.model_copy(update={"key": "geo/capitals/france@2/0"})), "repeat 1, not 2"),
        (
            lambda card, prompt: (card, prompt.model_copy(update={"messages": prompt.messages[1:]})),
            "1 messages instead of 2",
        ),
        (
            lambda card, prompt: (
                card,
                prompt.model_copy(update={"messages": (prompt.messages[0], Message(role="user", text="Which one?"))}),
            ),
            "message 2 is another",
        ),
        (
            lambda card, prompt: (
                card,
                prompt.model_copy(update={"tools": (Tool(name="look", description="", parameters={}),)}),
            ),
            "the tools are others",
        ),
        (
            lambda card, prompt: (card, prompt.model_copy(update={"reply_schema": {"type": "object"}})),
            "the schema of the reply",
        ),
    ],
)
def test_any_other_request_finds_nothing_and_is_told_why(
    change: Callable[[TargetCard, Prompt], tuple[TargetCard, Prompt]], said: str, tmp_path: Path
) -> None:
    """An answer to another question, of another model, or to another repeat, would be a made-up result."""
    cache = open_cache(tmp_path)
    cache.keep(CARD, PROMPT, response=ANSWER)
    card, prompt = change(CARD, PROMPT)
    (kept,) = cache.neighbours(PROMPT.case_id)
    (difference, *_) = differences(request_of(card, prompt), kept.request)

    assert cache.find(card, prompt) is None
    assert said in difference


def test_samples_of_a_judge_are_not_one_answer(tmp_path: Path) -> None:
    """A panel that asks thrice wants three opinions."""
    cache = open_cache(tmp_path)
    judged = PROMPT.model_copy(update={"purpose": "judgement", "key": f"{PROMPT.key}/polite/tone"})
    cache.keep(CARD, judged, response=ANSWER)

    assert cache.find(CARD, judged)
    assert cache.find(CARD, judged.model_copy(update={"key": f"{judged.key}/2"})) is None


def test_answers_are_private_and_without_secrets(tmp_path: Path) -> None:
    """A cache lies around for months."""
    cache = open_cache(tmp_path)
    cache.keep(CARD, PROMPT, response=Response(text="The key is sk-of-ours."))
    (file,) = tmp_path.rglob("*.json")

    assert (0o600, 0o700) == (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777)
    assert b"sk-of-ours" not in file.read_bytes()


def test_what_others_may_write_or_what_is_damaged_is_not_taken(tmp_path: Path) -> None:
    """It would be a verdict of somebody's choice, or of chance."""
    cache = open_cache(tmp_path)
    cache.keep(CARD, PROMPT, response=ANSWER)
    (file,) = tmp_path.rglob("*.json")
    content = file.read_bytes()
    file.chmod(0o666)
    by_others = cache.find(CARD, PROMPT)
    file.chmod(0o600)
    file.write_bytes(content.replace(b"Paris", b"Lyons"))
    damaged = cache.find(CARD, PROMPT)
    file.write_bytes(content)

    assert (None, None) == (by_others, damaged)
    assert cache.find(CARD, PROMPT)


def test_what_was_of_no_use_for_longest_makes_room(tmp_path: Path) -> None:
    """The folder stays as small as the policy says, and what runs use every day stays in it."""
    cache = open_cache(tmp_path, most_bytes=2500)
    prompts = [PROMPT.model_copy(update={"key": f"geo/capitals/france@{number}/0"}) for number in range(1, 6)]
    for at, prompt in enumerate(prompts):
        cache.keep(CARD, prompt, response=ANSWER)
        for path in tmp_path.rglob("*.json"):
            if path.stat().st_mtime > 1_000_000:
                os.utime(path, (1000 + at, 1000 + at))
    cache.find(CARD, prompts[0])
    cache.prune()
    kept = [prompt.key for prompt in prompts if cache.find(CARD, prompt)]

    assert sum(path.stat().st_size for path in tmp_path.rglob("*.json")) <= 2500
    assert prompts[0].key in kept
    assert prompts[1].key not in kept


def test_a_cache_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    """It only saves calls."""
    (tmp_path / "answers").write_text("a file")
    cache = open_cache(tmp_path)
    cache.keep(CARD, PROMPT, response=ANSWER)

    assert cache.find(CARD, PROMPT) is None
