"""No answer and no spec makes a check take long, or raise."""

import pytest

from evalc.checks._evaluation import evaluate_plain
from evalc.checks._patterns import LARGEST_SEARCH, compile_pattern
from evalc.model.exchange import Response
from tests.checks.clauses import answered_by, check_of

DEEP = "[" * 50_000 + "]" * 50_000


def test_a_search_that_could_take_too_long_is_not_begun() -> None:
    """Program times text bounds the work of RE2; beyond it, saying so is better than a run that stands still."""
    check = check_of("must match /a[ab]{900}c/")
    steps = compile_pattern("a[ab]{900}c", ignores_case=False).programsize
    result = evaluate_plain(check, answered_by(Response(text="ab" * (LARGEST_SEARCH // steps))))

    assert "errored" == result.outcome
    assert "is too long for this pattern" in result.reason


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("must be json", DEEP),
        ("must be json", "9" * 100_000),
        ("must have $[0][0] = 1", DEEP),
        ("must have $.a = 1", "```json\n" * 100_000),
        ("must be near 1 within 1", "1," * 200_000),
        ("must be near 1 within 1", "1" * 500_000 + "/1"),
        ('must use language "en"', "```" * 200_000),
        ('must use language "en"', "`" * 400_000),
        ('must resemble "abc" >= 50%', "ab" * 300_000),
        ('must contain "x"', "\u0130" * 300_000),
    ],
)
def test_an_answer_of_any_shape_is_decided(line: str, text: str) -> None:
    """A pattern that goes back, or a reader that goes deep, would stop the run at one of these."""
    assert evaluate_plain(check_of(line), answered_by(Response(text=text))).reason


def test_a_deep_answer_fits_no_schema() -> None:
    """The schema's engine has a limit of its own, and passing it would be an exception in the middle of a run."""
    check = check_of('must fit schema "any.json"')
    ready = check.model_copy(update={"arguments": {**check.arguments, "schema": {"type": "array"}}})
    result = evaluate_plain(ready, answered_by(Response(text="[" * 300 + "]" * 300)))

    assert ("failed", "does not fit any.json: it is nested deeper than 64 levels") == (result.outcome, result.reason)
