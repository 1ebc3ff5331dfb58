"""From a text to its tree, whatever the text."""

from typing import cast

from evalc.base.diagnostic import Findings
from evalc.base.source import Source, Span
from evalc.syntax.builder import Builder
from evalc.syntax.grammar import Rows, line_parser
from evalc.syntax.tree import Tree


def parse(source: Source) -> tuple[Tree, Findings]:
    """What a text says, as far as it can be read, and each mistake in its layout, words and checks.

    Nothing is raised for any text: a line that cannot be read is named and left out, and reading goes on below it.
    """
    text = source.text if source.text.endswith("\n") else source.text + "\n"
    rows = cast(Rows, line_parser().parse(text))
    builder = Builder(text, source, Span, None)
    return builder.tree(rows), builder.findings
