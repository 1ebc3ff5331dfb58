"""What all blocks share: a title, and members of one kind."""

from collections.abc import Iterator, Sequence

from evalc.analysis.codes.fields import MISSING_TITLE
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Wording
from evalc.syntax.tree import BlockDecl, ClauseDecl, RuleDecl


def title_of(block: BlockDecl, wording: Wording) -> Template:
    """The title of a block; a block that has none is reported, for its name is not made for readers."""
    if block.title is None or not block.title.text:
        wording.reporter.add(MISSING_TITLE, block.name.span, keyword=block.keyword.text, name=block.name.text)
        return Template((block.name.text,))
    return wording.template(block.title)


def nested(block: BlockDecl, keyword: str) -> Iterator[BlockDecl]:
    """The blocks of one keyword in a block, in the order written."""
    return (member for member in block.body if isinstance(member, BlockDecl) and member.keyword.text == keyword)


def clauses_of(block: BlockDecl) -> Sequence[ClauseDecl]:
    """The checks of a block, in the order written."""
    return [member for member in block.body if isinstance(member, ClauseDecl)]


def rules_of(block: BlockDecl) -> Sequence[RuleDecl]:
    """The rules of a block, in the order written."""
    return [member for member in block.body if isinstance(member, RuleDecl)]
