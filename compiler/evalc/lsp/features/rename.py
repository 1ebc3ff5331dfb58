"""Another name for something, wherever it is written."""

from lsprotocol import types

from evalc.analysis.values.names import is_name
from evalc.lsp.mentions import Mention, all_mentions, mention_at
from evalc.lsp.scope import Key, reach
from evalc.lsp.view import View

_KEPT = {
    "case": "the name of a case is part of its id, and `formerly: {name}` below a new name joins its history",
    "eval": "the name of an eval is part of its cases' ids, and `formerly: {name}` below a new name joins its history",
    "vendor": "the name of a vendor is part of the ids of all its cases, which join their history",
}
# Both fill the same slots, so a text could no longer tell one from the other.
_SLOTS = frozenset({"let", "column"})


class CannotRename(Exception):
    """A name stays as it is; the message says why."""


def renamable(view: View, offset: int) -> types.PrepareRenamePlaceholder | None:
    """The name at an offset and where it is, None where there is none.

    Raises:
        CannotRename: There is one, and it may not change.
    """
    here = _mention(view, offset)
    return types.PrepareRenamePlaceholder(view.ruler.range(here.span), here.key.name) if here else None


def rename(view: View, offset: int, *, name: str) -> types.WorkspaceEdit | None:
    """The edits that give what is named at an offset another name, None where nothing is.

    Raises:
        CannotRename: It may not change, or the new name is none, or is taken.
    """
    here = _mention(view, offset)
    if here is None:
        return None
    if here.key.kind != "column" and not is_name(name):
        raise CannotRename(f"`{name}` is no name: a name is made of small letters, digits and `-` between them")
    if not name.strip() or name != name.strip() or set("{}|\n:") & set(name):
        raise CannotRename(f"`{name}` cannot head a column")
    mentions = list(all_mentions(view))
    _refuse_taken(view, here.key, name, mentions=mentions)
    changes: dict[str, list[types.TextEdit]] = {}
    for item in mentions:
        if item.key == here.key:
            edit = types.TextEdit(view.ruler_of(item.path).range(item.span), item.lead + name)
            changes.setdefault(view.uri(item.path), []).append(edit)
    return types.WorkspaceEdit(changes=changes)


def _mention(view: View, offset: int) -> Mention | None:
    here = mention_at(view, offset)
    if here and here.key.kind in _KEPT:
        raise CannotRename(_KEPT[here.key.kind].format(name=here.key.name))
    if here and here.key.kind == "column":
        if here.key.name == "id":
            raise CannotRename("the column `id` names the rows")
        declared = [item for item in all_mentions(view) if item.key == here.key and item.is_declaration]
        if not declared:
            raise CannotRename(f"the column `{here.key.name}` stands in a file of rows, and is renamed there")
    return here


def _refuse_taken(view: View, key: Key, name: str, *, mentions: list[Mention]) -> None:
    """Look for the new name wherever the old one is seen."""
    owner = key.owner.partition("#")[0]
    seeing = {path for path in view.compilation.trees if owner in reach(view, path)}
    # What a file that sees the name sees besides may collide with it there.
    around = {other for path in seeing for other in reach(view, path)}
    for item in mentions:
        if item.key.name != name or not item.is_declaration or item.key == key:
            continue
        is_same = item.key.kind == key.kind or {item.key.kind, key.kind} <= _SLOTS
        is_near = item.key.owner == key.owner if key.kind in ("check", "criterion") else item.path in around
        if key.kind == item.key.kind == "column":
            is_near = item.key.owner == key.owner
        if is_same and is_near:
            place = f"{item.path}:{view.ruler_of(item.path).position(item.span.start).line + 1}"
            raise CannotRename(f"there is already a {item.key.kind} `{name}` at {place}")
