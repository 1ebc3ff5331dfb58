"""The one canonical layout of a spec."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from evalc.base.diagnostic import Findings
from evalc.base.record import record
from evalc.base.source import Source
from evalc.syntax.nodes.brackets import spell_labels
from evalc.syntax.parser import parse
from evalc.syntax.tables import lay_out_table
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    FieldDecl,
    LetDecl,
    ProseDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
    Word,
)
from evalc.syntax.vocabulary import ANCHOR, BLOCKS, BlockKind, FieldKind

Item = UseDecl | LetDecl | BlockDecl | RetiredDecl
Comments = deque[CommentDecl]
Member = FieldDecl | ClauseDecl | RuleDecl | BlockDecl

_COLON = re.compile(r"[ \t]*:")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def format_source(source: Source) -> tuple[str, Findings]:
    """The text in its canonical layout; a text with mistakes in its writing comes back as it is, with them."""
    tree, findings = parse(source)
    return (source.text, findings) if findings.has_errors else (format_tree(tree), findings)


def format_tree(tree: Tree) -> str:
    """The canonical text of a tree without mistakes.

    Two spaces a level, one space between words, one blank line around blocks, fields in the order of the vocabulary.
    Every comment stays above what it stood above, and every byte of prose is kept; nothing is aligned but the cells
    of a table, which are padded to their column's header as written.
    """
    items: list[Item] = [*tree.uses, *tree.lets, *tree.blocks, *tree.retired]
    items.sort(key=lambda item: item.span.start)
    layout = _Layout(tree.source)
    return "".join(f"{line}\n" for line in layout.file(items, deque(tree.comments)))


@record
class _Entry:
    """Lines at the left margin that stay together, with the range of the source that they come from."""

    lines: list[str]
    is_block: bool
    start: int
    end: int


@record
class _Layout:
    source: Source

    def file(self, items: Sequence[Item], comments: Comments) -> Iterator[str]:
        """All lines: items and comments in the order written, blank lines where they separate."""
        before: _Entry | None = None
        for entry in self._joined(self._entries(items, comments)):
            if before and (before.is_block or entry.is_block or self._is_apart(before.end, entry.start)):
                yield ""
            yield from entry.lines
            before = entry

    def _entries(self, items: Sequence[Item], comments: Comments) -> Iterator[_Entry]:
        starts = [item.span.start for item in items[1:]]
        for item, until in zip(items, [*starts, len(self.source.text)], strict=False):
            while comments and comments[0].span.start < item.span.start:
                yield self._comment(comments.popleft())
            inner: Comments = deque()
            if isinstance(item, BlockDecl):
                inner = self._inner(item, comments, until=until, column=2)
            end = max([item.span.end, *(comment.span.end for comment in inner)])
            yield _Entry(list(self._item(item, inner)), isinstance(item, BlockDecl), item.span.start, end)
        yield from map(self._comment, comments)

    def _comment(self, comment: CommentDecl) -> _Entry:
        return _Entry([self._written(comment)], False, comment.span.start, comment.span.end)

    def _inner(self, block: BlockDecl, comments: Comments, *, until: int, column: int) -> Comments:
        """Take from the front the comments in a block, and those below its end that are as deep as its members."""
        inner: Comments = deque()
        while comments and comments[0].span.start < until:
            start = comments[0].span.start
            if start > block.span.end and self.source.position(start)[1] <= column:
                break
            inner.append(comments.popleft())
        return inner

    def _joined(self, entries: Iterator[_Entry]) -> Iterator[_Entry]:
        """Each entry with the comments that stand directly above it."""
        above: _Entry | None = None
        for entry in entries:
            if above and not self._is_apart(above.end, entry.start):
                entry = _Entry([*above.lines, *entry.lines], entry.is_block, above.start, entry.end)
            elif above:
                yield above
            above = entry if entry.lines[-1].startswith("#") else None
            if above is None:
                yield entry
        if above:
            yield above

    def _is_apart(self, end: int, start: int) -> bool:
        """Whether a blank line stands between two places."""
        return _BLANK_LINE.search(self.source.text, end, start) is not None

    def _item(self, item: Item, comments: Comments) -> Iterator[str]:
        match item:
            case UseDecl():
                yield f'use "{item.path.text}"'
            case RetiredDecl():
                yield f"retired {item.name.text}: {item.reason.text}"
            case LetDecl() if item.file:
                yield f'let {item.name.text} = file "{item.file.text}"'
            case LetDecl() if self._is_below(item):
                yield f"let {item.name.text}:"
                yield from _prose(item.value, 2)
            case LetDecl():
                yield f"let {item.name.text} = {self._written(item.value)}"
            case BlockDecl():
                yield from self._block(item, comments, 0)

    def _is_below(self, let: LetDecl) -> bool:
        return _COLON.match(self.source.text, let.name.span.end) is not None

    def _block(self, block: BlockDecl, comments: Comments, column: int) -> Iterator[str]:
        title = f": {block.title.text}" if block.title and block.title.text else ""
        yield f"{' ' * column}{block.keyword.text} {block.name.text}{title}"
        margin = " " * (column + 2)
        ranks = _ranks(block)
        groups: list[tuple[int, list[str]]] = []
        starts = [member.span.start for member in block.body[1:]]
        for member, until in zip(block.body, [*starts, len(self.source.text)], strict=False):
            lines = []
            while comments and comments[0].span.start < member.span.start:
                lines.append(margin + self._written(comments.popleft()))
            inner: Comments = deque()
            if isinstance(member, BlockDecl):
                inner = self._inner(member, comments, until=until, column=column + 4)
            lines += self._member(member, inner, column + 2, BLOCKS[block.keyword.text])
            rank = ranks.get(_key(member), groups[-1][0] if groups else 0)
            groups.append((rank, lines))
        for _, lines in sorted(groups, key=lambda group: group[0]):
            yield from lines
        yield from (margin + self._written(comment) for comment in comments)

    def _member(self, member: Member, comments: Comments, column: int, kind: BlockKind) -> Iterator[str]:
        margin = " " * column
        match member:
            case BlockDecl():
                yield from self._block(member, comments, column)
            case ClauseDecl():
                level = f"{member.level} not" if member.is_negated else member.level
                label = f" as {member.label.text}" if member.label else ""
                yield f"{margin}{level} {self._words(member.words)}{label}"
            case RuleDecl():
                conditions = " and ".join(self._words(condition.words) for condition in member.conditions)
                yield f"{margin}pass when {conditions}"
            case FieldDecl():
                yield from self._field(member, column, kind.field(member.name.text))

    def _field(self, field: FieldDecl, column: int, kind: FieldKind | None) -> Iterator[str]:
        head = f"{' ' * column}{field.name.text}"
        if field.qualifier:
            head += f" ({spell_labels(field.qualifier)})"
        sort = kind.value if kind else "prose"
        if field.file:
            yield f'{head}: file "{field.file.text}"'
        elif field.inline:
            yield f"{head}: {_commas(field.value.text) if sort == 'list' else field.value.text}"
        else:
            yield f"{head}:"
            below = _prose(field.value, column + 2)
            yield from lay_out_table([*below], column + 2) if sort == "table" else below

    def _words(self, words: Sequence[Word]) -> str:
        spaced = ((" " if at and word.kind != "comma" else "") + self._written(word) for at, word in enumerate(words))
        return "".join(spaced)

    def _written(self, part: CommentDecl | ProseDecl | Word) -> str:
        return self.source.text[part.span.start : part.span.end]


def _key(member: Member) -> str:
    """What the vocabulary's order calls a member."""
    match member:
        case BlockDecl():
            return member.keyword.text
        case ClauseDecl():
            return "must"
        case RuleDecl():
            return "pass when"
        case FieldDecl():
            return ANCHOR if member.name.text.isdecimal() else member.name.text


def _ranks(block: BlockDecl) -> dict[str, int]:
    """The place of each sort of member in the canonical order; those that share a place keep the order written."""
    places = BLOCKS[block.keyword.text].places
    return {name: rank for rank, shared in enumerate(places) for name in shared}


def _prose(prose: ProseDecl, column: int) -> Iterator[str]:
    """The lines of a prose, indented; blank lines are empty unless the prose has spaces in them."""
    return (" " * column + line if line else "" for line in prose.text.split("\n") if prose.text)


def _commas(text: str) -> str:
    """A list on one line with a space behind each comma; one with a gap in it stays as it is."""
    items = [item.strip(" \t") for item in text.split(",")]
    return ", ".join(items) if all(items) else text
