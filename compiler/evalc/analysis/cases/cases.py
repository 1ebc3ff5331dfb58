"""Cases: one for each block, or one for each of its rows."""

from collections.abc import Mapping, Sequence

from evalc.analysis.cases.checks import fill_checks
from evalc.analysis.cases.clauses import ClauseReader
from evalc.analysis.cases.drafts import CaseDraft, Defaults, draft_case
from evalc.analysis.cases.rows import has_rows, read_rows, warn_of_slots_in_cells, warn_of_unused_columns
from evalc.analysis.codes.cases import EMPTY_TURN
from evalc.analysis.fingerprints import case_fingerprint
from evalc.analysis.lower.body import read_body
from evalc.analysis.values.rows import Row, in_row
from evalc.model.catalog import Case, Reply, Turn
from evalc.syntax.tree import BlockDecl


def lower_case(block: BlockDecl, defaults: Defaults, *, reader: ClauseReader) -> tuple[Case, ...]:
    """The cases that a block describes, in the order of their rows."""
    context = reader.context
    body = read_body(block, context.reporter)
    rows = read_rows(body, context)
    wording = context.wording([column.name for column in rows.columns] if rows else [])
    # Where the rows are broken their columns are not known, and each slot would be called a slip.
    wording.is_certain = rows is not None or not has_rows(body)
    draft = draft_case(block, body, defaults=defaults, reader=reader, wording=wording)
    if rows:
        warn_of_slots_in_cells(rows, wording)
        warn_of_unused_columns(rows, wording)
    filled: Sequence[Row | None] = rows.rows if rows else [None]
    return tuple([_fill(draft, row, reader) for row in filled]) if _fits(draft, filled, reader) else ()


def _fits(draft: CaseDraft, rows: Sequence[Row | None], reader: ClauseReader) -> bool:
    """Whether there is room for the cases of all rows; asked before the first of them is made."""
    allowance = reader.context.allowance
    sizes = draft.sizes([row.cells if row else {} for row in rows])
    return all(allowance.take(size, lambda: draft.block.name.span) for size in sizes)


def _fill(draft: CaseDraft, row: Row | None, reader: ClauseReader) -> Case:
    """The case for one row, or without any."""
    context = reader.context
    cells: Mapping[str, str] = row.cells if row else {}
    suffix = f"/{row.name}" if row else ""
    id_ = draft.owner + suffix
    case = Case(
        id=id_,
        name=draft.block.name.text + suffix,
        cluster=draft.owner,
        title=draft.title.fill(cells),
        severity=draft.severity,
        tags=draft.tags,
        is_negative_control=draft.is_negative_control,
        source=draft.source.fill(cells),
        formerly=tuple([before + suffix for before in draft.formerly]),
        turns=_turns(draft, cells, reader),
        tools=draft.tools.tools,
        expect=draft.expect.fill(cells),
        checks=fill_checks(draft.checks, cells, owner=f"{id_}#", reader=reader),
        replies=_replies(draft, cells, id_, reader=reader),
        examples=tuple([example.fill(cells) for example in draft.examples]),
        repeat=draft.repeat,
        rule=draft.rule,
        place=context.place(draft.block.span),
        fingerprint="",
    )
    fingerprint = case_fingerprint(case, shows_examples=draft.shows_examples)
    return case.model_copy(update={"fingerprint": fingerprint})


def _turns(draft: CaseDraft, cells: Mapping[str, str], reader: ClauseReader) -> tuple[Turn, ...]:
    turns = draft.conversation.fill(cells)
    for turn, decl in zip(turns, draft.conversation.turns, strict=True):
        # Without columns an empty turn is an empty field, which is reported as such.
        if not decl.text.is_fixed and not turn.text.strip():
            reader.context.reporter.add(EMPTY_TURN, decl.span, role=turn.role, help=in_row(cells))
    return turns


def _replies(draft: CaseDraft, cells: Mapping[str, str], id_: str, *, reader: ClauseReader) -> tuple[Reply, ...]:
    return tuple(
        [
            Reply(
                name=reply.name,
                turn=reply.turn,
                checks=fill_checks(drafts, cells, owner=f"{id_}#{reply.name}/", reader=reader),
            )
            for reply, drafts in draft.replies
        ]
    )
