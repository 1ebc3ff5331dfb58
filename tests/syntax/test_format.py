"""The formatter changes the layout and nothing else."""

from collections.abc import Iterator

from hypothesis import given

from evalc.base.source import Source
from evalc.syntax.format import format_source
from evalc.syntax.nodes.brackets import is_call, labels_in, words_of
from evalc.syntax.parser import parse
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, NameDecl, RuleDecl, Tree, Word
from evalc.syntax.vocabulary import BLOCKS
from tests.syntax.specs import SPEC, specs

Member = FieldDecl | ClauseDecl | RuleDecl | BlockDecl


def _tree(text: str) -> Tree:
    tree, findings = parse(Source("a.evalc", text))
    assert [] == findings.items
    return tree


def _format(text: str) -> str:
    formatted, findings = format_source(Source("a.evalc", text))
    assert [] == findings.items
    return formatted


@given(specs)
def test_formatting_keeps_the_meaning(text: str) -> None:
    """Whoever runs it on a whole catalog reads no diff."""
    assert _meaning(_tree(text)) == _meaning(_tree(_format(text)))


@given(specs)
def test_formatting_twice_is_formatting_once(text: str) -> None:
    """Otherwise editors, hooks and CI would push a file back and forth."""
    once = _format(text)

    assert once == _format(once)


@given(specs)
def test_formatting_keeps_all_comments(text: str) -> None:
    """A comment is often the only place where a reason is written."""
    assert sorted(_comments(text)) == sorted(_comments(_format(text)))


@given(specs)
def test_formatting_keeps_every_byte_of_prose(text: str) -> None:
    """Two spaces at the end of a line are a line break in Markdown."""
    assert sorted(_proses(_tree(text))) == sorted(_proses(_tree(_format(text))))


@given(specs)
def test_members_stand_in_the_order_of_the_reference(text: str) -> None:
    """A reader who knows one case finds everything in any other."""
    for block in _tree(_format(text)).blocks:
        places = [_place(block, member) for member in block.body]
        assert sorted(places) == places


def test_one_more_letter_changes_one_line() -> None:
    """Nothing is aligned, so a longer name touches no other line."""
    longer = SPEC.replace("northwind", "northwind-support").replace("| early | 10   |", "| earlier-than-that | 10   |")

    changed = [
        pair for pair in zip(_format(SPEC).split("\n"), _format(longer).split("\n"), strict=True) if pair[0] != pair[1]
    ]

    assert 2 == len(changed)


def test_the_language_guide_is_in_the_canonical_layout() -> None:
    """A spec with something of everything, as an author would write it, stays as it is."""
    assert SPEC == _format(SPEC)


def test_a_text_with_mistakes_is_left_alone() -> None:
    """Half of a line that could not be read would be lost."""
    text = "case a: A\n  severity high\n\n\n"

    formatted, findings = format_source(Source("a.evalc", text))

    assert text == formatted
    assert findings.has_errors


def test_windows_line_ends_become_line_feeds() -> None:
    """Both ends of a line mean the same, and a file has one of them."""
    assert _format(SPEC) == _format(SPEC.replace("\n", "\r\n"))


def _name(member: Member) -> str:
    match member:
        case FieldDecl():
            return "5" if member.name.text.isdecimal() else member.name.text
        case BlockDecl():
            return member.keyword.text
        case ClauseDecl():
            return "must"
    return "pass when"


def _place(block: BlockDecl, member: Member) -> int:
    """The place of a member in the order of the reference."""
    places = BLOCKS[block.keyword.text].places
    return next((at for at, names in enumerate(places) if _name(member) in names), 0)


def _comments(text: str) -> list[str]:
    return [text[slice(comment.span.start, comment.span.end)] for comment in _tree(text).comments]


def _proses(tree: Tree) -> Iterator[str]:
    yield from (let.value.text for let in tree.lets)
    for block in tree.blocks:
        yield from _proses_in(block)


def _proses_in(block: BlockDecl) -> Iterator[str]:
    for member in block.body:
        if isinstance(member, BlockDecl):
            yield from _proses_in(member)
        elif isinstance(member, FieldDecl) and not member.inline and member.name.text != "each":
            yield member.value.text


def _meaning(tree: Tree) -> object:
    return [
        [(use.path.text) for use in tree.uses],
        [
            (let.name.text, let.value.text.replace("  ", " ") if let.file else let.value.text, _file(let.file))
            for let in tree.lets
        ],
        [_block(block) for block in tree.blocks],
        [(retired.name.text, retired.reason.text) for retired in tree.retired],
    ]


def _block(block: BlockDecl) -> object:
    """A block as names and values: members of one name in their order, whatever stands between."""
    parts: dict[int, list[object]] = {}
    for member in block.body:
        parts.setdefault(_place(block, member), []).append(_member(block, member))
    title = block.title.text if block.title else ""
    return block.keyword.text, block.name.text, title, sorted(parts.items())


def _member(block: BlockDecl, member: Member) -> object:
    match member:
        case BlockDecl():
            return _block(member)
        case ClauseDecl():
            return member.level, member.is_negated, _words(member.words), _file(member.label)
        case RuleDecl():
            return [_words(condition.words) for condition in member.conditions]
    kind = BLOCKS[block.keyword.text].field(member.name.text)
    is_loose = member.file is not None or (kind is not None and kind.value in ("list", "table") and member.inline)
    value = "".join(member.value.text.split()) if is_loose else member.value.text
    labels = [_label(label) for label in labels_in(member.qualifier)] if member.qualifier else []
    return member.name.text, labels, value, member.inline, _file(member.file)


def _label(label: NameDecl) -> object:
    words = words_of(label) if is_call(label) else None
    return _words(words) if words else label.text.split()


def _words(words: tuple[Word, ...]) -> object:
    return [(word.kind, word.text, word.mark) for word in words]


def _file(name: object) -> str:
    return getattr(name, "text", "")
