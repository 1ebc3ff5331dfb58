"""The guide to judging shows what is true."""

import re

from evalc.judge.reading import LONGEST_REPLY, ReplyProblem
from tests.house.modules import ROOT
from tests.judge.asking import ask, read_one

GUIDE = (ROOT / "site" / "docs" / "judging.md").read_text(encoding="utf-8")
ANSWER = "Roll back, then watch the error rate and the replica counts."


def test_the_reply_that_the_guide_shows_can_be_used() -> None:
    """It is what people copy who bring a judge of their own."""
    (reply,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    question = ask(ANSWER)
    found = read_one(question, reply.replace("«nonce»", question.nonce))

    assert not isinstance(found, ReplyProblem), found
    assert 3 == found.score


def test_the_limit_that_the_guide_names_is_ours() -> None:
    """A number in a guide is the first thing that nobody changes."""
    assert f"{LONGEST_REPLY:,} characters" in GUIDE
