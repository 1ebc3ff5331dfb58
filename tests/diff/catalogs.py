"""A catalog in which everything that a spec can say is said, to change one thing at a time."""

from collections.abc import Iterator

from evalc.analysis.fingerprints import case_fingerprint, check_fingerprint, eval_fingerprint, rubric_fingerprint
from evalc.model.catalog import (
    Anchor,
    Case,
    Catalog,
    Check,
    Criterion,
    Eval,
    Example,
    Reply,
    Retired,
    Rubric,
    Scale,
    Tool,
    ToolReply,
    Turn,
    Vendor,
)
from evalc.model.rule import Comparison, Floor, Rule
from evalc.model.stored import Place, Stored

Path = tuple[str | int, ...]


def place(line: int) -> Place:
    """A line of the one spec."""
    return Place(path="shop/desk.evalc", line=line)


def make_check(name: str, verb: str, *, line: int, words: str, **arguments: object) -> Check:
    """A `must` of the case `shop/desk/refund`."""
    return Check.model_validate(
        {
            "id": f"shop/desk/refund#{name}",
            "name": name,
            "level": "must",
            "is_negated": False,
            "verb": verb,
            "arguments": arguments,
            "words": words,
            "is_judged": verb == "satisfy",
            "place": place(line),
            "fingerprint": "",
        }
    )


def make_catalog() -> Catalog:
    """One vendor, one eval, one case, with every field filled."""
    return with_fingerprints(Catalog(vendors=(_vendor(),), evals=(_eval(),)))


def with_fingerprints(catalog: Catalog) -> Catalog:
    """The catalog with the fingerprints that a compilation gives it."""
    return catalog.model_copy(update={"evals": tuple(map(_fingerprinted, catalog.evals))})


def replaced(value: Stored, path: Path, new: object) -> Stored:
    """The value with another one at a path of names of fields and positions."""
    name, *rest = path
    assert isinstance(name, str)
    old = getattr(value, name)
    return value.model_copy(update={name: _replaced_in(old, tuple(rest), new)})


def fields_of(value: Stored, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Each field of a value and of all values in it, with its path."""
    for name in type(value).model_fields:
        here = (*path, name)
        found = getattr(value, name)
        yield here, found
        if isinstance(found, Stored):
            yield from fields_of(found, here)
        if isinstance(found, tuple):
            for position, item in enumerate(found):
                if isinstance(item, Stored):
                    yield from fields_of(item, (*here, position))


def _replaced_in(old: object, path: Path, new: object) -> object:
    if not path:
        return new
    if isinstance(old, tuple):
        position, *rest = path
        assert isinstance(position, int)
        item = _replaced_in(old[position], tuple(rest), new)
        return (*old[:position], item, *old[position + 1 :])
    assert isinstance(old, Stored)
    return replaced(old, path, new)


def _vendor() -> Vendor:
    return Vendor(
        name="shop",
        title="Shop",
        product="Lamps",
        segment="Retail",
        industry="Trade",
        employees="10",
        headquarters="Bremen",
        website="https://shop.example",
        logo="shop/logo.svg",
        about="Sells lamps.",
        place=place(1),
    )


def _eval() -> Eval:
    return Eval(
        id="shop/desk",
        name="desk",
        title="Desk",
        vendor="shop",
        category="Support",
        agent_type="Bot",
        metrics=("Tone",),
        version="1.0.0",
        status="beta",
        owner="desk",
        license="MIT",
        description="A desk.",
        about="How a desk answers.",
        source="made up",
        use_cases=("Answer",),
        recommended_for=("desks",),
        works_with=("anything",),
        related=("shop/other",),
        tags=("desk",),
        formerly=("counter",),
        cases=(_case(),),
        rubrics=(_rubric(),),
        retired=(Retired(id="old", reason="no longer sold", place=place(90)),),
        rule=Rule(conditions=(Comparison(subject="overall", operator=">=", bound=0.8, unit="share"),), words="x"),
        place=place(2),
        fingerprint="",
    )


def _rubric() -> Rubric:
    criteria = tuple(
        Criterion(
            name=name,
            title=f"The reply shows {name}",
            about=f"Only {name} counts.",
            weight=2.0,
            anchors=(Anchor(score=5, text=f"Much {name}."), Anchor(score=1, text=f"No {name}.")),
            place=place(20 + number),
        )
        for number, name in enumerate(("warmth", "care"))
    )
    conditions = (Comparison(subject="mean", operator=">=", bound=4, unit="score"), Floor(bound=2))
    return Rubric(
        name="tone",
        title="Tone of the reply",
        about="Judge the reply alone.",
        scale=Scale(kind="score", low=1, high=5),
        criteria=criteria,
        rule=Rule(conditions=conditions, words="mean >= 4 and no criterion below 2"),
        place=place(19),
        fingerprint="",
    )


def _case() -> Case:
    first = Reply(
        name="first", turn=1, checks=(make_check("asks", "contain", line=40, words='contain "why"', texts=["why"]),)
    )
    return Case(
        id="shop/desk/refund",
        name="refund",
        cluster="shop/desk/refund",
        title="A broken lamp",
        severity="high",
        tags=("refund",),
        is_negative_control=False,
        source="a letter",
        formerly=("money-back",),
        turns=(
            Turn(role="system", text="You sell lamps."),
            Turn(role="user", text="My lamp is broken."),
            Turn(role="user", text="May I have my money back?"),
        ),
        tools=(
            Tool(
                name="pay",
                description="Pays money back.",
                parameters={"type": "object"},
                replies=(ToolReply(arguments={"sum": 3}, content="paid"),),
            ),
        ),
        expect="The desk pays 38 EUR back.",
        checks=(
            make_check("paid", "contain", line=41, words='contain "38"', texts=["38"]),
            make_check("tone", "satisfy", line=42, words="satisfy tone", rubric="tone"),
        ),
        replies=(first,),
        examples=(
            Example(label="good", scores={"warmth": 5.0}, text="Here are 38 EUR.", place=place(50)),
            Example(label="bad", breaks=("paid",), text="No.", place=place(52)),
        ),
        repeat=3,
        rule=Rule(
            conditions=(Comparison(subject="passes", operator=">=", bound=2, unit="count"),), words="passes >= 2"
        ),
        place=place(30),
        fingerprint="",
    )


def _fingerprinted(eval_: Eval) -> Eval:
    rubrics = tuple(rubric.model_copy(update={"fingerprint": rubric_fingerprint(rubric)}) for rubric in eval_.rubrics)
    told = {rubric.name: rubric.fingerprint for rubric in rubrics}
    cases = tuple(_fingerprinted_case(case, told) for case in eval_.cases)
    done = eval_.model_copy(update={"rubrics": rubrics, "cases": cases})
    return done.model_copy(update={"fingerprint": eval_fingerprint(done)})


def _fingerprinted_case(case: Case, told: dict[str, str]) -> Case:
    def checks(found: tuple[Check, ...]) -> tuple[Check, ...]:
        return tuple(check.model_copy(update={"fingerprint": _check_fingerprint(check, told)}) for check in found)

    replies = tuple(reply.model_copy(update={"checks": checks(reply.checks)}) for reply in case.replies)
    done = case.model_copy(update={"checks": checks(case.checks), "replies": replies})
    return done.model_copy(update={"fingerprint": case_fingerprint(done, shows_examples=False)})


def _check_fingerprint(check: Check, told: dict[str, str]) -> str:
    judged_by = [told.get(str(check.arguments.get("rubric")), "")] if check.is_judged else []
    return check_fingerprint(
        check.verb, check.arguments, level=check.level, is_negated=check.is_negated, judged_by=judged_by
    )
