"""What every check promises, whoever wrote it."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.family import members
from evalc.base.source import Span
from evalc.checks._evaluation import evaluate_plain, judged_result, open_judged
from evalc.checks._reading import read_clause
from evalc.checks.contract import CheckType, JudgedCheck, PlainCheck
from evalc.model.catalog import Check
from evalc.model.exchange import Response, ToolCall
from evalc.model.result import CriterionResult
from evalc.syntax.phrase import Branch, Literal, Part, Slot, parse_form, spell
from evalc.syntax.tree import Word, WordKind
from tests.checks.clauses import answered_by, check_of, reading_of

MEMBERS = dict(members("evalc.checks", CheckType))
PLAIN = sorted(verb for verb, member in MEMBERS.items() if issubclass(member, PlainCheck))
JUDGED = sorted(verb for verb, member in MEMBERS.items() if issubclass(member, JudgedCheck))

RESPONSES = (
    Response(text=""),
    Response(text="Dear all, the error rate is 3.14 and the meeting is moved to Friday."),
    Response(text='{"decision": "escalate", "handover": {"queue": "legal"}}', output_tokens=9, cost_usd=0.01),
    Response(
        text="paris",
        finish_reason="length",
        tool_calls=(ToolCall(name="create_key", arguments={"scope": "invoke", "days": 3}),),
    ),
)

Writing = tuple[tuple[WordKind, str, str], ...]
"""Words as kind, text and mark."""

# One way to write each kind of slot.
_SAMPLES: dict[str, Writing] = {
    "condition": (("path", '$.a[0]["b c"]', ""), ("operator", "<=", ""), ("number", "3", "")),
    "conditions": (
        ("path", "$.a", ""),
        ("name", "in", ""),
        ("text", "x", ""),
        ("comma", ",", ""),
        ("name", "true", ""),
        ("name", "and", ""),
        ("path", "$.b", ""),
        ("operator", "!=", ""),
        ("number", "1.5", ""),
    ),
    "count": (("number", "2", ""),),
    "number": (("number", "3.14", ""),),
    "operator": (("operator", "<=", ""),),
    "pattern": (("pattern", r"a\/b", "i"),),
    "quantity": (("number", "80", "%"),),
    "reason": (("name", "length", ""),),
    "rubric": (("name", "guidance", ""),),
    "text": (("text", 'say "x" \\ and\n\tno more', ""),),
    "texts": (("text", "a", ""), ("comma", ",", ""), ("text", "b", "")),
    "tool": (("name", "create_key", ""),),
    # Slots whose values are not any of their kind.
    "language": (("text", "de", ""),),
    "later": (("name", "pay", ""),),
}
_OF_MEASURE = {"words": "", "characters": "", "lines": "", "tokens": "", "latency": "ms", "cost": "$"}


def example_of(verb: str) -> str:
    """The example in the docstring of a member."""
    text = inspect.getdoc(MEMBERS[verb]) or ""
    (example,) = re.findall(r"^Example:\n    (.+)\Z", text, re.MULTILINE)
    return str(example)


def writings(parts: tuple[Part, ...]) -> Iterator[Writing]:
    """Each way to write a form, with one sample for each slot."""
    if not parts:
        yield ()
        return
    first, rest = parts[0], parts[1:]
    if isinstance(first, Branch):
        for option in first.options:
            yield from writings((*option, *rest))
        return
    for tail in writings(rest):
        yield from ((*head, *tail) for head in _written(first))


def _written(part: Literal | Slot) -> Iterator[Writing]:
    if isinstance(part, Literal):
        yield (("name" if part.text.isalpha() else "operator", part.text, ""),)
    elif "|" in part.kind:
        yield from ((("name", word, ""),) for word in part.kind.split("|"))
    else:
        yield _SAMPLES.get(part.name) or _SAMPLES[part.kind]


def _words(writing: Writing) -> Iterator[Word]:
    measures = [text for _, text, _ in writing if text in _OF_MEASURE]
    for at, (kind, text, mark) in enumerate(writing):
        is_bound = bool(measures) and at == len(writing) - 1
        yield Word(kind, text, Span(10 * at, 10 * at + 9), _OF_MEASURE[measures[0]] if is_bound else mark)


WRITINGS = [
    pytest.param(verb, words, id=spell(words))
    for verb, member in MEMBERS.items()
    for form in member.forms
    for words in (tuple(_words(writing)) for writing in writings(parse_form(form)))
]


@pytest.mark.parametrize("verb", MEMBERS)
def test_the_example_of_a_check_is_read_as_that_check(verb: str) -> None:
    """The docstring is the page of the reference, and a page with an example that fails is worse than none."""
    reading = reading_of(example_of(verb))

    assert (verb, ()) == (reading.verb, reading.mistakes)


@pytest.mark.parametrize("verb", MEMBERS)
def test_a_check_says_in_one_line_what_holds_of_the_answer(verb: str) -> None:
    """The first line stands in completion and in the table of checks, where only one line fits."""
    first = (inspect.getdoc(MEMBERS[verb]) or "").splitlines()[0]

    assert first.endswith(".")
    assert MEMBERS[verb].__doc__ != CheckType.__doc__


@pytest.mark.parametrize(("verb", "words"), WRITINGS)
def test_all_that_a_form_allows_is_read(verb: str, words: tuple[Word, ...]) -> None:
    """A form that promises what the member refuses would lead completion and its users astray."""
    reading = read_clause(words)

    assert (verb, ()) == (reading.verb, reading.mistakes)


@pytest.mark.parametrize(("verb", "words"), WRITINGS)
def test_canonical_words_are_read_as_the_same_check(verb: str, words: tuple[Word, ...]) -> None:
    """The formatter writes them, reviewers read them, and the compiled spec keeps them."""
    reading = read_clause(words)
    again = reading_of(f"must {reading.words}")

    assert (reading.arguments, reading.words) == (again.arguments, again.words)


@pytest.mark.parametrize(("verb", "words"), WRITINGS)
def test_arguments_come_back_from_json(verb: str, words: tuple[Word, ...]) -> None:
    """A spec that is compiled on one machine is run on another."""
    reading = read_clause(words)
    member = MEMBERS[verb]
    check = member.model_validate(json.loads(json.dumps(reading.arguments)))

    assert reading.arguments == check.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@pytest.mark.parametrize(("verb", "words"), WRITINGS)
def test_names_that_are_made_are_names(verb: str, words: tuple[Word, ...]) -> None:
    """They are part of a check's id, and stand in files, addresses and tables."""
    name = read_clause(words).default_name

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 40


@pytest.mark.parametrize("verb", PLAIN)
@pytest.mark.parametrize("response", RESPONSES)
def test_must_and_must_not_are_opposites(verb: str, response: Response) -> None:
    """Where both pass or both fail, one of them is not what its words say."""
    check = _ready(verb)
    other = check.model_copy(update={"is_negated": not check.is_negated})
    outcomes = {evaluate_plain(given, answered_by(response)).outcome for given in (check, other)}

    assert outcomes in ({"passed", "failed"}, {"errored"})


@pytest.mark.parametrize("verb", PLAIN)
@given(st.text())
def test_a_check_has_a_finding_on_every_answer(verb: str, text: str) -> None:
    """Answers come from anywhere; one that makes a check raise would stop a run."""
    result = evaluate_plain(_ready(verb), answered_by(Response(text=text)))

    assert result.reason


@pytest.mark.parametrize("verb", JUDGED)
def test_a_judged_check_asks_and_then_decides(verb: str) -> None:
    """A check that asks nothing would pass without a judge, and one that cannot be undecided would count a shrug."""
    check = check_of(example_of(verb))
    member = open_judged(check)
    questions = member.questions(answered_by(RESPONSES[1]), (), seed="s")
    words = [CriterionResult(criterion=question.name, verdict="cannot-tell", reason="r") for question in questions]

    assert len(questions) > 0
    assert "unscored" == judged_result(check, member, results=words, rubrics=()).outcome


def test_reading_checks_needs_nothing_heavy() -> None:
    """`evalc check` starts in a fraction of a second only while no check brings its engine along."""
    code = (
        "import sys; from evalc.base.family import members; from evalc.checks.contract import CheckType;"
        "list(members('evalc.checks', CheckType));"
        "print(*sorted({'re2', 'jsonschema_rs', 'jinja2', 'httpx'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "" == done.stdout.strip()


def _ready(verb: str) -> Check:
    check = check_of(example_of(verb))
    if verb == "fit-schema":
        return check.model_copy(update={"arguments": {**check.arguments, "schema": {"type": "object"}}})
    return check
