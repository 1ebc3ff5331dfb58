"""What only the whole catalog shows: names taken twice, links that lead nowhere, and things that nobody needs."""

from collections.abc import Iterator

from evalc.analysis.catalog import LoweredCatalog
from evalc.analysis.codes.evals import LIVING_NAME, SHARED_HISTORY, UNKNOWN_RELATED
from evalc.analysis.codes.files import UNUSED_FILE
from evalc.analysis.codes.names import DUPLICATE_NAME, UNUSED_LET, UNUSED_RUBRIC
from evalc.analysis.lower.body import list_items
from evalc.analysis.resolve import Key
from evalc.analysis.uses import SpecFile, Workspace
from evalc.base.record import record
from evalc.base.source import Span
from evalc.model.catalog import Eval
from evalc.syntax.tree import BlockDecl, FieldDecl


def validate(workspace: Workspace, lowered: LoweredCatalog, *, is_whole: bool) -> None:
    """Add what is wrong with the catalog as a whole to the findings of its files.

    Args:
        is_whole: All specs of the catalog are there, so what nobody needs here nobody needs at all.
    """
    evals = [_Page(workspace.files[path], eval_) for path, eval_ in lowered.evals.items()]
    _check_vendors(lowered)
    _check_ids(evals)
    _check_history(evals)
    if is_whole:
        _check_related(evals)
    _warn_of_unused(workspace, lowered, is_whole=is_whole)


@record
class _Page:
    """An eval with its file."""

    file: SpecFile
    eval: Eval

    def block(self, keyword: str, name: str) -> BlockDecl:
        """The block of the eval or of one of its cases."""
        blocks = self.file.tree.blocks
        return next(block for block in blocks if block.keyword.text == keyword and block.name.text == name)

    @property
    def own_block(self) -> BlockDecl:
        """The block of the eval."""
        return self.block("eval", self.eval.name)


def _check_vendors(lowered: LoweredCatalog) -> None:
    first: dict[str, Key] = {}
    for key in lowered.vendors:
        holder = first.setdefault(key[2], key)
        if holder is not key:
            declared, other = lowered.declaration(key), lowered.declaration(holder)
            place = _place(other.file, other.name.span)
            declared.file.reporter.add(
                DUPLICATE_NAME, declared.name.span, kind="vendor", name=declared.name.text, place=place
            )


def _check_ids(pages: list[_Page]) -> None:
    first: dict[str, _Page] = {}
    for page in pages:
        holder = first.setdefault(page.eval.id, page)
        if holder is not page:
            place = _place(holder.file, holder.own_block.name.span)
            span = page.own_block.name.span
            page.file.reporter.add(DUPLICATE_NAME, span, kind="eval", name=page.eval.id, place=place)


def _check_history(pages: list[_Page]) -> None:
    """Earlier names belong to nobody else: not to something that is there, and to one successor only."""
    living = {id_ for page in pages for id_, _ in _lineages(page)}
    heirs: dict[str, str] = {}
    for page in pages:
        for id_, formerly in _lineages(page):
            taken = [before for before in formerly if before in living or heirs.setdefault(before, id_) != id_]
            places = _places(page, _block_of(page, id_), "formerly") if taken else {}
            for before in taken:
                if before in living:
                    page.file.reporter.add(LIVING_NAME, places[before], name=before)
                else:
                    page.file.reporter.add(SHARED_HISTORY, places[before], name=before, heir=heirs[before])


def _lineages(page: _Page) -> Iterator[tuple[str, list[str]]]:
    """The eval and its cases, rows taken together: id and earlier ids."""
    yield page.eval.id, list(page.eval.formerly)
    for case in {case.cluster: case for case in page.eval.cases}.values():
        row = case.id.removeprefix(case.cluster)
        yield case.cluster, [before.removesuffix(row) for before in case.formerly]


def _block_of(page: _Page, id_: str) -> BlockDecl:
    """The block that has an id."""
    return page.own_block if id_ == page.eval.id else page.block("case", id_.rpartition("/")[2])


def _check_related(pages: list[_Page]) -> None:
    known = dict.fromkeys(sorted(page.eval.id for page in pages))
    for page in pages:
        if page.file.reporter.findings.has_errors:
            # Without a vendor the ids are not what the author meant.
            continue
        lost = [related for related in page.eval.related if related not in known]
        places = _places(page, page.own_block, "related") if lost else {}
        for related in lost:
            near = page.file.reporter.closest(related, known)
            page.file.reporter.add(UNKNOWN_RELATED, places[related], id=related, near=near)


def _warn_of_unused(workspace: Workspace, lowered: LoweredCatalog, *, is_whole: bool) -> None:
    """Say what nobody needs, where no mistake may be the reason why nobody does."""
    broken = {path for path, file in workspace.files.items() if file.reporter.findings.has_errors}
    reached = {file.path for path in lowered.evals for file in workspace.reach(path)}
    # A vendor stands for itself: its file may wait for the first eval.
    waiting = {path for path, kind, _ in lowered.declared if kind == "vendor"}
    shown = reached | waiting
    judged = {
        path: (is_whole and not broken and path in shown) or (file.has_eval and path not in broken)
        for path, file in workspace.files.items()
    }
    codes = {"let": UNUSED_LET, "rubric": UNUSED_RUBRIC}
    for path, kind, name in lowered.declared:
        if kind in codes and (path, kind, name) not in lowered.used and judged[path]:
            span = lowered.declaration((path, kind, name)).name.span
            workspace.files[path].reporter.add(codes[kind], span, name=name)
    if is_whole and not broken:
        for path, file in workspace.files.items():
            if path not in shown:
                file.reporter.add(UNUSED_FILE, Span(0, 0), path=path)


def _places(page: _Page, block: BlockDecl, name: str) -> dict[str, Span]:
    """Where each id of a list stands, by the whole id, which may be written without what it shares with its page."""
    home = page.eval.vendor if block is page.own_block else page.eval.id
    field = next(member for member in block.body if isinstance(member, FieldDecl) and member.name.text == name)
    items = list_items(field, page.file.reporter)
    return {item.text if "/" in item.text else f"{home}/{item.text}": item.span for item in items}


def _place(file: SpecFile, span: Span) -> str:
    source = file.reporter.source
    return f"at {source.name}:{source.line_of(span.start)}"
