"""Judge prompts as people read them, with named slots for what only a run knows."""

from dataclasses import replace

from evalc.judge.question import Question

ANSWER_SLOT = "«the answer»"
EARLIER_ANSWER_SLOT = "«an earlier answer»"
_NONCE_SLOT = "«nonce»"
_FENCE_SLOT = "«fence»"


def preview(question: Question) -> Question:
    """A question with slots for its marks, so that equal questions are equal texts."""
    messages = tuple(
        message.model_copy(
            update={"text": message.text.replace(question.nonce, _NONCE_SLOT).replace(question.fence, _FENCE_SLOT)}
        )
        for message in question.messages
    )
    return replace(question, messages=messages, nonce=_NONCE_SLOT, fence=_FENCE_SLOT)
