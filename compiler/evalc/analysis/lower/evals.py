"""Evals: the facts of a page, its cases, and the rubrics that they need."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from evalc.analysis.cases.cases import lower_case
from evalc.analysis.cases.clauses import RUBRIC, ClauseReader
from evalc.analysis.cases.drafts import Defaults, read_rubrics, severity_of
from evalc.analysis.codes.evals import (
    CASE_WITHOUT_EVAL,
    EMPTY_EVAL,
    NO_SUCH_CASES,
    RETIRED_NAME,
    RETIRED_WITHOUT_EVAL,
    SECOND_EVAL,
    WRONG_VERSION,
)
from evalc.analysis.codes.fields import TOO_MANY_ITEMS
from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.fingerprints import eval_fingerprint
from evalc.analysis.lower.body import Body, read_body
from evalc.analysis.lower.context import Context
from evalc.analysis.lower.rules import EVAL_GROUND, lower_rules
from evalc.analysis.values.wording import Wording
from evalc.base.record import record
from evalc.base.source import Span
from evalc.model.catalog import SEVERITIES, Case, Eval, Retired, Rubric, Status
from evalc.model.rule import Comparison, Rule
from evalc.syntax.tree import BlockDecl, NameDecl, RetiredDecl, Tree

METRICS_AT_MOST = 3

_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}")
_STATUSES: Sequence[Status] = ("draft", "beta", "stable", "retired")


def lower_eval(tree: Tree, context: Context) -> Eval | None:
    """The eval of a file with its cases, None where the file has none; what is out of place is reported."""
    evals = [block for block in tree.blocks if block.keyword.text == "eval"]
    if not evals:
        _report_strays(tree, context)
        return None
    for block in evals[1:]:
        context.reporter.add(SECOND_EVAL, block.name.span, name=block.name.text, first=evals[0].name.text)
    body = read_body(evals[0], context.reporter)
    return _Lowering(tree, evals[0], body, context, context.wording()).eval()


def _report_strays(tree: Tree, context: Context) -> None:
    cases = [block for block in tree.blocks if block.keyword.text == "case"]
    if cases and not context.damage.is_anywhere:
        context.reporter.add(CASE_WITHOUT_EVAL, cases[0].name.span, name=cases[0].name.text)
    if tree.retired and not cases:
        context.reporter.add(RETIRED_WITHOUT_EVAL, tree.retired[0].name.span, name=tree.retired[0].name.text)


@record
class _Lowering:
    """One eval while it is lowered."""

    tree: Tree
    block: BlockDecl
    body: Body
    context: Context
    wording: Wording

    @property
    def id(self) -> str:
        return f"{self.body.line('for')}/{self.block.name.text}"

    def eval(self) -> Eval:
        """The eval with all that belongs to it."""
        self._check_vendor()
        self._check_version()
        cases = self._cases()
        rule = lower_rules(self.body.rules, EVAL_GROUND, reporter=self.context.reporter)
        if rule and cases:
            self._check_severities(rule, cases)
        eval_ = Eval(
            id=self.id,
            name=self.block.name.text,
            title=self.context.title(self.block, self.wording).fill({}),
            vendor=self.body.line("for"),
            category=self._text("category"),
            agent_type=self._text("agent-type"),
            metrics=self._metrics(),
            version=self.body.line("version"),
            status=self._status(),
            owner=self._text("owner"),
            license=self._text("license"),
            description=self._text("description"),
            about=self._text("about"),
            source=self._text("source"),
            use_cases=self._texts("use-cases"),
            recommended_for=self._texts("recommended-for"),
            works_with=self._texts("works-with"),
            related=self._ids("related"),
            tags=tuple(item.text for item in self.body.names("tags")),
            formerly=self._ids("formerly"),
            cases=cases,
            rubrics=self._rubrics(cases),
            retired=self._retired(),
            rule=rule,
            place=self.context.place(self.block.span),
            fingerprint="",
        )
        return eval_.model_copy(update={"fingerprint": eval_fingerprint(eval_)})

    def _text(self, name: str) -> str:
        return self.context.fixed(self.body.one(name), self.wording)

    def _texts(self, name: str) -> tuple[str, ...]:
        return tuple(self.wording.item(item.text, item.span) for item in self.body.items(name))

    def _ids(self, name: str) -> tuple[str, ...]:
        """The ids of evals, which may be written without the vendor where that is the same."""
        vendor = self.body.line("for")
        return tuple(item.text if "/" in item.text else f"{vendor}/{item.text}" for item in self.body.names(name))

    def _status(self) -> Status:
        return next((status for status in _STATUSES if status == self.body.choice("status")), "draft")

    def _metrics(self) -> tuple[str, ...]:
        items = self.body.items("metrics")
        if len(items) > METRICS_AT_MOST:
            span = items[METRICS_AT_MOST].span
            self.context.reporter.add(TOO_MANY_ITEMS, span, name="metrics", count=len(items), limit=METRICS_AT_MOST)
        return self._texts("metrics")

    def _check_vendor(self) -> None:
        field = self.body.one("for")
        if field:
            self.context.check_name("vendor", field.value.text, span=field.value.span)

    def _check_version(self) -> None:
        field = self.body.one("version")
        if field and not _VERSION.fullmatch(field.value.text):
            numbers = re.fullmatch(r"v?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?", field.value.text)
            near = ".".join(str(int(number or 0)) for number in numbers.groups()) if numbers else None
            self.context.reporter.add(WRONG_VERSION, field.value.span, text=field.value.text, near=near)

    def _cases(self) -> tuple[Case, ...]:
        defaults = Defaults(self.id, severity_of(self.body), read_rubrics(self.body))
        reader = ClauseReader(self.context)
        for item in defaults.rubrics:
            self.context.check_name(RUBRIC, item.text, span=item.span)
        found: list[Case] = []
        names: dict[str, BlockDecl] = {}
        for block in self.tree.blocks:
            if block.keyword.text != "case":
                continue
            first = names.setdefault(block.name.text, block)
            if first is not block:
                self._report_twice("case", block.name, first.span)
            found.extend(lower_case(block, defaults, reader=reader))
            if self.context.allowance.left < 0:
                # That was told, and whatever follows would be too much as well.
                break
        if not names and not self.context.damage.is_anywhere:
            self.context.reporter.add(EMPTY_EVAL, self.block.name.span, name=self.block.name.text)
        return tuple(found)

    def _retired(self) -> tuple[Retired, ...]:
        alive = {block.name.text: block for block in self.tree.blocks if block.keyword.text == "case"}
        found: dict[str, RetiredDecl] = {}
        for decl in self.tree.retired:
            name = decl.name.text
            first = found.setdefault(name, decl)
            if first is not decl:
                self._report_twice("retired case", decl.name, first.span)
            elif name in alive:
                line = self.context.reporter.source.line_of(decl.span.start)
                self.context.reporter.add(RETIRED_NAME, alive[name].name.span, name=name, line=line)
        return tuple(
            Retired(
                id=f"{self.id}/{name}",
                reason=self.wording.fixed(decl.reason),
                place=self.context.place(decl.span),
            )
            for name, decl in found.items()
        )

    def _rubrics(self, cases: Iterable[Case]) -> tuple[Rubric, ...]:
        """The rubrics that grade the cases, those of the eval first."""
        named = dict.fromkeys(item.text for item in read_rubrics(self.body))
        for case in cases:
            for check in chain(case.checks, *(reply.checks for reply in case.replies)):
                if check.is_judged and isinstance(rubric := check.arguments.get(RUBRIC), str):
                    named[rubric] = None
        return tuple(self.context.rubrics[name] for name in named if name in self.context.rubrics)

    def _check_severities(self, rule: Rule, cases: Iterable[Case]) -> None:
        there = {case.severity for case in cases}
        for severity in SEVERITIES:
            speaks = any(isinstance(found, Comparison) and found.subject == severity for found in rule.conditions)
            if speaks and severity not in there:
                self.context.reporter.add(NO_SUCH_CASES, self.body.rules[0].span, severity=severity)

    def _report_twice(self, kind: str, name: NameDecl, first: Span) -> None:
        place = f"on line {self.context.reporter.source.line_of(first.start)}"
        self.context.reporter.add(DUPLICATE_NAME, name.span, kind=kind, name=name.text, place=place)
