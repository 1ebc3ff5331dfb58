"""Evals as they are written and as they are meant, side by side, so that a rule finds a place for what it sees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from evalc.analysis.compilation import Compilation
from evalc.analysis.reporting import span_in
from evalc.base.source import Source, Span
from evalc.lint._trials import Trials
from evalc.model.catalog import Case, Check, Criterion, Eval, Example, Rubric
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, ProseDecl, Tree

_TURNS = frozenset({"input", "system", "user", "assistant"})
_OTHERWISE = frozenset({"about", "expect"})

_TRIED_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that an author wrote, of a field or title; `text` is the content of its file where it names one."""

    name: str
    text: str
    prose: ProseDecl
    is_in_file: bool = False

    def span(self, start: int, end: int) -> Span:
        """The place of a range of the text, or that of the file's name."""
        return self.prose.span if self.is_in_file else span_in(self.prose, start=start, end=end)


@dataclass(frozen=True)
class WrittenCase:
    """A case as its block, and as the cases that its rows make: one where it has no rows."""

    source: Source
    block: BlockDecl
    rows: tuple[Case, ...]

    @property
    def first(self) -> Case:
        """The only case, or that of the first row."""
        return self.rows[0]

    @property
    def tried(self) -> tuple[Case, ...]:
        """The rows whose checks are tried: what is wrong with the texts of a case shows in the first thousand."""
        return self.rows[:_TRIED_AT_MOST]

    @property
    def clauses(self) -> Sequence[ClauseDecl]:
        """The checks of the last answer, as written."""
        return [member for member in self.block.body if isinstance(member, ClauseDecl)]

    def place_of(self, found: Check | Example) -> Span:
        """Where a check or an example is written; a grading stands at the case's name."""
        decl = self._decls.get(found.place.line)
        if isinstance(decl, FieldDecl):
            return Span(decl.name.span.start, (decl.qualifier or decl.name).span.end + bool(decl.qualifier))
        return decl.span if decl else self.block.name.span

    def example(self, found: Example) -> FieldDecl:
        """The field that an example is written in."""
        decl = self._decls[found.place.line]
        assert isinstance(decl, FieldDecl), found.place
        return decl

    def clause(self, found: Check) -> ClauseDecl | None:
        """The clause that a check is written in, None for a grading."""
        decl = self._decls.get(found.place.line)
        return decl if isinstance(decl, ClauseDecl) else None

    def passages(self) -> Iterator[Passage]:
        """The title and the texts of all fields."""
        turns = [member for member in self.block.body if isinstance(member, FieldDecl) and member.name.text in _TURNS]
        contents = {decl.span.start: turn.text for decl, turn in zip(turns, self.first.turns, strict=True)}
        contents |= {self.example(found).span.start: found.text for found in self.first.examples}
        return _passages(self.block, contents, otherwise=self.first.expect)

    @cached_property
    def trials(self) -> Trials:
        """Tries texts as answers to this case; all rules share what is known then."""
        return Trials()

    @cached_property
    def _decls(self) -> dict[int, FieldDecl | ClauseDecl]:
        """What stands in the block and its replies, by its first line."""
        blocks = [self.block, *_nested(self.block, "reply")]
        return {
            self.source.line_of(member.span.start): member
            for block in blocks
            for member in block.body
            if isinstance(member, FieldDecl | ClauseDecl)
        }


@dataclass(frozen=True, slots=True)
class WrittenEval:
    """An eval with its file and its cases."""

    eval: Eval
    source: Source
    block: BlockDecl
    cases: tuple[WrittenCase, ...]

    def passages(self) -> Iterator[Passage]:
        """The title and the texts of all fields of the eval itself."""
        return _passages(self.block, {}, otherwise=self.eval.about)


@dataclass(frozen=True, slots=True)
class WrittenRubric:
    """A rubric with its file."""

    rubric: Rubric
    source: Source
    block: BlockDecl

    def criteria(self) -> Iterator[tuple[Criterion, BlockDecl]]:
        """Each criterion with its block."""
        blocks = {block.name.text: block for block in _nested(self.block, "criterion")}
        return ((criterion, blocks[criterion.name]) for criterion in self.rubric.criteria)

    def passages(self) -> Iterator[Passage]:
        """The titles and the texts of all fields of the rubric and its criteria."""
        yield from _passages(self.block, {}, otherwise=self.rubric.about)
        for criterion, block in self.criteria():
            yield from self.passages_of(block, criterion)

    def passages_of(self, block: BlockDecl, criterion: Criterion) -> Iterator[Passage]:
        """The title and the texts of all fields of a criterion."""
        return _passages(block, {}, otherwise=criterion.about)


@dataclass(frozen=True, slots=True)
class WrittenCatalog:
    """All evals without errors, and the rubrics that they use."""

    evals: tuple[WrittenEval, ...]
    rubrics: tuple[WrittenRubric, ...]

    @property
    def cases(self) -> Iterator[WrittenCase]:
        """The cases of all evals."""
        return (case for eval_ in self.evals for case in eval_.cases)


def written_catalog(compilation: Compilation) -> WrittenCatalog:
    """What compiled specs mean, next to what was written."""
    trees = {tree.source.name: tree for tree in compilation.trees.values()}
    rubrics: dict[tuple[str, str], WrittenRubric] = {}
    for eval_ in compilation.catalog.evals:
        for rubric in eval_.rubrics:
            tree = trees[rubric.place.path]
            found = WrittenRubric(rubric, tree.source, _block(tree, "rubric", rubric.name))
            rubrics.setdefault((rubric.place.path, rubric.name), found)
    evals = tuple(_written_eval(eval_, trees[eval_.place.path]) for eval_ in compilation.catalog.evals)
    return WrittenCatalog(evals, tuple(rubrics.values()))


def _written_eval(eval_: Eval, tree: Tree) -> WrittenEval:
    blocks = {block.name.text: block for block in tree.blocks if block.keyword.text == "case"}
    cases = tuple(
        WrittenCase(tree.source, blocks[cluster.rpartition("/")[2]], tuple(rows))
        for cluster, rows in groupby(eval_.cases, key=lambda case: case.cluster)
    )
    return WrittenEval(eval_, tree.source, _block(tree, "eval", eval_.name), cases)


def _nested(block: BlockDecl, keyword: str) -> Iterator[BlockDecl]:
    return (member for member in block.body if isinstance(member, BlockDecl) and member.keyword.text == keyword)


def _passages(block: BlockDecl, contents: Mapping[int, str], *, otherwise: str) -> Iterator[Passage]:
    """The texts of a block.

    Args:
        contents: What stands in the files that fields name, by the place of the field.
        otherwise: What stands in the file of a field that is not among them.
    """
    if block.title:
        yield Passage("title", block.title.text, block.title)
    for member in block.body:
        if not isinstance(member, FieldDecl):
            continue
        if member.file:
            text = contents.get(member.span.start, otherwise if member.name.text in _OTHERWISE else "")
            yield Passage(member.name.text, text, member.value, is_in_file=True)
        else:
            yield Passage(member.name.text, member.value.text, member.value)


def _block(tree: Tree, keyword: str, name: str) -> BlockDecl:
    return next(block for block in tree.blocks if block.keyword.text == keyword and block.name.text == name)
