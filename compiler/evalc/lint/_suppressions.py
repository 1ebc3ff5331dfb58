"""Comments that allow what a rule finds: `# allow NAME: reason`, above what it is found in."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evalc.base.diagnostic import Diagnostic, Edit, Findings, Fix
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.lint.codes import UNEXPLAINED_SUPPRESSION, UNKNOWN_RULE, UNUSED_SUPPRESSION
from evalc.syntax.tree import BlockDecl, Tree

_ALLOW = re.compile(r"allow\s+([^\s:]+)(?:\s*:\s*(.*))?")
_DEPTHS = 3


class Covered(NamedTuple):
    """What a comment stands above: an item (depth 0), a member of it, or a member of a nested block."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that allows what one rule finds in `covered`, which begins below it."""

    rule: str
    source: Source
    comment: Span
    covered: Covered


class SuppressionIndex:
    """Suppressions by rule, file and place; of several that say the same the first one counts."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self._by_place: defaultdict[tuple[str, str, int], dict[int, Suppression]] = defaultdict(dict)
        for item in suppressions:
            self._by_place[item.rule, item.source.name, item.covered.depth].setdefault(item.covered.start, item)
        # What is of one depth follows on each other, and is in the order of its places.
        self._starts = {key: list(found) for key, found in self._by_place.items()}

    def allowing(self, found: Diagnostic) -> Suppression | None:
        """A suppression that allows a finding, the innermost one."""
        for depth in reversed(range(_DEPTHS)):
            key = found.code.name, found.source.name, depth
            starts = self._starts.get(key, ())
            at = bisect_right(starts, found.span.start) - 1
            item = self._by_place[key][starts[at]] if at >= 0 else None
            if item and found.span.start <= item.covered.end:
                return item
        return None


def read_suppressions(tree: Tree, rules: Collection[str], *, findings: Findings) -> Iterator[Suppression]:
    """The suppressions of a file, in order; comments that are meant as one and are none go to the findings."""
    found = [(comment, allow) for comment in tree.comments if (allow := _ALLOW.fullmatch(comment.text.strip()))]
    # Most files have none, and there is no need then to know what all of a large one covers.
    covered = sorted(_covered(tree)) if found else []
    for comment, allow in found:
        rule, reason = allow[1], allow[2]
        if rule not in rules:
            start = tree.source.text.index(rule, comment.span.start + 1)
            _report_unknown(Span(start, start + len(rule)), tree.source, rules, findings=findings)
        elif not reason:
            help = f"write why behind a colon: `# allow {rule}: ...`"
            findings.add(UNEXPLAINED_SUPPRESSION, tree.source, comment.span, rule=rule, help=help)
        else:
            yield Suppression(rule, tree.source, comment.span, _below(comment.span.end, covered))


def report_unused(suppression: Suppression, findings: Findings) -> None:
    """Say that a suppression was not needed."""
    text = suppression.source.text
    start = text.rfind("\n", 0, suppression.comment.start) + 1
    end = text.find("\n", suppression.comment.end) + 1 or len(text)
    fix = Fix("take the comment out", (Edit(Span(start, end), ""),), is_safe=True)
    findings.add(UNUSED_SUPPRESSION, suppression.source, suppression.comment, rule=suppression.rule, fix=fix)


def _below(offset: int, covered: Sequence[Covered]) -> Covered:
    at = bisect_right(covered, (offset,))
    return covered[at] if at < len(covered) else Covered(offset, offset, 0)


def _report_unknown(span: Span, source: Source, rules: Collection[str], *, findings: Findings) -> None:
    rule = source.text[span.start : span.end]
    near = closest(rule, rules)
    # "# allow refunds: ..." may be any remark, so only what looks like the name of a rule is taken for one.
    if near or ("-" in rule and source.text[span.end :].lstrip(" \t").startswith(":")):
        fix = Fix(f"write `{near}`", (Edit(span, near),), is_safe=False) if near else None
        label = f"did you mean `{near}`?" if near else ""
        help = "" if near else "`evalc explain --list` names the rules"
        findings.add(UNKNOWN_RULE, source, span, label=label, help=help, fix=fix, rule=rule)


def _covered(tree: Tree) -> Iterator[Covered]:
    for span in [item.span for item in tree.uses] + [item.span for item in tree.lets]:
        yield Covered(span.start, span.end, 0)
    for retired in tree.retired:
        yield Covered(retired.span.start, retired.span.end, 0)
    for block in tree.blocks:
        yield from _covered_by(block, 0)


def _covered_by(block: BlockDecl, depth: int) -> Iterator[Covered]:
    yield Covered(block.span.start, block.span.end, depth)
    for member in block.body:
        if isinstance(member, BlockDecl):
            yield from _covered_by(member, depth + 1)
        else:
            yield Covered(member.span.start, member.span.end, depth + 1)
