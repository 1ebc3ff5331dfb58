"""Texts as the parser reads them: what is wrong in them, and the tree, each node with its line and column."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evalc.base.render import render_text
from evalc.base.source import Source, Span
from evalc.syntax.parser import parse
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    FieldDecl,
    LetDecl,
    NameDecl,
    ProseDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
    Word,
)

MAKES = ("diagnostics", "tree")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What is found in `input.evalc`, if anything, and its tree."""
    source = Source("input.evalc", unescaped(sections["input.evalc"]))
    tree, findings = parse(source)
    made = {"diagnostics": render_text(findings, colour=False)} if findings.items else {}
    return made | {"tree": show(tree)}


def show(tree: Tree) -> str:
    """A tree in lines: places are where the text of a node begins, values stand between bars."""
    return "".join(f"{line}\n" for line in _Show(tree.source).tree(tree))


def unescaped(text: str) -> str:
    r"""The text with what an editor would not keep: `\t`, `\r` and `\u{HEX}` in a line of their own marking.

    A line that begins with `\` is read so, all others are as they are.
    """
    lines = text.split("\n")
    return "\n".join(
        line[1:].encode("ascii").decode("unicode_escape") if line.startswith("\\") else line for line in lines
    )


class _Show:
    def __init__(self, source: Source) -> None:
        self.source = source

    def tree(self, tree: Tree) -> Iterator[str]:
        nodes: list[UseDecl | LetDecl | BlockDecl | RetiredDecl | CommentDecl]
        nodes = [*tree.uses, *tree.lets, *tree.blocks, *tree.retired, *tree.comments]
        for node in sorted(nodes, key=lambda node: node.span.start):
            if isinstance(node, BlockDecl):
                yield from self.block(node, "")
            elif isinstance(node, LetDecl):
                yield f"{self.at(node.span)} let {node.name.text}{self.file(node.file)}"
                yield from self.prose(node.value, "  ")
            else:
                words = [getattr(node, part, None) for part in ("path", "name", "reason", "text")]
                yield f"{self.at(node.span)} {type(node).__name__} {' | '.join(_text(word) for word in words if word)}"

    def block(self, block: BlockDecl, indent: str) -> Iterator[str]:
        title = "" if block.title is None else f" |{block.title.text}|"
        yield f"{indent}{self.at(block.span)} {block.keyword.text} {block.name.text}{title}"
        for member in block.body:
            match member:
                case BlockDecl():
                    yield from self.block(member, indent + "  ")
                case FieldDecl():
                    yield from self.field(member, indent + "  ")
                case ClauseDecl():
                    level = f"{member.level}{' not' if member.is_negated else ''}"
                    label = f" as {member.label.text}" if member.label else ""
                    yield f"{indent}  {self.at(member.span)} {level}: {self.words(member.words)}{label}"
                case RuleDecl():
                    conditions = " and ".join(self.words(condition.words) for condition in member.conditions)
                    yield f"{indent}  {self.at(member.span)} pass when: {conditions}"

    def field(self, field: FieldDecl, indent: str) -> Iterator[str]:
        qualifier = f" ({field.qualifier.text})" if field.qualifier else ""
        yield f"{indent}{self.at(field.span)} {field.name.text}{qualifier}{self.file(field.file)}"
        yield from self.prose(field.value, indent + "  ")

    def prose(self, prose: ProseDecl, indent: str) -> Iterator[str]:
        if not prose.text:
            return
        for line, offset in zip(prose.text.split("\n"), prose.line_offsets, strict=True):
            yield f"{indent}{self.at(Span(offset, offset))} |{line}|"

    def words(self, words: tuple[Word, ...]) -> str:
        return " ".join(f"{word.kind} |{word.text}|{word.mark}" for word in words)

    def file(self, file: NameDecl | None) -> str:
        return f" file {self.at(file.span)} |{file.text}|" if file else ""

    def at(self, span: Span) -> str:
        line, column = self.source.position(span.start)
        return f"{line}:{column}"


def _text(part: NameDecl | ProseDecl | str) -> str:
    return part if isinstance(part, str) else part.text
