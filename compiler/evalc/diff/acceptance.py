"""Weakenings that somebody takes: `accept` lines of the specs that are new in a change."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalc.analysis.compilation import Compilation
from evalc.model.change import Acceptance, Change
from evalc.model.stored import Place
from evalc.syntax.tree import BlockDecl, FieldDecl, Tree

FORM = "accept: KIND [NAME] by PERSON: REASON"

_LINE = re.compile(
    r"(?P<kind>[a-z]+(?:-[a-z]+)*)(?: (?P<name>[^\s:]+))? by (?P<by>[^:]*[^:\s]): *(?P<reason>\S.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class AcceptLine:
    """One `accept` line: the block that it stands in, and what it says; an empty kind where it cannot be read.

    `block_id` is the id of the eval or the case, or the name of the rubric.
    """

    place: Place
    block: str
    block_id: str
    text: str
    kind: str = ""
    name: str = ""
    by: str = ""
    reason: str = ""

    def takes(self, change: Change) -> bool:
        """Whether the line speaks of this change: its kind, in its block, with its name if one is given."""
        if change.direction != "weakened" or change.kind != self.kind or not self._is_in_block(change):
            return False
        return not self.name or self.name in re.split(r"[/#]", change.subject.id)

    def _is_in_block(self, change: Change) -> bool:
        is_below = re.match(rf"{re.escape(self.block_id)}(?:[/#]|$)", change.subject.id) is not None
        match self.block:
            case "case":
                return is_below and change.subject.kind in ("case", "check", "example")
            case "rubric":
                files = {place.path for place in (change.place_before, change.place_after) if place}
                return is_below and change.subject.kind in ("rubric", "criterion") and self.place.path in files
            case _:
                # Without a name it is about the eval itself, so that no line takes whatever comes.
                is_here = change.subject.kind in ("eval", "case", "check", "example")
                return is_below and (is_here if self.name else change.subject.kind == "eval")


def accept_lines(compilation: Compilation) -> list[AcceptLine]:
    """All `accept` lines of some specs, in the order written; those of specs with mistakes are left out."""
    evals = {eval_.place.path: eval_.id for eval_ in compilation.catalog.evals}
    # The tree of a spec that was kept is parsed when it is asked for, and few specs have such a line.
    paths = [path for path in sorted(compilation.trees) if "accept" in compilation.sources[path].text]
    found = [compilation.trees[path] for path in paths]
    return [line for tree in found for line in _lines_of(tree, evals.get(tree.source.name, ""))]


def new_lines(before: Iterable[AcceptLine], after: Iterable[AcceptLine]) -> list[AcceptLine]:
    """The lines that this change wrote: an old one accepts nothing again."""
    old = Counter((line.block, line.block_id, line.text) for line in before)
    found = []
    for line in after:
        key = (line.block, line.block_id, line.text)
        if old[key]:
            old[key] -= 1
        else:
            found.append(line)
    return found


def accept(
    changes: Iterable[Change], lines: Iterable[AcceptLine], *, otherwise: Acceptance | None = None
) -> tuple[Change, ...]:
    """The changes, those that a line takes with who takes them and why.

    Args:
        otherwise: Who takes the weakenings that no line takes, where somebody does.
    """
    given = [*lines]
    return tuple(_accepted(change, given, otherwise) for change in changes)


def idle_lines(changes: Iterable[Change], lines: Iterable[AcceptLine]) -> list[AcceptLine]:
    """The lines that take none of the changes, so that a slip in one does not look like an acceptance."""
    weakened = [change for change in changes if change.direction == "weakened"]
    return [line for line in lines if not any(line.takes(change) for change in weakened)]


def _accepted(change: Change, lines: Iterable[AcceptLine], otherwise: Acceptance | None) -> Change:
    for line in lines:
        if line.takes(change):
            acceptance = Acceptance(by=line.by, reason=line.reason, place=line.place)
            return change.model_copy(update={"acceptance": acceptance})
    if otherwise and change.direction == "weakened":
        return change.model_copy(update={"acceptance": otherwise})
    return change


def _lines_of(tree: Tree, eval_id: str) -> Iterator[AcceptLine]:
    for block in tree.blocks:
        block_id = {"case": f"{eval_id}/{block.name.text}", "eval": eval_id, "rubric": block.name.text}.get(
            block.keyword.text, ""
        )
        if block_id and (eval_id or block.keyword.text == "rubric"):
            for field in _accept_fields(block):
                place = Place(path=tree.source.name, line=tree.source.line_of(field.span.start))
                text = " ".join(field.value.text.split())
                found = _LINE.fullmatch(text)
                words = {name: value or "" for name, value in found.groupdict().items()} if found else {}
                yield AcceptLine(place, block.keyword.text, block_id, text, **words)


def _accept_fields(block: BlockDecl) -> Iterator[FieldDecl]:
    return (item for item in block.body if isinstance(item, FieldDecl) and item.name.text == "accept")
