"""From compiled specs to what the rules of the linter find in them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from evalc.analysis.compilation import Compilation
from evalc.base.diagnostic import Code, Diagnostic, Findings, Level
from evalc.base.family import members
from evalc.base.memory.collecting import without_collecting
from evalc.lint._suppressions import Suppression, SuppressionIndex, read_suppressions, report_unused
from evalc.lint._written import WrittenCatalog, written_catalog
from evalc.lint.contract import LintRule
from evalc.model.settings import LintLevel

FAMILY = "evalc.lint"


class NamedRule(NamedTuple):
    """A rule with its name and the kind of finding that it makes."""

    name: str
    rule: type[LintRule]
    code: Code


@cache
def lint_rules() -> tuple[NamedRule, ...]:
    """All rules, by their names."""
    return tuple(NamedRule(name, rule, rule.code(name)) for name, rule in members(FAMILY, LintRule))


def lint(compilation: Compilation, levels: Mapping[str, LintLevel]) -> Findings:
    """What the rules find in the evals without errors, in the order of its places.

    Args:
        levels: How severe the findings of a rule are where that differs from the rule's own level, or that it is off.
    """
    with without_collecting():
        return _lint(compilation, levels)


def _lint(compilation: Compilation, levels: Mapping[str, LintLevel]) -> Findings:
    catalog = written_catalog(compilation)
    findings = Findings()
    rules = [rule for rule in lint_rules() if levels.get(rule.name) != "off"]
    names = [rule.name for rule in lint_rules()]
    suppressions = [
        item for tree in compilation.trees.values() for item in read_suppressions(tree, names, findings=findings)
    ]
    index = SuppressionIndex(suppressions)
    needed = set()
    for found in _diagnostics(catalog, rules, levels):
        allowing = index.allowing(found)
        if allowing:
            needed.add(id(allowing))
        else:
            findings.items.append(found)
    looked_at = _LookedAt(catalog)
    running = {rule.name for rule in rules}
    for item in suppressions:
        if id(item) not in needed and item.rule in running and item in looked_at:
            report_unused(item, findings)
    return Findings(sorted(findings, key=lambda item: (item.source.name, item.span.start, item.code.name)))


def _diagnostics(
    catalog: WrittenCatalog, rules: list[NamedRule], levels: Mapping[str, LintLevel]
) -> Iterator[Diagnostic]:
    for rule in rules:
        level = _level(levels.get(rule.name), rule.rule.level)
        for remark in rule.rule().remarks(catalog):
            message = rule.code.message.format(**remark.values)
            yield Diagnostic(
                rule.code, level, message, remark.source, remark.span, remark.label, remark.help, remark.fix
            )


def _level(wanted: LintLevel | None, usual: Level) -> Level:
    return usual if wanted is None or wanted == "off" else wanted


class _LookedAt:
    """The parts of files that rules saw: evals with all of their file, and rubrics that some eval uses."""

    def __init__(self, catalog: WrittenCatalog) -> None:
        self._files = {eval_.source.name for eval_ in catalog.evals}
        self._rubrics: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for rubric in catalog.rubrics:
            self._rubrics[rubric.source.name].append((rubric.block.span.start, rubric.block.span.end))
        for spans in self._rubrics.values():
            spans.sort()

    def __contains__(self, item: Suppression) -> bool:
        if item.source.name in self._files:
            return True
        spans = self._rubrics.get(item.source.name, ())
        at = bisect_right(spans, (item.covered.start, len(item.source.text))) - 1
        return at >= 0 and item.covered.start <= spans[at][1]
