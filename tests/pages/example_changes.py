"""What commits did to the specs of the library made by hand."""

from evalc.model.change import Acceptance, Change, ReachedCase, Subject
from evalc.model.flip import Commit, Release, SpecChange
from tests.pages.example_cases import DEPLOYMENTS


def spec_changes() -> tuple[SpecChange, ...]:
    """Two commits, of which the older one reached two evals."""
    rollback = f"{DEPLOYMENTS}/rollback-keeps-evidence"
    return (
        SpecChange(
            commit=Commit(id="4f1c0ffee" * 4 + "abcd", day="2026-11-12", author="Ann", subject="A looser limit"),
            changes=(
                Change(
                    kind="check-loosened",
                    direction="weakened",
                    subject=Subject(kind="check", id=f"{rollback}#is-short"),
                    sentence="`should have words <= 180` is now `should have words <= 220`",
                    before="should have words <= 180",
                    after="should have words <= 220",
                    reaches=(ReachedCase(case_id=rollback, severity="critical"),),
                    acceptance=Acceptance(by="ann", reason="the old limit cut off the warning"),
                ),
                Change(
                    kind="version-changed",
                    direction="neutral",
                    subject=Subject(kind="eval", id=DEPLOYMENTS),
                    sentence="`version` changed",
                    before="1.3.0",
                    after="1.4.0",
                ),
            ),
        ),
        SpecChange(
            commit=Commit(id="5eed" * 10, day="2026-09-30", author="Ann", subject="One rubric for both"),
            changes=(
                Change(
                    kind="criterion-added",
                    direction="strengthened",
                    subject=Subject(kind="criterion", id="operator-guidance/safety"),
                    sentence="the criterion `safety` is new",
                    reaches=(
                        ReachedCase(case_id="harborline/environments/rollback-keeps-evidence", severity="critical"),
                        ReachedCase(case_id="harborline/billing/only", severity="high"),
                    ),
                ),
            ),
        ),
    )


def releases() -> tuple[Release, ...]:
    """Two releases, of which the newer one has a name that is no name of a folder."""
    newer, older = spec_changes()
    return (
        Release(name="evals/2026 autumn", day="2026-11-15", since="v1.3.0", changes=newer.changes),
        Release(name="v1.3.0", day="2026-10-01", since="v1.2.0", changes=older.changes),
    )
