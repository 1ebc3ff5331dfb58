"""Each check says itself when one of its settings is weaker than another."""

import json
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from evalc.base.family import find_member, member_names
from evalc.checks._conditions import Condition
from evalc.checks._evaluation import open_check
from evalc.checks._measures import Measure
from evalc.checks._patterns import PatternError, compile_pattern
from evalc.checks.be_json import BeJson
from evalc.checks.be_near import BeNear
from evalc.checks.be_one_of import BeOneOf
from evalc.checks.call import Call
from evalc.checks.contain import Contain
from evalc.checks.contract import Answered, CheckType, PlainCheck
from evalc.checks.end_with import EndWith
from evalc.checks.equal import Equal
from evalc.checks.fit_schema import FitSchema
from evalc.checks.have import Have
from evalc.checks.match import MatchPattern
from evalc.checks.refuse import Refuse
from evalc.checks.resemble import Resemble
from evalc.checks.satisfy import Satisfy
from evalc.checks.start_with import StartWith
from evalc.checks.stop_with import StopWith
from evalc.checks.use_language import UseLanguage
from evalc.model.exchange import Response, ToolCall
from evalc.model.rule import Operator
from tests.checks.clauses import answered_by, check_of

# Few letters, so that one setting often has to do with another one.
_TEXT = st.text("aAb ", min_size=1, max_size=4).filter(str.strip)
_TEXTS = st.lists(_TEXT, min_size=1, max_size=3, unique=True)
_NUMBER = st.integers(0, 4).map(float)
_VALUE = st.sampled_from([0, 1, 2.0, True, None, "a", "A", "b"])
_ORDER = st.sampled_from(["<", "<=", ">", ">="])
_ONE_VALUE = st.lists(_VALUE, min_size=1, max_size=1)
_ONE_NUMBER = st.lists(st.integers(0, 3), min_size=1, max_size=1)
_PATH = st.sampled_from(["$.x", "$.x", "$.y"])
_CONDITION = st.one_of(
    st.builds(Condition, path=_PATH, operator=_ORDER, values=_ONE_NUMBER),
    st.builds(Condition, path=_PATH, operator=st.sampled_from(["=", "!="]), values=_ONE_VALUE),
    st.builds(Condition, path=_PATH, operator=st.just("in"), values=st.lists(_VALUE, min_size=1, max_size=3)),
)
_PATTERN = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\b", "^", "$", "a+", "b?", "a{1,2}", "a{2}", "A"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map("|".join),
        inner.map("({})".format),
        inner.map("(?:{})*".format),
    ),
    max_leaves=6,
)


def _compiles(pattern: str) -> bool:
    try:
        compile_pattern(pattern, ignores_case=False)
    except PatternError:
        return False
    return True


_SCHEMA = st.sampled_from([{"type": "object"}, {"type": "array"}, {"type": ["object", "array"]}])

SETTINGS: dict[str, SearchStrategy[CheckType]] = {
    "be-json": st.builds(BeJson, exactly=st.booleans()),
    "be-near": st.builds(BeNear, number=_NUMBER, tolerance=_NUMBER),
    "be-one-of": st.builds(BeOneOf, texts=_TEXTS, exactly=st.booleans()),
    "call": st.one_of(
        st.builds(
            Call,
            tool=st.sampled_from(["pay", "ask"]),
            conditions=st.lists(_CONDITION, max_size=2),
            exactly=st.booleans(),
            most=st.none() | st.integers(1, 3),
        ),
        st.builds(Call, tool=st.just("pay"), later=st.sampled_from(["ask", "tell"])),
    ),
    "contain": st.builds(Contain, texts=_TEXTS, needs=st.sampled_from(["all", "any"]), exactly=st.booleans()),
    "end-with": st.builds(EndWith, text=_TEXT, exactly=st.booleans()),
    "equal": st.builds(Equal, text=_TEXT, exactly=st.booleans()),
    "fit-schema": st.builds(FitSchema, file=st.sampled_from(["a.json", "b.json"]), schema=_SCHEMA),
    "have": st.one_of(
        st.builds(
            Have,
            measure=st.sampled_from(get_args(Measure)),
            operator=st.sampled_from(get_args(Operator)),
            bound=_NUMBER,
        ),
        st.builds(
            lambda found, exactly: Have(path=found.path, operator=found.operator, values=found.values, exactly=exactly),
            _CONDITION,
            st.booleans(),
        ),
    ),
    "match": st.builds(MatchPattern, pattern=_PATTERN.filter(_compiles), ignores_case=st.booleans()),
    "refuse": st.builds(Refuse),
    "resemble": st.builds(Resemble, text=_TEXT, share=st.sampled_from([0.2, 0.5, 0.8])),
    "satisfy": st.builds(Satisfy, claim=_TEXT) | st.builds(Satisfy, rubric=st.sampled_from(["tone", "care"])),
    "start-with": st.builds(StartWith, text=_TEXT, exactly=st.booleans()),
    "stop-with": st.builds(StopWith, reason=st.sampled_from(["tool-calls", "tool_calls", "stop"])),
    "use-language": st.builds(UseLanguage, language=st.sampled_from(["de", "fr"])),
}

_ARGUMENTS = st.dictionaries(st.sampled_from(["x", "y"]), _VALUE | st.integers(0, 3))
_RESPONSES = st.builds(
    Response,
    text=st.one_of(
        st.text("aAb 1.", max_size=8),
        _ARGUMENTS.map(json.dumps),
        _ARGUMENTS.map(lambda found: f"so:\n```json\n{json.dumps(found)}\n```"),
        _NUMBER.map("about {:g} EUR".format),
    ),
    tool_calls=st.lists(
        st.builds(ToolCall, name=st.sampled_from(["pay", "ask"]), arguments=_ARGUMENTS), max_size=4
    ).map(tuple),
    finish_reason=st.sampled_from(["", "stop", "tool_calls"]),
    latency_s=_NUMBER,
    output_tokens=st.none() | st.integers(0, 4),
    cost_usd=st.none() | _NUMBER,
)

_TURNED = {"equal": "equal", "weaker": "stronger", "stronger": "weaker", "unknown": "unknown"}

_SEVERAL = {verb: st.lists(found, min_size=3, max_size=7) for verb, found in SETTINGS.items()}

VERBS = sorted(SETTINGS)
PLAIN = [verb for verb in VERBS if verb not in ("refuse", "satisfy")]


def test_each_verb_is_tested() -> None:
    """A verb without settings here could call a loosened check tightened."""
    assert sorted(member_names("evalc.checks")) == VERBS
    assert [] == [verb for verb in PLAIN if not issubclass(_member(verb), PlainCheck)]


@pytest.mark.parametrize("verb", VERBS)
@given(st.data())
def test_strengths_are_an_order(verb: str, data: st.DataObject) -> None:
    """An unchanged check is no change, undoing a change turns it round, and two loosenings are one over the release."""
    settings = data.draw(_SEVERAL[verb])

    assert all("equal" == setting.strength_against(setting.model_copy()) for setting in settings)
    for first, second in product(settings, repeat=2):
        assert _TURNED[first.strength_against(second)] == second.strength_against(first)
    for first, second, third in product(settings, repeat=3):
        assert first.implies(third) or not (first.implies(second) and second.implies(third))


@pytest.mark.parametrize("verb", PLAIN)
@given(st.data())
def test_what_is_implied_is_true_of_the_same_answers(verb: str, data: st.DataObject) -> None:
    """The one thing that a reviewer relies on: what passed a check passes one that was called weaker."""
    settings = data.draw(_SEVERAL[verb])
    answers = [answered_by(response) for response in data.draw(st.lists(_RESPONSES, min_size=1, max_size=5))]
    for answered in answers:
        found = [(setting, _is_true(setting, answered)) for setting in settings]
        broken = [
            (first, second)
            for (first, before), (second, after) in product(found, repeat=2)
            if first.implies(second) and before is True and after is False
        ]

        assert [] == broken


@pytest.mark.parametrize("verb", PLAIN)
@given(st.data())
def test_what_is_excluded_is_true_of_no_answer_together(verb: str, data: st.DataObject) -> None:
    """An author who is told that two checks clash takes one of them out."""
    settings = data.draw(_SEVERAL[verb])
    for answered in [answered_by(response) for response in data.draw(st.lists(_RESPONSES, min_size=1, max_size=5))]:
        held = [setting for setting in settings if _is_true(setting, answered)]

        assert [] == [(first, second) for first, second in product(held, repeat=2) if first.excludes(second)]


@pytest.mark.parametrize(
    ("one", "other", "is_excluded"),
    [
        ("have words <= 50", "have words >= 80", True),
        ("have words <= 50", "have words >= 50", False),
        ("have words <= 50", "have lines >= 80", False),
        ("have $.a = 1", "have $.a = 2", True),
        ("have $.a = 1", "have $.b = 2", False),
        ("have $.a[*] = 1", "have $.a[*] = 2", False),
        ('have $.a in "x", "y"', 'have $.a = "Y"', False),
        ("have $.a <= 3", "have $.a > 3", True),
        ('have $.a = "x"', "have $.a > 3", True),
        ('have $.a = "x"', 'have $.a != "x" exactly', False),
        ('contain "a"', 'contain "b"', False),
    ],
)
def test_what_excludes_what(one: str, other: str, is_excluded: bool) -> None:
    """A clash that is not seen fails every run, and one that is none costs the author's trust."""
    first, second = (open_check(check_of(f"must {words}")) for words in (one, other))

    assert (is_excluded, is_excluded) == (first.excludes(second), second.excludes(first))


@pytest.mark.parametrize("verb", PLAIN)
@given(st.data())
def test_a_check_that_needs_the_answer_alone_looks_at_nothing_else(verb: str, data: st.DataObject) -> None:
    """Examples are texts and calls; a check that looks at times or costs says nothing about them."""
    setting, response = data.draw(SETTINGS[verb]), data.draw(_RESPONSES)
    alone = _is_true(setting, answered_by(Response(text=response.text, tool_calls=response.tool_calls)))

    assert alone == _is_true(setting, answered_by(response)) or not setting.needs_answer_alone


@pytest.mark.parametrize(
    ("before", "after", "strength"),
    [
        ('contain "error rate"', 'contain "rate"', "weaker"),
        ('contain any of "a", "b"', 'contain any of "a", "b", "c"', "weaker"),
        ('contain all of "a", "b"', 'contain all of "b", "c", "a"', "stronger"),
        ('contain all of "a", "b"', 'contain any of "a", "b"', "weaker"),
        ('contain "Paris" exactly', 'contain "paris"', "weaker"),
        ('contain "Paris"', 'contain "Lyon"', "unknown"),
        ('contain any of "a", "b"', 'contain any of "b", "A"', "equal"),
        ('equal "Paris"', 'equal "PARIS"', "equal"),
        ('be one of "a", "b"', 'be one of "a"', "stronger"),
        ('start with "Dear Ann"', 'start with "Dear"', "weaker"),
        ('end with "regards"', 'end with "kind regards"', "stronger"),
        ("be json exactly", "be json", "weaker"),
        ("be near 3.14 within 0.01", "be near 3.1 within 0.5", "weaker"),
        ("be near 3.14 within 0.01", "be near 3.2 within 0.01", "unknown"),
        ('resemble "a b c" >= 80%', 'resemble "a b c" >= 70%', "weaker"),
        ("have words <= 180", "have words <= 300", "weaker"),
        ("have words <= 180", "have words < 180", "stronger"),
        ("have words <= 180", "have words >= 180", "unknown"),
        ("have words <= 180", "have lines <= 300", "unknown"),
        ("have latency <= 4s", "have latency <= 4000ms", "equal"),
        ('have $.a = "x"', 'have $.a in "x", "y"', "weaker"),
        ("have $.a >= 3", "have $.a >= 2", "weaker"),
        ("have $.a = 3", "have $.a >= 2", "weaker"),
        ("have $.a != 3", "have $.a > 3", "stronger"),
        ("have $.a = 3", "have $.b = 3", "unknown"),
        ("call pay", "call pay with $.sum = 3", "stronger"),
        ("call pay with $.sum = 3 and $.to = 1", "call pay with $.sum = 3", "weaker"),
        ("call pay at most 1 times", "call pay at most 2 times", "weaker"),
        ("call pay with $.sum = 3 at most 1 times", "call pay at most 1 times", "unknown"),
        ("call ask before pay", "call ask", "weaker"),
        ("call ask before pay", "call ask before tell", "unknown"),
        ("match /a|b/", "match /a|b|c/", "weaker"),
        (r"match /\b(red|blue) lamp\b/", r"match /\b(red|blue|green) lamp\b/", "weaker"),
        (r"match /^CALL pay sum=38$/", r"match /CALL pay sum=38/", "weaker"),
        (r"match /in \d{1,2} days/", r"match /in \d{1,3} days/", "weaker"),
        ("match /lamp/", "match /lamp/i", "weaker"),
        ("match /[^a]/", "match /[^a]/i", "unknown"),
        ("match /lamp/", "match /l.mp/", "unknown"),
        ("stop with tool_calls", "stop with tool-calls", "equal"),
        ('satisfy "Is kind"', 'satisfy "Is polite"', "unknown"),
    ],
)
def test_the_usual_edits_are_known(before: str, after: str, strength: str) -> None:
    """What is not known has to be read by a person, so the edits that are made every day should be known."""
    left, right = (open_check(check_of(f"must {words}")) for words in (before, after))

    assert strength == right.strength_against(left)


def _is_true(setting: CheckType, answered: Answered) -> bool | None:
    assert isinstance(setting, PlainCheck)
    return setting.evaluate(answered).is_true


def _member(verb: str) -> type[CheckType]:
    found = find_member("evalc.checks", verb, CheckType)
    assert found is not None
    return found
