"""The target `replay`."""

import asyncio
from pathlib import Path

import pytest

from evalc.model.exchange import Message, Prompt, Recording, Response
from evalc.targets.contract import TargetContext, TargetError
from evalc.targets.replay import Replay

PROMPT = Prompt(
    key="geo/capitals/france@1/0",
    purpose="answer",
    case_id="geo/capitals/france",
    messages=(Message(role="user", text="What is the capital of France?"),),
)


def replay(prompt: Prompt, folder: Path, *texts: str) -> Response:
    """What is replayed for a prompt from recordings of these answers to `PROMPT`, in order."""
    recordings = [
        Recording(key=PROMPT.key, prompt_digest=PROMPT.digest, response=Response(text=text, latency_s=0.5))
        for text in texts
    ]
    (folder / "a.jsonl").write_text("".join(recording.model_dump_json() + "\n" for recording in recordings))
    type_ = Replay(file="a.jsonl")
    context = TargetContext(folder, (), lambda name: None, timeout_s=10, max_answer_bytes=10_000)
    return asyncio.run(type_.open(type_.card("before", type="replay"), context).ask(prompt))


def test_an_answer_comes_back_as_it_was_recorded(tmp_path: Path) -> None:
    """Of several recordings of one question the last counts: a resumed run asked again."""
    assert Response(text="Paris", latency_s=0.5) == replay(PROMPT, tmp_path, "Lyon", "Paris")


def test_a_changed_question_has_no_answer(tmp_path: Path) -> None:
    """An answer to the old question would pass or fail for reasons that are gone."""
    changed = PROMPT.model_copy(update={"messages": (Message(role="user", text="And of Spain?"),)})

    with pytest.raises(
        TargetError, match="france@1/0 that was recorded for another question; record it again"
    ) as found:
        replay(changed, tmp_path, "Paris")
    assert "case-fatal" == found.value.kind


def test_a_new_question_has_no_answer(tmp_path: Path) -> None:
    """Nothing is made up, and the cure is named."""
    with pytest.raises(TargetError, match="`before` has no recorded answer to geo/capitals/spain@1/0; record one"):
        replay(PROMPT.model_copy(update={"key": "geo/capitals/spain@1/0"}), tmp_path, "Paris")


@pytest.mark.parametrize(("content", "words"), [(b"{}\n", "line 1 is no recording"), (None, "no such file")])
def test_recordings_that_cannot_be_read_are_said_at_the_start(
    content: bytes | None, words: str, tmp_path: Path
) -> None:
    """After half of a run it would be too late."""
    if content is not None:
        (tmp_path / "b.jsonl").write_bytes(content)
    type_ = Replay(file="b.jsonl")
    context = TargetContext(tmp_path, (), lambda name: None, timeout_s=10, max_answer_bytes=10_000)

    with pytest.raises(TargetError, match=words):
        type_.open(type_.card("before", type="replay"), context)
