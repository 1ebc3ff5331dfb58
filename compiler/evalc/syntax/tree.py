"""What was written: the nodes that the parser makes, each with its span."""

from collections.abc import Sequence
from dataclasses import field
from itertools import accumulate, pairwise
from typing import Literal

from evalc.base.record import record
from evalc.base.source import Source, Span

WordKind = Literal["name", "text", "pattern", "number", "path", "operator", "comma"]


@record
class NameDecl:
    """A name with its place."""

    text: str
    span: Span


@record
class Word:
    """One word of a clause or a condition.

    `text` is the value: of a text without its quotes and escapes, of a pattern without its slashes, of a number its
    digits with sign and point. `mark` is a pattern's flags or a number's unit (`%`, `$`, `s`, `ms`, `m`), else empty.
    """

    kind: WordKind
    text: str
    span: Span
    mark: str = ""


@record
class Words:
    """The words of a line as columns, with places in that line: the same wherever the line stands."""

    kinds: tuple[WordKind, ...]
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[str, ...]

    def placed(self, start: int) -> tuple[Word, ...]:
        """The words of a line that begins at an offset."""
        move = start.__add__
        spans = map(Span, map(move, self.starts), map(move, self.ends))
        return tuple(map(Word, self.kinds, self.texts, spans, self.marks))

    def moved(self, spans: Sequence[Span]) -> "Words":
        """The same words in other places."""
        starts, ends = tuple([span.start for span in spans]), tuple([span.end for span in spans])
        return Words(self.kinds, self.texts, starts, ends, self.marks)


@record
class ClauseDecl:
    """One check: `must not match /x/i as name`. What is `said` stands between the level and `as`."""

    level: Literal["must", "should"]
    is_negated: bool
    said: Words
    label: NameDecl | None
    text: str
    span: Span

    @property
    def words(self) -> tuple[Word, ...]:
        """What is said, with places in the source; few are asked for them, so they are made for each."""
        return self.said.placed(self.span.start)


@record
class ConditionDecl:
    """One condition of a rule, as its words."""

    words: tuple[Word, ...]
    span: Span


@record
class RuleDecl:
    """`pass when` with conditions joined by `and`."""

    conditions: tuple[ConditionDecl, ...]
    text: str
    span: Span


@record
class ProseDecl:
    """The text below or behind a field, dedented, blank lines at both ends trimmed.

    `indent` is how much was taken from each line, but from none that is empty where it `has_empty` ones. `offsets` is
    where each begins if that does not tell.
    """

    text: str
    span: Span
    indent: int = 0
    has_empty: bool = False
    offsets: tuple[int, ...] = ()

    @property
    def line_offsets(self) -> tuple[int, ...]:
        """The offset in the source of the first character of each line, so that a place in the text is one there."""
        if self.offsets:
            return self.offsets
        lines = pairwise(self.text.split("\n"))
        steps = (len(line) + 1 + (self.indent if below or not self.has_empty else 0) for line, below in lines)
        return (*accumulate(steps, initial=self.span.start),)


@record
class FieldDecl:
    """`name: value`, `name: file "path"`, or `name (qualifier):` with prose below.

    `inline` tells a value behind the colon from prose below it. `file` is the path of `file "..."`.
    """

    name: NameDecl
    qualifier: NameDecl | None
    value: ProseDecl
    inline: bool
    file: NameDecl | None
    span: Span


@record
class BlockDecl:
    """A header and what belongs to it: `case name: title`, `criterion name: title`, `reply name`, `row name`.

    `body` holds fields, clauses, rules and nested blocks in the order written. The keyword is one of the vocabulary's
    and stands where it may.
    """

    keyword: NameDecl
    name: NameDecl
    title: ProseDecl | None
    body: "tuple[FieldDecl | ClauseDecl | RuleDecl | BlockDecl, ...]"
    span: Span


@record
class UseDecl:
    """`use "path"`."""

    path: NameDecl
    span: Span


@record
class LetDecl:
    """`let name = value`, `let name:` with prose below, or `let name = file "path"`."""

    name: NameDecl
    value: ProseDecl
    file: NameDecl | None
    span: Span


@record
class RetiredDecl:
    """`retired old-id: reason`."""

    name: NameDecl
    reason: ProseDecl
    span: Span


@record
class CommentDecl:
    """A comment line, `text` without its `#` and the space behind it."""

    text: str
    span: Span


@record
class Tree:
    """A whole file."""

    source: Source
    uses: tuple[UseDecl, ...] = ()
    lets: tuple[LetDecl, ...] = ()
    blocks: tuple[BlockDecl, ...] = ()
    retired: tuple[RetiredDecl, ...] = ()
    comments: tuple[CommentDecl, ...] = field(default=())
