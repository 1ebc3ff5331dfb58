"""From a text to its tree, whatever the text."""

from collections.abc import Iterable
from typing import cast

from evalc.base.diagnostic import Diagnostic, Edit, Findings, Fix
from evalc.base.source import Source, Span
from evalc.syntax.codes.layout import TOO_MANY_MISTAKES
from evalc.syntax.grammar import Rows, line_parser
from evalc.syntax.nodes.builder import Builder
from evalc.syntax.nodes.texts import Cutter
from evalc.syntax.slips.layout import lay_out
from evalc.syntax.slips.ledger import MOST_SLIPS
from evalc.syntax.slips.repair import Repaired, unrepaired
from evalc.syntax.slips.slip import Slip, Swap
from evalc.syntax.tree import Tree

# A cure may uncover what it hid: a line in its right column may lack its colon, and then hold a word too many.
_ROUNDS = 4


def parse(source: Source) -> tuple[Tree, Findings]:
    """What a text says, as far as it can be read, and each mistake in its layout, words and checks.

    Nothing is raised for any text. Reading goes on below each mistake, and as if every mistake whose cure is known
    were cured, so that one slip gives one message. Places are those of the text as it is.
    """
    text = unrepaired(source.text)
    if "\r" in source.text:
        text = text.swapped(_returns(source.text))
    tree, slips, is_odd = _read(source, text)
    if not slips and not is_odd:
        return tree, Findings()
    return _recover(source, text)


def _returns(text: str) -> Iterable[Swap]:
    """Each carriage return as the line feed that it means, or as nothing where one follows."""
    at = text.find("\r")
    while at >= 0:
        yield Swap(at, at + 1, "" if text.startswith("\n", at + 1) else "\n")
        at = text.find("\r", at + 1)


def _read(source: Source, text: Repaired) -> tuple[Tree, list[Slip], bool]:
    """The tree of a text, its slips, and whether a field stands in a block that does not take it."""
    whole = text.text if text.text.endswith("\n") else text.text + "\n"
    is_original = text.before is None
    cut = Cutter(whole, Span if is_original else text.span, None if is_original else text.offset)
    builder = Builder(source, cut)
    tree = builder.tree(cast(Rows, line_parser().parse(whole)))
    return tree, builder.ledger.slips, builder.is_odd


def _recover(source: Source, text: Repaired) -> tuple[Tree, Findings]:
    """The tree of a text as if it were cured, and what was cured or could not be."""
    told = _Told(source)
    layout = lay_out(text.text)
    if layout:
        text = told.tell(text, layout, is_layout=True)
    for _ in range(_ROUNDS):
        tree, slips, _ = _read(source, text)
        cured = told.tell(text, slips)
        if cured is text or told.is_full:
            return tree, told.findings()
        text = cured
    tree, _, _ = _read(source, text)
    return tree, told.findings()


class _Told:
    """The slips that were told, each once, and on each line only those that were found in the same round."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: list[Diagnostic] = []
        self._seen: set[tuple[str, Span]] = set()
        self._lines: set[int] = set()

    def tell(self, text: Repaired, slips: Iterable[Slip], *, is_layout: bool = False) -> Repaired:
        """The text with the new slips cured in it; the same text where nothing was new, or no cure is known."""
        swaps: list[Swap] = []
        lines: set[int] = set()
        for slip in slips:
            span = text.span(slip.start, slip.end)
            line = self._source.line_of(span.start)
            if (slip.code.name, span) in self._seen or line in self._lines:
                continue
            self._seen.add((slip.code.name, span))
            lines.add(line)
            self._found.append(self._diagnostic(slip, span, text))
            swaps.extend(slip.cure.swaps if slip.cure and not slip.cure.is_guess else ())
        if not is_layout:
            # What follows on a line from a mistake there is no news; a line in a wrong column may well have another.
            self._lines |= lines
        return text.swapped(swaps) if swaps else text

    @property
    def is_full(self) -> bool:
        """Whether there are more slips than are told."""
        return len(self._found) > MOST_SLIPS

    def findings(self) -> Findings:
        """What was told, in the order of the text, and that there is more where there is."""
        found = sorted(self._found, key=lambda item: (item.span.start, item.span.end))
        findings = Findings(found[:MOST_SLIPS])
        if self.is_full:
            findings.add(TOO_MANY_MISTAKES, self._source, found[MOST_SLIPS].span, count=MOST_SLIPS)
        return findings

    def _diagnostic(self, slip: Slip, span: Span, text: Repaired) -> Diagnostic:
        cure = slip.cure
        fix = None
        if cure:
            edits = tuple(Edit(text.span(swap.start, swap.end), swap.text) for swap in cure.swaps)
            fix = Fix(cure.title, edits, cure.is_safe)
        message = slip.code.message.format(**slip.values)
        return Diagnostic(slip.code, slip.code.level, message, self._source, span, slip.label, slip.help, fix)
