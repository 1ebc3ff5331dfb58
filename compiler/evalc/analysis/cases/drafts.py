"""Drafts: all that a case's block says, before a row fills its slots."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from evalc.analysis.cases.checks import CheckDraft, draft_checks, draft_gradings
from evalc.analysis.cases.clauses import ClauseReader, tools_called
from evalc.analysis.cases.conversation import Conversation, ReplyDraft, read_conversation
from evalc.analysis.cases.example_calls import CallReader
from evalc.analysis.cases.examples import ExampleDraft, draft_examples, labels_of
from evalc.analysis.cases.tools import NO_TOOLS, ToolBox, read_tools
from evalc.analysis.codes.cases import MISSING_SEVERITY, NOTHING_CAN_FAIL
from evalc.analysis.codes.fields import TOO_MANY_ITEMS
from evalc.analysis.lower.body import Body, Item
from evalc.analysis.lower.context import Context
from evalc.analysis.lower.rules import case_ground, lower_rules
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Wording
from evalc.base.record import record
from evalc.model.catalog import SEVERITIES, Rubric, Severity
from evalc.model.rule import Rule
from evalc.syntax.tree import BlockDecl

REPEATS_AT_MOST = 100
RUBRICS_AT_MOST = 10

_EMPTY = Template(("",))

# What a turn, a check, an example or a name costs beside its text, so that a file stays below 300 MB of memory.
_PART = 700


@record
class Defaults:
    """What an eval gives its cases: the beginning of their ids, a severity, and rubrics."""

    eval_id: str
    severity: Severity | None
    rubrics: tuple[Item, ...]


@record
class CaseDraft:
    """A case before its row is known."""

    block: BlockDecl
    owner: str
    title: Template
    severity: Severity
    tags: tuple[str, ...]
    is_negative_control: bool
    source: Template
    formerly: tuple[str, ...]
    conversation: Conversation
    tools: ToolBox
    expect: Template
    checks: tuple[CheckDraft, ...]
    replies: tuple[tuple[ReplyDraft, tuple[CheckDraft, ...]], ...]
    examples: tuple[ExampleDraft, ...]
    shows_examples: bool
    repeat: int
    rule: Rule | None

    def sizes(self, rows: Iterable[Mapping[str, str]]) -> Iterator[int]:
        """How large the case of each row would be, in characters, with something for each of its parts."""
        checks = [*chain(self.checks, *(found for _, found in self.replies))]
        texts = [turn.text for turn in self.conversation.turns]
        for example in self.examples:
            texts += example.texts
        fixed = self.tools.length + sum([check.clause.length for check in checks if check.clause])
        fixed += _PART * (len(texts) + len(checks) + len(self.tags) + len(self.formerly) + 1)
        for check in checks:
            texts += check.templates
        texts += (self.title, self.source, self.expect)
        for row in rows:
            yield fixed + sum([text.filled_length(row) if text.columns else len(text.parts[0]) for text in texts])


def draft_case(
    block: BlockDecl, body: Body, *, defaults: Defaults, reader: ClauseReader, wording: Wording
) -> CaseDraft:
    """What the block of a case says; what it lacks is reported."""
    context = reader.context
    own = draft_checks(body.clauses, wording, reader=reader)
    rubrics = read_rubrics(body) or defaults.rubrics
    checks = own + draft_gradings(rubrics, own, place=block.name, reader=reader)
    conversation = read_conversation(block, body, context=context, wording=wording)
    replies = tuple(
        [(reply, draft_checks(reply.clauses, wording, reader=reader)) for reply in conversation.replies.values()]
    )
    everywhere = [*checks, *chain.from_iterable([drafts for _, drafts in replies])]
    if not body.has_strangers:
        _check_that_it_can_fail(block, everywhere, context)
    tools = read_tools(field, context, wording=wording) if (field := body.one("tools")) else NO_TOOLS
    _check_tools(everywhere, tools, context)
    used = _rubrics_of(checks, context)
    calls = CallReader([tool.name for tool in tools.tools], context, wording)
    labels = labels_of(checks, used, is_damaged=context.damage.touches(block))
    repeat = int(body.number("repeat", low=1, high=REPEATS_AT_MOST, is_whole=True) or 1)
    return CaseDraft(
        block=block,
        owner=f"{defaults.eval_id}/{block.name.text}",
        title=context.title(block, wording),
        severity=_severity(block, body, defaults),
        tags=tuple([item.text for item in body.names("tags")]),
        is_negative_control=body.choice("control") == "negative",
        source=_template(body, "source", context, wording=wording),
        formerly=tuple([_full_id(item.text, defaults) for item in body.names("formerly")]),
        conversation=conversation,
        tools=tools,
        expect=_template(body, "expect", context, wording=wording),
        checks=checks,
        replies=replies,
        examples=draft_examples(body, labels, calls=calls),
        shows_examples=any(rubric.shows_examples for rubric in used),
        repeat=repeat,
        rule=lower_rules(body.rules, case_ground(repeat), reporter=context.reporter),
    )


def read_rubrics(body: Body) -> tuple[Item, ...]:
    """The rubrics that a case or an eval names; few, for each of them grades each case."""
    items = body.items("rubric")
    if len(items) > RUBRICS_AT_MOST:
        span = items[RUBRICS_AT_MOST].span
        body.reporter.add(TOO_MANY_ITEMS, span, name="rubric", count=len(items), limit=RUBRICS_AT_MOST)
    return items[:RUBRICS_AT_MOST]


def severity_of(body: Body) -> Severity | None:
    """The severity that a block names."""
    return next((severity for severity in SEVERITIES if severity == body.choice("severity")), None)


def _template(body: Body, name: str, context: Context, *, wording: Wording) -> Template:
    field = body.one(name)
    return (field and context.template(field, wording)) or _EMPTY


def _severity(block: BlockDecl, body: Body, defaults: Defaults) -> Severity:
    severity = severity_of(body) or defaults.severity
    if severity is None and not body.mentions("severity"):
        help = "write `severity: high`, or another one, here or in the eval"
        body.reporter.add(MISSING_SEVERITY, block.name.span, name=block.name.text, help=help)
    # Of a case without one nothing is kept; until then any severity will do.
    return severity or "high"


def _full_id(name: str, defaults: Defaults) -> str:
    """The id of a case that had another name, in this eval or, written with its eval, elsewhere."""
    return name if "/" in name else f"{defaults.eval_id}/{name}"


def _rubrics_of(checks: Sequence[CheckDraft], context: Context) -> list[Rubric]:
    names = dict.fromkeys(draft.clause.rubric for draft in checks if draft.clause and draft.clause.rubric)
    return [context.rubrics[name] for name in names]


def _check_tools(checks: Sequence[CheckDraft], tools: ToolBox, context: Context) -> None:
    """A check of a call names a tool of its case, where the case has tools: the target may have others of its own."""
    if not tools.tools:
        return
    names = [tool.name for tool in tools.tools]
    for draft in checks:
        called = tools_called(draft.clause) if draft.clause else ()
        for word in draft.words:
            if word.text in called and word.text not in names and word.kind in ("name", "text"):
                context.reporter.add_unknown("tool", word.text, span=word.span, known=names)


def _check_that_it_can_fail(block: BlockDecl, checks: Sequence[CheckDraft], context: Context) -> None:
    # A check that could not be read may have been the one.
    if not any(draft.level == "must" or not draft.is_sound for draft in checks) and not context.damage.touches(block):
        help = "write a check with `must`, or name a rubric"
        context.reporter.add(NOTHING_CAN_FAIL, block.name.span, name=block.name.text, help=help)
