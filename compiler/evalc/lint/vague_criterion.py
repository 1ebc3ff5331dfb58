"""The rule `vague-criterion`."""

from collections.abc import Iterator

from evalc.base.source import Source, Span
from evalc.lint._claims import claims_of
from evalc.lint._vague import is_vague, open_end
from evalc.lint._written import Passage, WrittenCase, WrittenCatalog, WrittenRubric
from evalc.lint.contract import LintRule, Remark

_ANCHORS = frozenset({"met", "not-met"})


class VagueCriterion(LintRule):
    """A judge is told that something should be good, and not by what to know it.

    Two judges then mean two things, and the same judge means another thing tomorrow. Say what an answer has in it,
    or lacks, that earns the verdict. "etc." and its like leave part of the demand to each judge as well.

    Wrong:
        rubric advice: Advice on returns
          scale: 1 to 5
          criterion quality: The answer has a high quality
            5: Excellent.
            3: Average.
            1: Poor.
          pass when mean >= 4

    Right:
        rubric advice: Advice on returns
          scale: 1 to 5
          criterion complete: The customer can act on the answer
            5: Names the window, the way to send it back, and who pays.
            3: Names the window, and leaves out the way or the costs.
            1: Names no window.
          pass when mean >= 4
    """

    level = "warning"
    message = "{what}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each claim, expectation, criterion and anchor that says nothing to look for."""
        for case in catalog.cases:
            yield from _in_case(case)
        for rubric in catalog.rubrics:
            yield from _in_rubric(rubric)


def _in_case(case: WrittenCase) -> Iterator[Remark]:
    for claim in claims_of(case):
        if is_vague(claim.text):
            yield _vague("this claim", case.source, claim.span)
        elif open_end(claim.text):
            yield _open("this claim", case.source, claim.span)
    for passage in case.passages():
        if passage.name == "expect" and is_vague(passage.text):
            yield _vague("this expectation", case.source, passage.prose.span)


def _in_rubric(rubric: WrittenRubric) -> Iterator[Remark]:
    for criterion, block in rubric.criteria():
        texts = [criterion.title, criterion.about, *(anchor.text for anchor in criterion.anchors)]
        if all(is_vague(text) or not text for text in texts):
            yield _vague("this criterion", rubric.source, block.name.span)
            continue
        for passage in rubric.passages_of(block, criterion):
            if passage.name.isdecimal() or passage.name in _ANCHORS:
                yield from _in_anchor(passage, rubric.source)


def _in_anchor(passage: Passage, source: Source) -> Iterator[Remark]:
    if is_vague(passage.text):
        yield _vague("this anchor", source, passage.prose.span)
    elif found := open_end(passage.text):
        yield _open("this anchor", source, passage.span(*found.span()))


def _vague(what: str, source: Source, span: Span) -> Remark:
    help = "say what an answer has in it, or lacks, that earns this"
    return Remark(source, span, {"what": f"{what} gives a judge nothing to look for"}, help=help)


def _open(what: str, source: Source, span: Span) -> Remark:
    help = "name all that counts, or say what kind of thing counts"
    return Remark(source, span, {"what": f"{what} leaves it to the judge what else counts"}, help=help)
