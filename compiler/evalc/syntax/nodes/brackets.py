"""What stands in the brackets of an example: `breaks keeps-key, safety 4, calls send_key with $.to = "ci"`."""

import re
from collections.abc import Iterator

from evalc.base.source import Span
from evalc.syntax.nodes.clauses import read_words
from evalc.syntax.phrase import spell
from evalc.syntax.tree import NameDecl, Word

CALLS = "calls"
CALL_FORM = f"{CALLS} <tool:tool> [with <arguments:arguments>]"

# A comma within quotes parts nothing. A quote that is never closed goes to the end.
_LABEL = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|[^,])+')


def labels_in(qualifier: NameDecl) -> Iterator[NameDecl]:
    """What the commas part, without the spaces at both ends."""
    for found in _LABEL.finditer(qualifier.text):
        text = found[0].strip()
        start = qualifier.span.start + found.start() + found[0].index(text)
        yield NameDecl(text, Span(start, start + len(text)))


def is_call(label: NameDecl) -> bool:
    """Whether a label tells of a call, rather than of a check or a criterion."""
    return label.text.split(None, 1)[:1] == [CALLS]


def words_of(label: NameDecl) -> tuple[Word, ...] | None:
    """The words of a label of a call, or None where it cannot be read to its end."""
    words = read_words(label.text)
    return None if words is None else words.placed(label.span.start)


def spell_labels(qualifier: NameDecl) -> str:
    """The labels in canonical form; with a gap between two commas they stay as they are."""
    labels = [*labels_in(qualifier)]
    return ", ".join(map(_spell, labels)) if all(label.text for label in labels) else qualifier.text


def _spell(label: NameDecl) -> str:
    words = words_of(label) if is_call(label) else None
    return spell(words) if words else " ".join(label.text.split())
