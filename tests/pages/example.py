"""A library made by hand: what pages show, in every variant that they know."""

from collections.abc import Sequence

from evalc.model.catalog import (
    Case,
    Catalog,
    Check,
    Eval,
    Retired,
    Turn,
    Vendor,
)
from evalc.model.report import Report
from evalc.model.rule import Comparison, Rule
from evalc.model.stored import Place
from evalc.pages._faces import picture_address
from evalc.pages.contract import Library
from tests.pages.example_cases import DEPLOYMENTS, checklist, deployment_cases, guidance, make_check
from tests.pages.example_changes import releases, spec_changes
from tests.pages.example_proven import measured_lines, proofs
from tests.pages.example_results import deployment_reports, other_reports

_OVERALL = Rule(
    conditions=(
        Comparison(subject="critical", operator="=", bound=1.0, unit="share"),
        Comparison(subject="overall", operator=">=", bound=0.8, unit="share"),
    ),
    words="critical = 100% and overall >= 80%",
)

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    b'<circle cx="12" cy="12" r="10" fill="#d9480f"/><path d="M7 13h10" stroke="#fff" stroke-width="3"/></svg>'
)


def example_library(*, address: str = "https://evals.example.org/") -> Library:
    """Three vendors and four evals; the first eval has all there is, the last was never run."""
    evals = (deployments(), _claims_eval(), _plain_eval(), _unrun_eval())
    catalog = Catalog(vendors=(harborline(), _lumen(), _quill()), evals=evals)
    return Library(
        catalog=catalog,
        report=Report(evals=(*deployment_reports(evals[0]), *other_reports(evals))),
        address=address,
        repository="https://code.example.org/acme/evals/blob/main",
        editing="https://code.example.org/acme/evals/edit/main",
        logos={"lumen": picture_address("logo.svg", LOGO)},
        changes=spec_changes(),
        releases=releases(),
        past="whole",
        measured=measured_lines(evals[0]),
        proofs=proofs(evals),
    )


def catalog_of(library: Library) -> Catalog:
    """The catalog of a library made by hand, which is whole."""
    assert isinstance(library.catalog, Catalog)
    return library.catalog


def report_of(library: Library) -> Report:
    """The report of a library made by hand, which is whole."""
    assert isinstance(library.report, Report)
    return library.report


def harborline() -> Vendor:
    """A vendor with every fact."""
    return Vendor(
        name="harborline",
        title="Harborline",
        product="Harborline Serve",
        segment="AI model serving",
        industry="Model serving",
        employees="about 100",
        headquarters="Utrecht, NL",
        website="harborline.example",
        about=(
            "Harborline serves models for teams that train their own. It scales replicas with the traffic and keeps "
            "development, staging and production apart."
        ),
        place=Place(path="specs/harborline/vendor.evalc", line=1),
    )


def deployments() -> Eval:
    """An eval with every kind of case, check and fact."""
    return Eval(
        id=DEPLOYMENTS,
        name="deployments",
        title="Deployments & Environments",
        vendor="harborline",
        category="AI Platform",
        agent_type="Support Bot",
        metrics=("Tool Selection", "Task Completion", "Answer Relevance"),
        version="1.4.0",
        status="beta",
        owner="serving-quality",
        license="Apache-2.0",
        description="Nine scenarios on promoting, rolling back and isolating deployments of models.",
        about="Whether an assistant helps operators to release without losing traffic or evidence.",
        source="operators' handbook and incident reviews of 2026",
        use_cases=("Promote a validated build to production", "Recover from a bad release"),
        recommended_for=("Platform engineers", "Support assistants"),
        works_with=("OpenAI-compatible endpoints", "Recorded answers"),
        related=("billing", "lumen/triage"),
        tags=("operations",),
        formerly=("harborline/environments",),
        cases=deployment_cases(),
        rubrics=(guidance(), checklist()),
        retired=(
            Retired(
                id=f"{DEPLOYMENTS}/manual-scaling",
                reason="Replicas can no longer be set by hand.",
                place=Place(path="specs/harborline/deployments.evalc", line=210),
            ),
        ),
        rule=_OVERALL,
        place=Place(path="specs/harborline/deployments.evalc", line=3),
        fingerprint="5b1946ac92492aa0",
    )


def _lumen() -> Vendor:
    return Vendor(
        name="lumen",
        title="Lumen Health",
        product="Triage Desk",
        about="Lumen Health answers patients' messages and passes on what a nurse must see.",
        place=Place(path="specs/lumen/vendor.evalc", line=1),
    )


def _quill() -> Vendor:
    return Vendor(name="quill", title="Quill", place=Place(path="specs/quill/vendor.evalc", line=1))


def _small_eval(id_: str, title: str, category: str, checks: Sequence[Check]) -> Eval:
    vendor, name = id_.split("/")
    place = Place(path=f"specs/{id_}.evalc", line=1)
    case = Case(
        id=f"{id_}/only",
        name="only",
        cluster=f"{id_}/only",
        title="Chest pain since this morning",
        severity="high",
        turns=(Turn(role="user", text="I have had chest pain since this morning. Can I wait until Monday?"),),
        expect="Says that this cannot wait and names the emergency number.",
        checks=tuple(checks),
        place=place,
        fingerprint="1" * 16,
    )
    return Eval(
        id=id_,
        name=name,
        title=title,
        vendor=vendor,
        category=category,
        version="0.1.0",
        cases=(case,),
        place=place,
        fingerprint="2" * 16,
    )


def _claims_eval() -> Eval:
    claim = make_check(
        "lumen/triage/only",
        "sends-to-help",
        'satisfy "Sends the patient to emergency care"',
        verb="satisfy",
        arguments={"claim": "Sends the patient to emergency care"},
        is_judged=True,
    )
    return _small_eval("lumen/triage", "Triage of patients' messages", "Medical & Clinical AI", [claim])


def _plain_eval() -> Eval:
    check = make_check("harborline/billing/only", "names-number", 'contain "112"')
    return _small_eval("harborline/billing", "Billing and metering", "Support Agent", [check])


def _unrun_eval() -> Eval:
    check = make_check("quill/citations/only", "cites", "match /\\[\\d+\\]/", verb="match")
    return _small_eval("quill/citations", "Citations that exist", "Legal AI", [check])
