"""What lowering one file needs to know of the world around it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field

from evalc.analysis.codes.fields import MISSING_TITLE
from evalc.analysis.codes.names import UNKNOWN_NAME
from evalc.analysis.files import FileReader, written_path
from evalc.analysis.reporting import Reporter, listed
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Allowance, Lets, Wording
from evalc.base.diagnostic import Findings
from evalc.base.record import record
from evalc.base.source import Span
from evalc.model.catalog import Rubric
from evalc.model.stored import Place
from evalc.syntax.tree import BlockDecl, FieldDecl, Tree


@record
class Damage:
    """Where the parser could not read: what seems to lack there may have been meant to be there."""

    starts: Sequence[int]
    damaged: frozenset[int]

    def touches(self, block: BlockDecl) -> bool:
        """Whether something could not be read in the item that a block is or stands in."""
        return bisect_right(self.starts, block.span.start) in self.damaged

    @property
    def is_anywhere(self) -> bool:
        """Whether something could not be read in the file."""
        return bool(self.damaged)


UNDAMAGED = Damage((), frozenset())


def find_damage(tree: Tree, findings: Findings) -> Damage:
    """Which items of a tree have mistakes in their layout or words."""
    starts = sorted(block.span.start for block in tree.blocks)
    places = [found.span.start for found in findings if found.level == "error"]
    return Damage(starts, frozenset(bisect_right(starts, place) for place in places))


@record
class Context:
    """One file while it is lowered: its path from the catalog's folder, and the names that it sees.

    `declared` are all names that it sees by kind and name, also of vendors and rubrics that have mistakes and are no
    values; it `sees_all` unless a file that it uses is missing. `elsewhere` holds the paths of all that the catalog
    declares. `graded_by` collects the rubrics that cases need.
    """

    path: str
    reporter: Reporter
    files: FileReader
    lets: Lets
    allowance: Allowance
    rubrics: Mapping[str, Rubric]
    damage: Damage
    declared: Collection[tuple[str, str]]
    elsewhere: Mapping[tuple[str, str], str]
    sees_all: bool
    graded_by: set[str] = field(default_factory=set)
    _places: dict[int, Place] = field(default_factory=dict)

    def place(self, span: Span) -> Place:
        """Where a range of this file begins, as the model keeps it."""
        # All cases of one `each` stand at the same place, and so do their checks.
        found = self._places.get(span.start)
        if found is None:
            found = Place(path=self.reporter.source.name, line=self.reporter.source.line_of(span.start))
            self._places[span.start] = found
        return found

    def check_name(self, kind: str, name: str, *, span: Span) -> None:
        """Report a vendor or rubric that this file does not see, with the one that is meant or where it stands."""
        if (kind, name) in self.declared:
            return
        known = [other for one, other in self.declared if one == kind]
        near = self.reporter.closest(name, known)
        path = self.elsewhere.get((kind, name))
        help = "" if near or not known else f"known here: {listed(known)}"
        help = f'it stands in {path}: write `use "{written_path(self.path, path)}"`' if path else help
        # Where a file is missing that should be used, that was said.
        if near or self.sees_all:
            self.reporter.add(UNKNOWN_NAME, span, kind=kind, name=name, near=near, help=help)

    def wording(self, columns: Iterable[str] = ()) -> Wording:
        """The wording of one block, with the columns of its rows."""
        return Wording(self.reporter, self.lets, self.allowance, dict.fromkeys(columns))

    def title(self, block: BlockDecl, wording: Wording) -> Template:
        """The title of a block; one that has none is reported, for its name is not made for readers."""
        if block.title is None or not block.title.text:
            header = f"{block.keyword.text} {block.name.text}"
            help = f"write `{header}: ` and a title"
            self.reporter.add(MISSING_TITLE, block.name.span, block=header, help=help)
            return Template((block.name.text,))
        return wording.template(block.title)

    def template(self, field: FieldDecl, wording: Wording) -> Template | None:
        """The template of a field's text or of the file that it names; None where that cannot be read."""
        if field.file is None:
            return wording.template(field.value)
        text = self.files.text(field.file)
        if text is None:
            return None
        return Template((wording.leave(text, field.file.span, where="a file"),))

    def fixed(self, field: FieldDecl | None, wording: Wording) -> str:
        """The text of a field in a block without rows; empty where it is not there or cannot be read."""
        template = field and self.template(field, wording)
        return template.fill({}) if template else ""
