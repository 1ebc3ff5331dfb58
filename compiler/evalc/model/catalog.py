"""What specs mean: the catalog and everything in it."""

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from evalc.model.rule import Rule
from evalc.model.stored import SPEC_FORMAT_VERSION, JsonObject, Kept, Place, Stored

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Status = Literal["draft", "beta", "stable", "retired"]


class Vendor(Stored):
    """Who makes the product that evals are about; facts are text as the author wrote it, empty when not given."""

    name: str
    title: str
    product: str = ""
    segment: str = ""
    industry: str = ""
    employees: str = ""
    headquarters: str = ""
    website: str = ""
    logo: str = ""
    about: str = ""
    place: Place


class Anchor(Stored):
    """What an answer looks like that earns a score; on a met scale 1 is met and 0 is not met."""

    score: int
    text: str


class Criterion(Stored):
    """One thing that a rubric looks at."""

    name: str
    title: str
    about: str = ""
    weight: float = 1.0
    is_required: bool = False
    is_forbidden: bool = False
    anchors: tuple[Anchor, ...] = ()
    place: Place


class Scale(Stored):
    """What a judge may answer: whole numbers from low to high, or met (1), not met (0), cannot tell."""

    kind: Literal["score", "met"]
    low: int
    high: int


class Rubric(Stored):
    """How a judge grades an answer, and when that grade passes.

    A judge is asked about one criterion at a time, or about all in one call where they are `judged together`.
    """

    name: str
    title: str
    about: str = ""
    scale: Scale
    criteria: tuple[Criterion, ...]
    rule: Rule
    shows_examples: bool = False
    is_judged_together: bool = False
    place: Place
    fingerprint: str


class Check(Kept):
    """One clause of a case: a verb of the family `checks` with its arguments.

    `id` is `vendor/eval/case#name`. `words` is the canonical clause without its level and name, such as
    `contain any of "error rate", "replica"`. A `should` is reported and never decides.
    """

    id: str
    name: str
    level: Literal["must", "should"]
    is_negated: bool
    verb: str
    arguments: JsonObject
    words: str
    is_judged: bool
    place: Place
    fingerprint: str


class Turn(Kept):
    """One message of a case's conversation. The target answers after each user turn that no assistant turn follows."""

    role: Literal["system", "user", "assistant"]
    text: str


def awaited_turns(turns: Sequence[Turn]) -> Iterator[int]:
    """The indexes of the turns that the target answers."""
    for index, turn in enumerate(turns):
        is_answered = index + 1 < len(turns) and turns[index + 1].role == "assistant"
        if turn.role == "user" and not is_answered:
            yield index


class Reply(Stored):
    """Checks of an answer in the middle of a conversation: of the one after `turns[turn]`."""

    name: str
    turn: int
    checks: tuple[Check, ...]


class ToolReply(Stored):
    """What a tool gives when called with these arguments; None fits every call."""

    arguments: JsonObject | None = None
    content: str
    is_error: bool = False


class Tool(Stored):
    """A tool that the target may call; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: JsonObject
    replies: tuple[ToolReply, ...] = ()


class ExampleCall(Stored):
    """A call of a tool that an example shows."""

    name: str
    arguments: JsonObject = {}


class Example(Kept):
    """An answer whose verdict is known: `breaks` names the checks that a bad one fails, `scores` labels criteria.

    `calls` are all that were made for it, in order; without any it is an answer in words alone.
    """

    label: Literal["good", "bad"]
    breaks: tuple[str, ...] = ()
    scores: dict[str, float] = {}
    calls: tuple[ExampleCall, ...] = ()
    text: str
    place: Place


class Case(Kept):
    """One scenario: what is asked, what should come back, and how that is checked.

    `id` is `vendor/eval/case`, with `/row` for a row of `each`; `cluster` is the id without the row.
    `repeat` is how often a run asks it, and `rule` says how many of those must pass (None: all of them).
    """

    id: str
    name: str
    cluster: str
    title: str
    severity: Severity
    tags: tuple[str, ...] = ()
    is_negative_control: bool = False
    source: str = ""
    formerly: tuple[str, ...] = ()
    turns: tuple[Turn, ...]
    tools: tuple[Tool, ...] = ()
    expect: str = ""
    checks: tuple[Check, ...]
    replies: tuple[Reply, ...] = ()
    examples: tuple[Example, ...] = ()
    repeat: int = 1
    rule: Rule | None = None
    place: Place
    fingerprint: str


def all_checks(case: Case) -> Iterator[Check]:
    """The checks of all answers to a case, those of the last one last."""
    for reply in case.replies:
        yield from reply.checks
    yield from case.checks


class Retired(Stored):
    """A case that went on purpose; its id is not used again."""

    id: str
    reason: str
    place: Place


class Eval(Stored):
    """One page of the catalog: its cases, the rubrics that they use, and the facts that readers see."""

    id: str
    name: str
    title: str
    vendor: str
    category: str
    agent_type: str = ""
    metrics: tuple[str, ...] = ()
    version: str
    status: Status = "draft"
    owner: str = ""
    license: str = ""
    description: str = ""
    about: str = ""
    source: str = ""
    use_cases: tuple[str, ...] = ()
    recommended_for: tuple[str, ...] = ()
    works_with: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    cases: tuple[Case, ...]
    rubrics: tuple[Rubric, ...] = ()
    retired: tuple[Retired, ...] = ()
    rule: Rule | None = None
    place: Place
    fingerprint: str


class Catalog(Stored):
    """All vendors and evals of one folder of specs, ordered by id."""

    vendors: tuple[Vendor, ...] = ()
    evals: tuple[Eval, ...] = ()


class Spec(Stored):
    """One eval with its vendor, complete in itself: what `spec.json` holds."""

    format: Literal["evalc-spec"] = "evalc-spec"
    format_version: int = SPEC_FORMAT_VERSION
    vendor: Vendor
    eval: Eval
