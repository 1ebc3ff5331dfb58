"""Which names a spec sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from evalc.analysis.files import OddPath, resolve_path
from evalc.base.record import record
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, Tree

Kind = Literal["vendor", "rubric", "let", "eval", "case", "criterion", "column", "check"]


@record
class Key:
    """What tells a name from all others; the owner is the path of a file, with `#` and the block it belongs to."""

    kind: Kind
    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What one file sees: the keys of vendors, rubrics, lets and criteria by kind and name."""

    keys: Mapping[tuple[Kind, str], Key]

    def names(self, kind: Kind) -> list[str]:
        """The names of one kind."""
        return [name for other, name in self.keys if other == kind]


def reach(view: View, path: str) -> list[str]:
    """A spec and what it uses, directly or not, each once."""
    trees = view.compilation.trees
    found = [path] if path in trees else []
    for here in found:
        for use in trees[here].uses:
            try:
                target = resolve_path(here, use.path.text)
            except OddPath:
                continue
            if target in trees and target not in found:
                found.append(target)
    return found


def scope_of(view: View, path: str) -> Scope:
    """What a spec sees."""
    keys: dict[tuple[Kind, str], Key] = {}
    for here in reach(view, path):
        for key in _declared(here, view.compilation.trees[here]):
            keys.setdefault((key.kind, key.name), key)
    for other, tree in view.compilation.trees.items():
        for block in tree.blocks:
            if block.keyword.text == "eval":
                keys.setdefault(("eval", block.name.text), Key("eval", other, block.name.text))
    return Scope(keys)


def nested(block: BlockDecl, keyword: str) -> Iterator[BlockDecl]:
    """The blocks of one kind in a block."""
    return (member for member in block.body if isinstance(member, BlockDecl) and member.keyword.text == keyword)


def _declared(path: str, tree: Tree) -> Iterator[Key]:
    """What a spec makes known to those that use it."""
    for let in tree.lets:
        yield Key("let", path, let.name.text)
    for block in tree.blocks:
        if block.keyword.text == "vendor":
            yield Key("vendor", path, block.name.text)
        elif block.keyword.text == "rubric":
            yield Key("rubric", path, block.name.text)
            for criterion in nested(block, "criterion"):
                yield Key("criterion", f"{path}#{block.name.text}", criterion.name.text)
