"""Where the names of a catalog are declared and used."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from evalc.analysis.values.templates import find_slots
from evalc.base.record import record
from evalc.base.source import Source, Span
from evalc.checks._reading import read_clause
from evalc.lsp.columns import columns_of
from evalc.lsp.scope import Key, Kind, Scope, nested, scope_of
from evalc.lsp.view import View
from evalc.syntax.nodes.brackets import labels_in
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, NameDecl, RuleDecl

_ITEM = re.compile(r"(?:^[ \t]*-[ \t]+)?([^,\n]*[^,\s])", re.MULTILINE)
_LABEL = re.compile(r"([^\s,]+)(?:[ \t]+([^\s,]+))?")


@record
class Mention:
    """A place that declares or uses a name.

    `lead` is what a new name needs before it where the place has none yet, as behind a check without `as`.
    """

    key: Key
    path: str
    span: Span
    is_declaration: bool
    lead: str = ""


def mentions_of(view: View, path: str) -> Iterator[Mention]:
    """Each place in a spec that declares or uses a name that is known."""
    tree = view.compilation.trees.get(path)
    if tree is None:
        return
    scope = scope_of(view, path)
    for let in tree.lets:
        yield Mention(Key("let", path, let.name.text), path, let.name.span, True)
    for block in tree.blocks:
        yield from _Reading(view, path, scope, block, check_names(block)).block()


def all_mentions(view: View) -> Iterator[Mention]:
    """The mentions of every spec that the view sees."""
    for path in view.compilation.trees:
        yield from mentions_of(view, path)


def mention_at(view: View, offset: int) -> Mention | None:
    """The mention that an offset is in or right behind."""
    found = mentions_of(view, view.path)
    return next((item for item in found if item.span.start <= offset <= item.span.end and not item.lead), None)


def check_names(case: BlockDecl) -> dict[str, ClauseDecl]:
    """The checks of a case's last answer by their names, written or made from their words."""
    found: dict[str, ClauseDecl] = {}
    for clause in case.body:
        if isinstance(clause, ClauseDecl):
            name = clause.label.text if clause.label else read_clause(clause.words).default_name
            if name:
                found.setdefault(name, clause)
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one block at the left margin."""

    view: View
    path: str
    scope: Scope
    top: BlockDecl
    checks: Mapping[str, ClauseDecl]

    def block(self) -> Iterator[Mention]:
        """Its own name, and all that is named in it."""
        keyword = self.top.keyword.text
        if keyword in ("vendor", "rubric", "eval", "case"):
            kind: Kind = keyword  # type: ignore[assignment]  # mypy narrows no str to a Literal by `in`.
            yield Mention(Key(kind, self.path, self.top.name.text), self.path, self.top.name.span, True)
        columns = columns_of(self.view, self.path, case=self.top) if keyword == "case" else {}
        for name, spans in columns.items():
            for span in spans:
                yield Mention(self._own("column", name), self.path, span, True)
        if self.top.title:
            yield from self._slots(self.top.title.span, columns)
        yield from self._members(self.top, columns)

    def _members(self, block: BlockDecl, columns: Mapping[str, object]) -> Iterator[Mention]:
        for member in block.body:
            if isinstance(member, BlockDecl):
                if member.keyword.text == "criterion":
                    yield Mention(self._own("criterion", member.name.text), self.path, member.name.span, True)
                if member.keyword.text != "row":
                    yield from self._members(member, columns)
            elif isinstance(member, RuleDecl):
                yield from self._rule(member)
            elif isinstance(member, ClauseDecl):
                yield from self._clause(member, block)
                yield from self._slots(member.span, columns)
            else:
                yield from self._field(member)
                if member.name.text not in ("each", "tools"):
                    yield from self._slots(member.span, columns)

    def _field(self, field: FieldDecl) -> Iterator[Mention]:
        name = field.name.text
        if name == "for":
            yield from self._used("vendor", field.value.text, field.value.span)
        if name in ("rubric", "related"):
            for text, span in self._items(field.value.span):
                kind: Kind = "rubric" if name == "rubric" else "eval"
                word = text.rpartition("/")[2]
                yield from self._used(kind, word, Span(span.end - len(word), span.end))
        if field.qualifier and name in ("good", "bad"):
            yield from self._brackets(field.qualifier)

    def _items(self, span: Span) -> Iterator[tuple[str, Span]]:
        text = self._source.text[span.start : span.end]
        for item in _ITEM.finditer(text):
            written = item[1].lstrip()
            end = span.start + item.end(1)
            yield written, Span(end - len(written), end)

    def _brackets(self, qualifier: NameDecl) -> Iterator[Mention]:
        is_breaking = False
        for part in labels_in(qualifier):
            label = _LABEL.fullmatch(part.text)
            if label is None:
                continue
            is_breaking = is_breaking or label[1] == "breaks"
            group = 2 if label[1] == "breaks" else 1
            name = label[group]
            if name is None:
                continue
            span = Span(part.span.start + label.start(group), part.span.start + label.end(group))
            if is_breaking and name in self.checks:
                yield Mention(self._own("check", name), self.path, span, False)
            elif is_breaking and label[2 if group == 1 else 1] is None:
                yield from self._used("rubric", name, span)
            else:
                yield from self._used("criterion" if group == 1 and label[2] else "rubric", name, span)

    def _rule(self, rule: RuleDecl) -> Iterator[Mention]:
        if self.top.keyword.text != "rubric":
            return
        names = {criterion.name.text for criterion in nested(self.top, "criterion")}
        for condition in rule.conditions:
            for word in condition.words:
                if word.kind == "name" and word.text in names:
                    yield Mention(self._own("criterion", word.text), self.path, word.span, False)

    def _clause(self, clause: ClauseDecl, block: BlockDecl) -> Iterator[Mention]:
        words = clause.words
        if len(words) > 1 and words[0].text == "satisfy" and words[1].kind == "name":
            yield from self._used("rubric", words[1].text, words[1].span)
        suffix = "" if block is self.top else f"#{block.name.text}"
        if clause.label:
            key = self._own("check", clause.label.text)
            yield Mention(replace(key, owner=key.owner + suffix), self.path, clause.label.span, True)
        elif not suffix:
            name = next((name for name, known in self.checks.items() if known is clause), "")
            if name:
                end = Span(clause.span.end, clause.span.end)
                yield Mention(self._own("check", name), self.path, end, True, lead=" as ")

    def _slots(self, span: Span, columns: Mapping[str, object]) -> Iterator[Mention]:
        for slot in find_slots(self._source.text[span.start : span.end]):
            place = Span(span.start + slot.start + 2, span.start + slot.end - 2)
            if slot.name in columns:
                yield Mention(self._own("column", slot.name), self.path, place, False)
            else:
                yield from self._used("let", slot.name, place)

    def _used(self, kind: Kind, name: str, span: Span) -> Iterator[Mention]:
        key = self.scope.keys.get((kind, name))
        if key:
            yield Mention(key, self.path, span, False)

    @property
    def _source(self) -> Source:
        return self.view.compilation.sources[self.path]

    def _own(self, kind: Kind, name: str) -> Key:
        return Key(kind, f"{self.path}#{self.top.name.text}", name)
