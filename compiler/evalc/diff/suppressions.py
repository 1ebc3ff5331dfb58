"""Advice that is no longer given: `# allow RULE: reason` comments that came or went."""

from collections.abc import Iterator
from dataclasses import dataclass

from evalc.analysis.compilation import Compilation
from evalc.base.diagnostic import Findings
from evalc.base.family import member_names
from evalc.diff.draft import Draft, Spot
from evalc.diff.kinds.evals import SUPPRESSION_ADDED, SUPPRESSION_REMOVED
from evalc.diff.merge import merge
from evalc.lint._suppressions import read_suppressions
from evalc.model.change import Change, Subject
from evalc.model.stored import Place


@dataclass(frozen=True, slots=True)
class _Allowed:
    """One comment: the rule, what stands there, and where."""

    rule: str
    words: str
    place: Place
    subject: Subject

    @property
    def key(self) -> tuple[str, str]:
        return self.subject.id, self.words


def compare_suppressions(before: Compilation, after: Compilation) -> tuple[Change, ...]:
    """The comments on one side alone, wherever in their eval they stand."""
    return merge(_drafts([*_allowed(before)], [*_allowed(after)]))


def _drafts(before: list[_Allowed], after: list[_Allowed]) -> Iterator[Draft]:
    old: dict[tuple[str, str], list[_Allowed]] = {}
    for found in before:
        old.setdefault(found.key, []).append(found)
    for found in after:
        same = old.get(found.key)
        if same:
            same.pop(0)
        else:
            spot = Spot(found.subject, place_after=found.place)
            yield Draft(SUPPRESSION_ADDED, spot, after=found.words, values={"rule": found.rule})
    for gone in (left for same in old.values() for left in same):
        spot = Spot(gone.subject, place_before=gone.place)
        yield Draft(SUPPRESSION_REMOVED, spot, before=gone.words, values={"rule": gone.rule})


def _allowed(compilation: Compilation) -> Iterator[_Allowed]:
    evals = {eval_.place.path: eval_.id for eval_ in compilation.catalog.evals}
    rules = member_names("evalc.lint")
    for path in sorted(compilation.trees):
        source = compilation.sources[path]
        # The tree of a spec that was kept is parsed when it is asked for, and few specs have such a comment.
        if "allow" not in source.text:
            continue
        id_ = evals.get(source.name, "")
        subject = Subject(kind="eval" if id_ else "catalog", id=id_)
        for found in read_suppressions(compilation.trees[path], rules, findings=Findings()):
            words = source.text[found.comment.start : found.comment.end].lstrip("# ")
            yield _Allowed(
                found.rule, words, Place(path=source.name, line=source.line_of(found.comment.start)), subject
            )
