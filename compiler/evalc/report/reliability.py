"""What repeats say of a case: whether it passes at all, and whether it always does."""

from collections.abc import Iterator, Sequence

from evalc.model.report import CaseReport, Reliability
from evalc.report.statistics.repeats import pass_all, pass_any


def reliability_of(cases: Sequence[CaseReport]) -> Iterator[Reliability]:
    """The rates over 1, 2 and more repeats, as far as some case has so many; nothing where none was repeated."""
    counts = [(case.passes, case.decided) for case in cases]
    most = max((decided for _, decided in counts), default=0)
    for repeats in range(1, most + 1) if most > 1 else ():
        enough = [(passes, decided) for passes, decided in counts if decided >= repeats]
        yield Reliability(
            repeats=repeats,
            cases=len(enough),
            any_passes=sum(pass_any(*count, of=repeats) for count in enough) / len(enough),
            all_pass=sum(pass_all(*count, of=repeats) for count in enough) / len(enough),
        )
