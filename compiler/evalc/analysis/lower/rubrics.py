"""Rubrics: a scale, criteria with anchors, and the rule by which a grade passes."""

import re

from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.codes.rubrics import (
    ANCHOR_OFF_SCALE,
    MISSING_ANCHOR,
    MISSING_RULE,
    NO_CRITERION,
    RESERVED_NAME,
    WRONG_SCALE,
)
from evalc.analysis.fingerprints import rubric_fingerprint
from evalc.analysis.lower.body import Body, read_body
from evalc.analysis.lower.context import Context
from evalc.analysis.lower.rules import lower_rules, rubric_ground
from evalc.analysis.values.wording import Wording
from evalc.model.catalog import Anchor, Criterion, Rubric, Scale
from evalc.model.rule import EveryMet, Rule
from evalc.syntax.tree import BlockDecl, FieldDecl

_SCALE = re.compile(r"([0-9]{1,3}) to ([0-9]{1,3})")
_MET = Scale(kind="met", low=0, high=1)
_RESERVED = frozenset({"mean", "no", "every", "breaks"})

# A judge that answers with the number of a step finds none on a finer scale than this.
_STEPS_AT_MOST = 100


def lower_rubric(block: BlockDecl, context: Context) -> Rubric | None:
    """The rubric that a block describes, or None where it has no scale, no criterion or no rule."""
    body = read_body(block, context.reporter)
    wording = context.wording()
    scale = _scale(body, context)
    criteria = _criteria(block, body, scale, context=context)
    rule = _rule(block, body, scale, criteria=criteria) if scale else None
    if scale is None or rule is None or not criteria:
        return None
    rubric = Rubric(
        name=block.name.text,
        title=context.title(block, wording).fill({}),
        about=context.fixed(body.one("about"), wording),
        scale=scale,
        criteria=criteria,
        rule=rule,
        shows_examples=body.choice("examples") == "show",
        is_judged_together=body.choice("judge") == "together",
        place=context.place(block.span),
        fingerprint="",
    )
    return rubric.model_copy(update={"fingerprint": rubric_fingerprint(rubric)})


def _scale(body: Body, context: Context) -> Scale | None:
    field = body.one("scale")
    if field is None:
        return None
    if field.value.text == "met":
        return _MET
    found = _SCALE.fullmatch(field.value.text)
    low, high = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 < high - low <= _STEPS_AT_MOST:
        context.reporter.add(WRONG_SCALE, field.value.span, text=field.value.text, near=_as_scale(field.value.text))
        return None
    return Scale(kind="score", low=low, high=high)


def _as_scale(text: str) -> str | None:
    """The scale that two numbers in other words are, or None."""
    numbers = [int(digits) for digits in re.findall(r"[0-9]{1,3}", text)]
    return f"{min(numbers)} to {max(numbers)}" if len(numbers) == 2 and min(numbers) < max(numbers) else None


def _criteria(block: BlockDecl, body: Body, scale: Scale | None, *, context: Context) -> tuple[Criterion, ...]:
    found: dict[str, Criterion] = {}
    for decl in body.blocks:
        if decl.keyword.text != "criterion":
            continue
        name = decl.name.text
        criterion = _criterion(decl, scale, context)
        if name in _RESERVED:
            context.reporter.add(RESERVED_NAME, decl.name.span, name=name)
        elif name in found:
            place = f"on line {found[name].place.line}"
            context.reporter.add(DUPLICATE_NAME, decl.name.span, kind="criterion", name=name, place=place)
        else:
            found[name] = criterion
    if not found:
        context.reporter.add(NO_CRITERION, block.name.span, name=block.name.text)
    return tuple(found.values())


def _criterion(decl: BlockDecl, scale: Scale | None, context: Context) -> Criterion:
    body = read_body(decl, context.reporter)
    wording = context.wording()
    return Criterion(
        name=decl.name.text,
        title=context.title(decl, wording).fill({}),
        about=context.fixed(body.one("about"), wording),
        weight=body.number("weight", low=0.001, high=1000) or 1.0,
        is_required=body.choice("required") == "yes",
        is_forbidden=body.choice("forbidden") == "yes",
        anchors=_anchors(decl, body, scale, context=context, wording=wording) if scale else (),
        place=context.place(decl.span),
    )


def _anchors(decl: BlockDecl, body: Body, scale: Scale, *, context: Context, wording: Wording) -> tuple[Anchor, ...]:
    """The anchors of a criterion from the best score to the worst; a scale of scores needs both ends."""
    found: dict[int, Anchor] = {}
    for name, (field, *_) in body.decls.items():
        score = _score_of(name, scale)
        if score is not None:
            found[score] = Anchor(score=score, text=context.fixed(field, wording))
        elif name.isdecimal() or name in ("met", "not-met"):
            _report_off_scale(field, scale, context)
    if scale.kind == "score":
        for end in (scale.high, scale.low):
            if end not in found:
                help = f"write `{end}:` and what such an answer looks like"
                context.reporter.add(MISSING_ANCHOR, decl.name.span, name=decl.name.text, score=end, help=help)
    return tuple(found[score] for score in sorted(found, reverse=True))


def _score_of(name: str, scale: Scale) -> int | None:
    """The score whose anchor a field is, or None."""
    if scale.kind == "met":
        return {"met": 1, "not-met": 0}.get(name)
    is_score = name.isdecimal() and len(name) < 4 and scale.low <= int(name) <= scale.high
    return int(name) if is_score else None


def _report_off_scale(field: FieldDecl, scale: Scale, context: Context) -> None:
    wanted = "`met` and `not-met`" if scale.kind == "met" else f"`{scale.low}` to `{scale.high}`"
    context.reporter.add(ANCHOR_OFF_SCALE, field.name.span, name=field.name.text, wanted=wanted)


def _rule(block: BlockDecl, body: Body, scale: Scale, *, criteria: tuple[Criterion, ...]) -> Rule | None:
    if not body.rules and scale.kind == "met":
        return Rule(conditions=(EveryMet(),), words="every criterion met")
    if not body.rules:
        cure = f"pass when mean >= {scale.high - 1} and no criterion below {(scale.low + scale.high) // 2}"
        body.reporter.add(MISSING_RULE, block.name.span, name=block.name.text, help=f"write, for example, `{cure}`")
        return None
    names = [criterion.name for criterion in criteria]
    return lower_rules(body.rules, rubric_ground(scale, names), reporter=body.reporter)
