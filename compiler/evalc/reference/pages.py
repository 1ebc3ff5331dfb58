"""The reference as pages of a site, in Markdown, and their places in a navigation."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from evalc.reference.commands import command_entries
from evalc.reference.contents import all_entries
from evalc.reference.entry import Entry, Kind
from evalc.reference.findings import DIRECTIONS, code_groups
from evalc.reference.markdown import command_section, escaped, heading, section, table

FOLDER = "reference"

_OVERVIEW = "Overview"

NavItem: TypeAlias = "str | dict[str, str | list[NavItem]]"
"""An item of MkDocs' `nav`: a page, or a title with a page or with further items."""

ROOMS = {
    "syntax": ("How a spec is written", "Lines that cannot be read. `evalc check` finds them."),
    "analysis": ("What a spec says", "Lines that can be read and do not fit together. `evalc check` finds them."),
    "checks": ("The words of checks", "Checks whose words do not fit. `evalc check` finds them."),
    "lint": ("Comments that allow", "Comments for the linter that do nothing. `evalc lint` finds them."),
    "planning": ("Policies and runs", "An `evalc.toml` that does not fit, or a command. `evalc run` finds them."),
}
"""The title of the page of each room's findings, and what stands on it."""


class ReferencePage(NamedTuple):
    """A page in Markdown with its path in the site."""

    path: str
    title: str
    text: str


class Chapter(NamedTuple):
    """Pages that stand together, the first of which tells what they are."""

    title: str
    pages: tuple[ReferencePage, ...]


def reference_chapters() -> tuple[Chapter, ...]:
    """All pages, in the order of the navigation."""
    return (_language(), _checks(), _rules(), _findings(), _changes(), _targets(), _commands())


def front_page() -> ReferencePage:
    """The page that leads to all chapters."""
    lines = [
        "# Reference",
        "Every word of the language, every check, rule and finding, from the code that knows them. In a terminal "
        "`evalc explain WORD` shows the same.",
    ]
    for chapter in reference_chapters():
        first, *rest = chapter.pages
        lines.append(f"## [{chapter.title}]({_below(first)})")
        lines.append(" · ".join(f"[{escaped(page.title)}]({_below(page)})" for page in rest))
    return ReferencePage(f"{FOLDER}/index.md", "Reference", "\n\n".join(filter(None, lines)) + "\n")


def _below(page: ReferencePage) -> str:
    return page.path.removeprefix(f"{FOLDER}/")


def _of(kind: Kind) -> Sequence[Entry]:
    return [entry for entry in all_entries() if entry.kind == kind]


def _language() -> Chapter:
    rows = [(f"[`{entry.name}`]({entry.name}.md)", escaped(entry.summary)) for entry in _of("block")]
    statements = [
        (f"[`{entry.title}`](statements.md#{entry.name})", escaped(entry.summary)) for entry in _of("statement")
    ]
    lines = [
        "# The language",
        "A spec is blocks with fields. A block begins at the left margin, what belongs to it is indented by two "
        "spaces.",
        "## Blocks",
        table(("Block", "What it is"), rows),
        "## Statements and marks",
        table(("Words", "What they do"), statements),
    ]
    front = ReferencePage(f"{FOLDER}/language/index.md", "The language", "\n\n".join(lines) + "\n")
    return Chapter("The language", (front, *map(_block_page, _of("block")), _statements_page()))


def _block_page(block: Entry) -> ReferencePage:
    fields = [entry for entry in _of("field") if entry.owner == block.name]
    lines = [section(block, level=1).rstrip("\n")]
    if fields:
        rows = [(f"[`{field.title}`](#{field.name})", escaped(field.summary)) for field in fields]
        lines += ["## Fields", table(("Field", "What it says"), rows)]
        lines += [section(field, level=3).rstrip("\n") for field in fields]
    return ReferencePage(f"{FOLDER}/language/{block.name}.md", block.title, "\n\n".join(lines) + "\n")


def _statements_page() -> ReferencePage:
    lines = ["# Statements and marks", *(section(entry, level=2).rstrip("\n") for entry in _of("statement"))]
    return ReferencePage(f"{FOLDER}/language/statements.md", "statements and marks", "\n\n".join(lines) + "\n")


def _checks() -> Chapter:
    lead = (
        "A check is `must` or `should`, perhaps `not`, a verb with its words, and perhaps `as` with a name. "
        "Texts are compared "
        "without regard to letter case and runs of white space, unless the check says `exactly`."
    )
    return _chapter("Checks", "checks", _of("check"), lead=lead, header=("Check", "It holds when"))


def _rules() -> Chapter:
    lead = (
        "`evalc lint` asks these rules about each eval without errors. A finding is allowed by a comment above "
        "what it is about, "
        "`# allow RULE: reason`. How severe a rule is can be set in the table `[lint]` of the policy."
    )
    return _chapter("Lint rules", "rules", _of("rule"), lead=lead, header=("Rule", "What it finds"))


def _targets() -> Chapter:
    lead = "`type` in `[targets.NAME]` or `[judges.NAME]` of the policy says who is asked. Each type has its options."
    return _chapter("Targets", "targets", _of("target"), lead=lead, header=("Type", "What it does"))


def _commands() -> Chapter:
    entries = list(command_entries())
    rows = [(f"[`evalc {entry.name}`]({entry.name}.md)", escaped(entry.paragraphs[0])) for entry in entries]
    lines = [
        "# Commands",
        "`evalc COMMAND --help` shows the same in a terminal. Exit codes are the same for all: 0 good, 1 a gate "
        "failed, 2 the spec or the command is wrong, 3 the evidence does not decide, 4 a mistake of evalc, 5 storing "
        "failed, 130 interrupted.",
        table(("Command", "What it does"), rows),
    ]
    front = ReferencePage(f"{FOLDER}/commands/index.md", "Commands", "\n\n".join(lines) + "\n")
    pages = [
        ReferencePage(f"{FOLDER}/commands/{entry.name}.md", f"evalc {entry.name}", command_section(entry, level=1))
        for entry in entries
    ]
    return Chapter("Commands", (front, *pages))


def _chapter(title: str, folder: str, entries: Sequence[Entry], *, lead: str, header: tuple[str, str]) -> Chapter:
    """A chapter with a page for each entry."""
    rows = [(f"[`{entry.title}`]({entry.name}.md)", escaped(entry.summary)) for entry in entries]
    front = ReferencePage(
        f"{FOLDER}/{folder}/index.md", title, "\n\n".join([f"# {title}", escaped(lead), table(header, rows)]) + "\n"
    )
    pages = [
        ReferencePage(f"{FOLDER}/{folder}/{entry.name}.md", entry.title, section(entry, level=1)) for entry in entries
    ]
    return Chapter(title, (front, *pages))


def _findings() -> Chapter:
    pages = tuple(_room_page(room) for room in dict.fromkeys((*ROOMS, *(group.room for group in code_groups()))))
    entries = sorted(_of("diagnostic"), key=lambda entry: entry.name)
    rows = [(f"[`{entry.name}`]({entry.owner}.md#{entry.name})", escaped(entry.summary)) for entry in entries]
    lines = [
        "# Findings",
        "What the commands find wrong has a name, which stands in brackets: `error[unknown-verb]`.",
        table(("Name", "What is said"), rows),
    ]
    return Chapter(
        "Findings", (ReferencePage(f"{FOLDER}/findings/index.md", "Findings", "\n\n".join(lines) + "\n"), *pages)
    )


def _room_page(room: str) -> ReferencePage:
    title, lead = ROOMS.get(room, (room, ""))
    entries = {entry.name: entry for entry in _of("diagnostic") if entry.owner == room}
    lines = [f"# {title}", escaped(lead)]
    groups = [group for group in code_groups() if group.room == room]
    for group in groups:
        lines += [f"## {escaped(group.about.rstrip('.'))}"] if len(groups) > 1 else []
        level = 3 if len(groups) > 1 else 2
        lines += [section(entries[code.name], level=level).rstrip("\n") for code in group.codes]
    return ReferencePage(f"{FOLDER}/findings/{room}.md", title, "\n\n".join(lines) + "\n")


def _changes() -> Chapter:
    lines = [
        "# Changes of specs",
        escaped(
            "What `evalc diff` calls a change, and its direction. A change that weakens an eval needs somebody "
            "who accepts it."
        ),
    ]
    for direction, words in DIRECTIONS.items():
        lines.append(f"## What {words}")
        lines += [
            f"{heading(entry, level=3)}\n\n{escaped(' '.join(entry.paragraphs))}"
            for entry in _of("change")
            if entry.owner == direction
        ]
    page = ReferencePage(f"{FOLDER}/changes.md", "Changes of specs", "\n\n".join(lines) + "\n")
    return Chapter("Changes of specs", (page,))


def all_pages() -> Iterator[ReferencePage]:
    """The front page and all others."""
    yield front_page()
    for chapter in reference_chapters():
        yield from chapter.pages


def navigation() -> NavItem:
    """The part of MkDocs' `nav` that holds all pages."""
    chapters: list[NavItem] = [{_OVERVIEW: f"{FOLDER}/index.md"}]
    for chapter in reference_chapters():
        first, *rest = chapter.pages
        pages: list[NavItem] = [{_OVERVIEW: first.path}]
        for page in rest:
            pages.append({page.title: page.path})
        chapters.append({chapter.title: pages if rest else first.path})
    return {"Reference": chapters}
