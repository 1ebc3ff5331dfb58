"""What may be typed at a place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lsprotocol import types

from evalc.base.family import member_names
from evalc.base.source import Span
from evalc.lsp.caret import Caret, caret_at
from evalc.lsp.columns import columns_of
from evalc.lsp.features.offers import (
    Offer,
    block_offers,
    check_offers,
    choice_offers,
    field_offers,
    label_offers,
    path_offers,
    rule_offers,
)
from evalc.lsp.scope import scope_of
from evalc.lsp.tools import tool_names
from evalc.lsp.view import View
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.tree import NameDecl

TRIGGERS = (" ", ":", '"', "{", "/", "(", ",")

_SLOT = re.compile(r"\{\{([^{}\s]*)$")
_PATH = re.compile(r'(?:^|[ \t])(use|file)[ \t]+"([^"]*)$')
_BRACKETS = re.compile(rf"[ \t]*(good|bad)[ \t]*\(({IN_BRACKETS})$")
_CHECK = re.compile(r"[ \t]*(must|should)[ \t]+(not[ \t]+)?(.*)$")
_RULE = re.compile(r"[ \t]*pass[ \t]+when[ \t]+(.*)$")
_ALLOW = re.compile(r"[ \t]*#[ \t]*allow[ \t]+([^\s:]*)$")
_VALUE = re.compile(r"[ \t]*([^\s:(]+)[ \t]*:[ \t]*(?:.*,[ \t]*)?([^,]*)$")
_WORD = re.compile(r"[^\s]*$")


def completions(view: View, offset: int) -> list[types.CompletionItem]:
    """What fits at an offset, the most usual first."""
    caret = caret_at(view.source, offset)
    offers = _Offers(view, caret, offset)
    return [_item(view, offer, at) for at, offer in enumerate(offers.all())]


@dataclass(frozen=True, slots=True)
class _Offers:
    view: View
    caret: Caret
    offset: int

    def all(self) -> Iterator[Offer]:
        """The offers of the one kind of place that this is."""
        before = self.caret.before
        if slot := _SLOT.search(before):
            yield from self._slots(slot[1])
        elif path := _PATH.search(before):
            yield from path_offers(self.view, path[2], is_spec=path[1] == "use", end=self.offset)
        elif allow := _ALLOW.fullmatch(before):
            yield from self._named(member_names("evalc.lint"), allow[1], "lint rule")
        elif self.caret.is_text:
            yield from self._text()
        elif self.caret.block is None:
            yield from block_offers(self._word(before))
        else:
            yield from self._member()

    def _member(self) -> Iterator[Offer]:
        block, before = self.caret.block, self.caret.before
        assert block is not None
        if block.takes_checks and (check := _CHECK.fullmatch(before)):
            start = self.offset - len(check[3])
            yield from check_offers(check[3], start, can_negate=not check[2], names=self._known)
        elif block.takes_rule and (rule := _RULE.fullmatch(before)):
            yield from rule_offers(self.view, block, span=self._word(rule[1]), header=self.caret.header)
        elif brackets := _BRACKETS.fullmatch(before):
            case = self.view.block_at(self.caret.header)
            if case:
                labels = NameDecl(brackets[2], Span(self.offset - len(brackets[2]), self.offset))
                yield from label_offers(self.view, case, labels=labels, is_good=brackets[1] == "good")
        elif value := _VALUE.fullmatch(before):
            yield from self._values(value[1], value[2].lstrip())
        elif before.strip() == before.strip(" ").rpartition(" ")[2]:
            header = self.view.block_at(self.caret.header)
            yield from field_offers(block, self._word(before), top=header)

    def _values(self, name: str, written: str) -> Iterator[Offer]:
        assert self.caret.block is not None
        field = self.caret.block.field(name)
        span = Span(self.offset - len(written), self.offset)
        if field:
            yield from choice_offers(field, span)
        yield from self._names_for(name, written)

    def _text(self) -> Iterator[Offer]:
        """What fits in the text below a field: the items of a list of names, and nothing in prose."""
        item = re.fullmatch(r"[ \t]*-[ \t]*(.*)", self.caret.before)
        if item and self.caret.field and self.caret.field.value == "list":
            yield from self._names_for(self.caret.field.name, item[1])

    def _names_for(self, field: str, written: str) -> Iterator[Offer]:
        scope = scope_of(self.view, self.view.path)
        if field == "for":
            yield from self._named(scope.names("vendor"), written, "vendor")
        elif field == "rubric":
            yield from self._named(scope.names("rubric"), written, "rubric")
        elif field == "related":
            yield from self._named(scope.names("eval"), written, "eval")

    def _known(self, kind: str) -> Iterable[str]:
        """The rubrics or the tools that a check may name."""
        case = self.view.block_at(self.caret.header)
        if kind == "tool":
            return tool_names(self.view, case) if case else ()
        return scope_of(self.view, self.view.path).names("rubric")

    def _slots(self, written: str) -> Iterator[Offer]:
        block = self.view.block_at(self.caret.header)
        columns = columns_of(self.view, self.view.path, case=block) if block else {}
        lets = scope_of(self.view, self.view.path).names("let")
        is_closed = self.view.source.text.startswith("}}", self.offset)
        span = Span(self.offset - len(written), self.offset)
        for kind, names in (("column", columns), ("let", lets)):
            for name in names:
                yield Offer(
                    name, span, types.CompletionItemKind.Variable, kind, text=name if is_closed else name + "}}"
                )

    def _named(self, names: Iterable[str], written: str, kind: str) -> Iterator[Offer]:
        span = Span(self.offset - len(written), self.offset)
        for name in names:
            yield Offer(name, span, types.CompletionItemKind.Reference, kind)

    def _word(self, before: str) -> Span:
        word = _WORD.search(before)
        return Span(self.offset - (len(word[0]) if word else 0), self.offset)


def _item(view: View, offer: Offer, at: int) -> types.CompletionItem:
    text = offer.label if offer.text is None else offer.text
    return types.CompletionItem(
        label=offer.label,
        kind=offer.kind,
        detail=offer.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.doc) if offer.doc else None,
        sort_text=f"{at:04}",
        filter_text=text if text.startswith(view.source.text[offer.span.start : offer.span.end]) else None,
        text_edit=types.TextEdit(view.ruler.range(offer.span), text),
    )
