"""A judge that goes by labels and written rules, but reads its prompt and replies as a model does."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from evalc.model.catalog import Case, Criterion, Eval, Example
from evalc.model.exchange import Prompt
from evalc.targets._script import ScriptedVerdict, letters_of
from evalc.targets._scripted_pairs import reply_on_pair

Choice = int | str

_HOW_TO_REPLY = "# How to reply\n"
_MEMBER = re.compile(r'^- "(\w+)": (.*)$', re.MULTILINE)
_CHOICE = re.compile(r'-?\d+|"[\w-]+"')
_NAME = re.compile(r'"[a-z0-9-]+"')
_ANSWER = re.compile(
    r"^<<<answer (?P<mark>\S+)>>>\n(?P<text>.*)\n<<<end answer (?P=mark)>>>$", re.DOTALL | re.MULTILINE
)

_LONGEST_QUOTE = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answer, and why."""

    choice: Choice
    reason: str


@dataclass(frozen=True, slots=True)
class _Request:
    """What a prompt asks for: what is said of each member of the reply, in order, and the answer to judge.

    `results` names the criteria where the reply holds a result for each.
    """

    members: dict[str, str]
    answer: str
    criterion: str
    results: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(json.loads(choice) for choice in _CHOICE.findall(self.members["verdict"]))


class ScriptedJudge:
    """Judges the answers to the cases of some evals."""

    def __init__(self, evals: Iterable[Eval], rules: Sequence[ScriptedVerdict]) -> None:
        self._cases = {case.id: (case, eval_) for eval_ in evals for case in eval_.cases}
        self._rules = rules

    def reply(self, prompt: Prompt) -> str | None:
        """The reply to a prompt, or None where the prompt asks for none that this judge understands."""
        request = _read(prompt)
        found = self._cases.get(prompt.case_id)
        if found is None:
            return None
        if request is None:
            return reply_on_pair(found[0], prompt)
        nonce = json.loads(request.members["nonce"])
        if not request.results:
            return json.dumps(_in_order(self._result(found, prompt, request), {"nonce": nonce}, request=request))
        single = [replace(request, criterion=name) for name in request.results]
        results = [_in_order(self._result(found, prompt, one), {}, request=one) for one in single]
        return json.dumps({"nonce": nonce, "results": results})

    def _result(self, found: tuple[Case, Eval], prompt: Prompt, request: _Request) -> dict[str, JsonValue]:
        verdict = self._by_rule(prompt.case_id, request) or _by_label(*found, prompt=prompt, request=request)
        quotes: list[JsonValue] = [*_quotes(request.answer)]
        return {
            "criterion": request.criterion,
            "evidence": quotes,
            "reason": verdict.reason,
            "verdict": verdict.choice,
        }

    def _by_rule(self, case_id: str, request: _Request) -> Verdict | None:
        for rule in self._rules:
            if rule.fits(case_id, criterion=request.criterion, answer=request.answer):
                return Verdict(rule.verdict, rule.reason)
        return None


def _read(prompt: Prompt) -> _Request | None:
    system, user = prompt.messages[0].text, prompt.messages[1].text if len(prompt.messages) > 1 else ""
    members = dict(_MEMBER.findall(system.partition(_HOW_TO_REPLY)[2]))
    answer = _ANSWER.search(user)
    if answer is None or not {"criterion", "nonce", "verdict"} <= members.keys():
        return None
    if "results" in members:
        names = tuple(json.loads(name) for name in _NAME.findall(members["results"]))
        return _Request(members, answer["text"], names[0], names)
    return _Request(members, answer["text"], str(json.loads(members["criterion"])))


def _in_order(result: dict[str, JsonValue], more: dict[str, JsonValue], *, request: _Request) -> dict[str, JsonValue]:
    """The members of a reply in the order in which the prompt asks for them."""
    found = result | more
    return {name: found[name] for name in request.members if name in found}


def _by_label(case: Case, eval_: Eval, *, prompt: Prompt, request: _Request) -> Verdict:
    """A verdict on an answer that is an example of its case: by the example's label, or else by what it breaks."""
    letters = letters_of(request.answer)
    example = next((example for example in case.examples if letters_of(example.text) == letters), None)
    if example is None:
        return Verdict("cannot-tell", "This is no example of the case, and no rule fits it.")
    labelled = example.scores.get(request.criterion)
    if labelled is not None:
        choice = _labelled(request.choices, labelled)
        return Verdict(choice, f"This is the {example.label} example, labelled {choice}.")
    check = prompt.key.removeprefix(f"{case.id}@").split("/")[2]
    is_sound = _is_sound(example, check, is_claim=request.criterion == "claim")
    wants_much = not _is_turned_round(case, eval_, check=check, criterion=request.criterion)
    breaks = f", which breaks {', '.join(example.breaks)}" if example.breaks else ""
    return Verdict(_extreme(request.choices, is_sound == wants_much), f"This is a {example.label} example{breaks}.")


def _is_sound(example: Example, check: str, *, is_claim: bool) -> bool:
    """Whether an example is right in what a check looks at. A claim is one thing, a rubric looks at the whole."""
    if example.label == "good":
        return True
    return is_claim and bool(example.breaks) and check not in example.breaks


def _is_turned_round(case: Case, eval_: Eval, *, check: str, criterion: str) -> bool:
    """Whether a sound answer has the low end of the scale: the check is negated, or the criterion is a fault."""
    checks = [*case.checks, *(found for reply in case.replies for found in reply.checks)]
    is_negated = any(found.is_negated for found in checks if found.name == check)
    return is_negated != any(found.is_forbidden for found in _criteria(eval_, criterion))


def _criteria(eval_: Eval, name: str) -> Iterator[Criterion]:
    return (criterion for rubric in eval_.rubrics for criterion in rubric.criteria if criterion.name == name)


def _labelled(choices: Sequence[Choice], label: float) -> Choice:
    """The choice that a label means: a score, or `met` or `not-met` where there are no scores."""
    if "met" in choices:
        return "met" if label else "not-met"
    return round(label)


def _extreme(choices: Sequence[Choice], is_high: bool) -> Choice:
    numbers = [choice for choice in choices if isinstance(choice, int)]
    if numbers:
        return max(numbers) if is_high else min(numbers)
    return "met" if is_high else "not-met"


def _quotes(answer: str) -> list[str]:
    """The beginning of an answer, as evidence."""
    line = next((line.strip() for line in answer.splitlines() if line.strip()), "")
    return [line[:_LONGEST_QUOTE]] if line else []
