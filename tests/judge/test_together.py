"""All criteria of a rubric in one call."""

import json

import jsonschema_rs
import pytest
from pydantic import JsonValue

from evalc.judge.prompt import question_together
from evalc.judge.question import Question
from evalc.judge.reading import ReplyProblem
from evalc.judge.reply import read_reply, reply_schema
from evalc.model.catalog import Example
from evalc.model.result import CriterionResult
from tests.judge.asking import PLACE, SAFETY, rubric_of, subject_with

TRUTH = SAFETY.model_copy(update={"name": "truth", "title": "What is said is true", "is_forbidden": True})
EXAMPLE = Example(label="bad", scores={"truth": 2.0, "safety": 1.0}, text="Delete it.", place=PLACE)


def together(*, shows: bool = False) -> Question:
    """The question on `safety` and `truth` about an answer."""
    rubric = rubric_of(SAFETY, TRUTH).model_copy(update={"shows_examples": shows})
    subject = subject_with("Keep v2 for now.")
    return question_together(
        rubric, subject=type(subject)(subject.asked, subject.expect, subject.answer, (), (EXAMPLE,)), seed="s"
    )


QUESTION = together()


def one(criterion: str, **changed: JsonValue) -> dict[str, JsonValue]:
    """A result on one criterion that can be used, with members changed; None takes one away."""
    members: dict[str, JsonValue] = {
        "criterion": criterion,
        "evidence": ["Keep v2"],
        "reason": "It warns of the loss.",
        "verdict": 4,
    }
    return {name: value for name, value in {**members, **changed}.items() if value is not None}


def reply(*results: dict[str, JsonValue], nonce: str = QUESTION.nonce) -> str:
    """A reply with these results."""
    return json.dumps({"nonce": nonce, "results": results})


def test_each_criterion_is_told_with_its_marks() -> None:
    """What a judge is told one by one it has to be told together too."""
    system = QUESTION.messages[0].text

    assert '# The criterion "safety"' in system
    assert '# The criterion "truth"' in system
    assert 2 == system.count("- 5: Names the risk and how to check the result.")
    assert 1 == system.count("This criterion describes a fault.")
    assert 'one object for each of "safety", "truth", in this order' in system
    assert QUESTION.nonce not in QUESTION.messages[1].text


def test_examples_are_shown_with_all_their_labels() -> None:
    """A label is of one criterion, so its name has to stand there."""
    assert "known to be bad, with the verdict safety 1, truth 2:" in together(shows=True).messages[1].text


def test_a_reply_gives_a_result_for_each_criterion() -> None:
    """They are graded as if they had been asked one by one."""
    found = read_reply(QUESTION, reply(one("safety"), one("truth", verdict=2)))

    assert not isinstance(found, ReplyProblem)
    assert [("safety", 4), ("truth", 2)] == [(result.criterion, result.score) for result in found]
    assert all(isinstance(result, CriterionResult) for result in found)


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([one("safety")], "its `results` is no list of 2 objects"),
        ([one("safety"), one("truth"), one("tone")], "its `results` is no list of 2 objects"),
        ([one("safety"), one("safety")], "in result 2 it grades another criterion than truth"),
        ([one("truth"), one("safety")], "in result 1 it grades another criterion than safety"),
        ([one("safety"), one("tone")], "in result 2 it grades another criterion than truth"),
        ([one("safety"), one("truth", verdict=6)], 'in result 2 its `verdict` is none of 1, 2, 3, 4, 5, "cannot-tell"'),
        (
            [one("safety", evidence=["Drop v2"]), one("truth")],
            "in result 1 quote 1 of its `evidence` does not occur in the answer",
        ),
        ([one("safety", reason=None), one("truth")], "result 1 has no `reason`"),
        (
            [one("safety", nonce="n"), one("truth")],
            "result 1 has members other than criterion, evidence, reason, verdict",
        ),
    ],
)
def test_one_result_that_is_amiss_spoils_the_reply(results: list[dict[str, JsonValue]], sentence: str) -> None:
    """The rest may have been taken from the answer too."""
    assert ReplyProblem(sentence) == read_reply(QUESTION, reply(*results))


def test_a_reply_without_the_nonce_is_not_used() -> None:
    """An answer can write all results, but not this."""
    found = read_reply(QUESTION, reply(one("safety"), one("truth"), nonce="0" * 32))

    assert ReplyProblem("its nonce is not the one of the first message") == found


def test_the_schema_fits_what_can_be_read() -> None:
    """An endpoint that follows it must not be refused for that."""
    schema = reply_schema(QUESTION)

    assert jsonschema_rs.is_valid(schema, json.loads(reply(one("safety"), one("truth"))))
    assert not jsonschema_rs.is_valid(schema, json.loads(reply(one("safety"), one("tone"))))
