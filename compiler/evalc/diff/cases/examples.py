"""The answers whose verdict is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evalc.base.digest import canonical_json
from evalc.diff.draft import CasePair, Draft, Spot
from evalc.diff.kinds.cases import (
    EXAMPLE_ADDED,
    EXAMPLE_CHANGED,
    EXAMPLE_PROVES_LESS,
    EXAMPLE_PROVES_MORE,
    EXAMPLE_REFLOWED,
    EXAMPLE_RELABELLED,
    EXAMPLE_REMOVED,
)
from evalc.diff.kinds.kind import Kind
from evalc.diff.prose.meaning import changed_pieces
from evalc.diff.prose.words import compare_words
from evalc.model.catalog import Example
from evalc.model.change import Subject


def compare_examples(pair: CasePair, present_names: Mapping[str, str]) -> Iterator[Draft]:
    """What became of the examples: paired by their text, then by their label in order.

    Args:
        present_names: The checks that are still there, from the name before to the one after.
    """
    gone, new = [*pair.before.examples], [*pair.after.examples]
    for before, after in _pairs(gone, new):
        yield from _compare(pair, before, after, present_names=present_names)
    for example in gone:
        yield _one_sided(EXAMPLE_REMOVED, pair, example)
    for example in new:
        yield _one_sided(EXAMPLE_ADDED, pair, example)


def _pairs(gone: list[Example], new: list[Example]) -> list[tuple[Example, Example]]:
    """The pairs, which are taken out of both lists."""
    pairs: list[tuple[Example, Example]] = []
    for key in (_exact, _text, _label):
        holders: dict[str, list[Example]] = {}
        for example in new:
            holders.setdefault(key(example), []).append(example)
        for example in [*gone]:
            same = holders.get(key(example))
            if same:
                pairs.append((example, same[0]))
                gone.remove(example)
                new.remove(same.pop(0))
    return pairs


def _exact(example: Example) -> str:
    return f"{_label(example)}\n{example.text}"


def _text(example: Example) -> str:
    return " ".join(example.text.split())


def _label(example: Example) -> str:
    """The line above the text, without its colon."""
    scores = [f"{name} {score:g}" for name, score in sorted(example.scores.items())]
    said = [f"breaks {', '.join(sorted(example.breaks))}"] if example.breaks else []
    said += [", ".join(scores)] if scores else []
    said += [f"calls {call.name} {canonical_json(call.arguments)}" for call in example.calls]
    return f"{example.label} ({', '.join(said)})" if said else example.label


def _compare(pair: CasePair, before: Example, after: Example, *, present_names: Mapping[str, str]) -> Iterator[Draft]:
    spot = _spot(pair, before, after)
    if before.text != after.text:
        is_reflow = _text(before) == _text(after)
        pieces = () if is_reflow else compare_words(before.text, after.text).pieces
        kind = EXAMPLE_REFLOWED if is_reflow else EXAMPLE_CHANGED
        cause = (before.place, after.place, changed_pieces(pieces))
        yield Draft(kind, spot, values=_words(after), pieces=pieces, cause=cause)
    kept = {present_names[name] for name in before.breaks if name in present_names}
    broken = set(after.breaks)
    labels = [(one.label, one.scores, one.calls) for one in (before, after)]
    if labels[0] != labels[1] or (kept - broken and broken - kept):
        yield _relabelled(EXAMPLE_RELABELLED, spot, before, after=after)
    elif kept - broken:
        yield _relabelled(EXAMPLE_PROVES_LESS, spot, before, after=after, names=sorted(kept - broken))
    elif broken - kept:
        yield _relabelled(EXAMPLE_PROVES_MORE, spot, before, after=after, names=sorted(broken - kept))


def _relabelled(kind: Kind, spot: Spot, before: Example, *, after: Example, names: Sequence[str] = ()) -> Draft:
    words = _label(before), _label(after)
    values = _words(after) | {"names": ", ".join(f"`{name}`" for name in names)}
    return Draft(kind, spot, before=words[0], after=words[1], values=values, cause=(before.place, after.place, *words))


def _one_sided(kind: Kind, pair: CasePair, example: Example) -> Draft:
    spot = _spot(pair, example, None) if kind is EXAMPLE_REMOVED else _spot(pair, None, example)
    words = _label(example)
    is_gone = kind is EXAMPLE_REMOVED
    return Draft(
        kind,
        spot,
        before=words if is_gone else "",
        after="" if is_gone else words,
        values=_words(example),
        cause=(example.place, words, _text(example)[:80]),
    )


def _spot(pair: CasePair, before: Example | None, after: Example | None) -> Spot:
    return replace(
        pair.spot,
        subject=Subject(kind="example", id=pair.after.id),
        place_before=before.place if before else None,
        place_after=after.place if after else None,
    )


def _words(example: Example) -> dict[str, str]:
    return {"label": example.label}
