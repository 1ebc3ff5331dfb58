"""Workspaces of any size: specs like those of a public catalog, and logs of runs of them."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from evalc.api.catalogs import CatalogFolder, compile_catalog
from evalc.base.scrub import Scrubber
from evalc.model.catalog import Catalog
from evalc.model.exchange import Response
from evalc.model.plan import Plan, TargetCard, Trial
from evalc.model.result import CheckResult, TrialResult
from evalc.store.log import LogContext
from evalc.store.open import create_log

CASES = 9
_EVALS_A_VENDOR = 20
_CATEGORIES = (
    "Support Agent", "Coding Agent", "Search", "Extraction", "Voice Assistant", "Clinical", "Legal", "Data Analysis",
    "Moderation", "Translation", "Summaries", "Planning",
)  # fmt: skip
_METRICS = ("Accuracy", "Safety", "Brevity", "Tool Selection", "Groundedness", "Tone", "Refusal", "Recall")
_AGENTS = ("Support Chat", "Coding Agent", "Voice Bot", "Workflow", "Search Assistant")
_TAGS = tuple(f"topic-{number}" for number in range(40))
_SEVERITIES = ("critical", "high", "high", "medium", "low")
_WORDS = (
    "the order was late and box dented when it came customer asks for refund policy says thirty days from delivery "
    "photo attached please check status of account before you answer with care number plan basic premium warranty"
).split()


def write_workspace(folder: Path, *, evals: int, runs: int) -> Catalog:
    """The catalog of a new workspace with so many evals of nine cases, each of which was run so many times."""
    chance = Random(20261127)  # Text to read, and no secret.
    specs = folder / "specs"
    for number in range(evals):
        vendor = f"vendor-{number // _EVALS_A_VENDOR}"
        path = specs / vendor / f"eval-{number}.evalc"
        if number % _EVALS_A_VENDOR == 0:
            path.parent.mkdir(parents=True)
            (path.parent / "vendor.evalc").write_text(_vendor(vendor, chance), "utf-8")
        path.write_text(_spec(number, vendor, chance=chance), "utf-8")
    (folder / "evalc.toml").write_text("", "utf-8")
    catalog = compile_catalog(CatalogFolder(specs, "specs")).catalog
    assert len(catalog.evals) == evals, "a spec of the measure is wrong"
    for number in range(runs):
        _write_log(folder / "results", catalog, number=number, chance=chance)
    return catalog


def _vendor(name: str, chance: Random) -> str:
    return f"vendor {name}: {name.replace('-', ' ').title()}\n  product: Desk\n  about:\n    {_prose(chance, 20)}.\n"


def _spec(number: int, vendor: str, *, chance: Random) -> str:
    lines = [
        'use "vendor.evalc"',
        "",
        f"eval eval-{number}: {_prose(chance, 3).title()} {number}",
        f"  for: {vendor}",
        f"  category: {_CATEGORIES[number % len(_CATEGORIES)]}",
        f"  agent-type: {chance.choice(_AGENTS)}",
        f"  metrics: {', '.join(chance.sample(_METRICS, 2))}",
        f"  version: 1.{number % 7}.0",
        f"  status: {chance.choice(['draft', 'beta', 'stable'])}",
        "  about:",
        f"    {_prose(chance, 30)}.",
        f"  tags: {', '.join(chance.sample(_TAGS, 2))}",
        "  pass when critical = 100% and overall >= 80%",
    ]
    for case in range(CASES):
        lines += [
            "",
            f"case case-{case}: {_prose(chance, 5)} {case}",
            f"  severity: {_SEVERITIES[case % len(_SEVERITIES)]}",
            "  input:",
            f"    {_prose(chance, 45)}?",
            "  expect:",
            f"    {_prose(chance, 25)}.",
            '  must contain "order" as names-it',
            "  should have words <= 80 as is-brief",
            "  good:",
            f"    The order is fine, {_prose(chance, 12)}.",
            "  bad (breaks names-it):",
            "    I cannot tell.",
        ]
    return "\n".join(lines) + "\n"


def _write_log(results: Path, catalog: Catalog, *, number: int, chance: Random) -> None:
    card = TargetCard(name="candidate", type="openai", model="model-1", fingerprint="f0")
    trials = tuple(
        Trial(id=f"candidate:{case.id}@1", case_id=case.id, target="candidate", repeat=1)
        for eval_ in catalog.evals
        for case in eval_.cases
    )
    plan = Plan(vendors=catalog.vendors, evals=catalog.evals, targets=(card,), judge=None, trials=trials)
    at = datetime(2026, 1 + number % 12, 10, 8, tzinfo=UTC)
    with create_log(results, plan, context=LogContext(Scrubber({}), utc=lambda: at)) as log:
        for result in _results(trials, chance=chance):
            log.write(result)
        asyncio.run(log.sync())
        log.finish("complete")


def _results(trials: tuple[Trial, ...], *, chance: Random) -> Iterator[TrialResult]:
    for trial in trials:
        passed = chance.random() < 0.9
        text = f"The order is fine, {_prose(chance, 40)}." if passed else f"I cannot tell, {_prose(chance, 40)}."
        reason = 'contains "order"' if passed else 'does not contain "order"'
        yield TrialResult(
            trial=trial,
            outcome="passed" if passed else "failed",
            responses=(Response(text=text, finish_reason="stop", latency_s=0.4, input_tokens=80, output_tokens=50),),
            checks=(
                CheckResult(check="names-it", level="must", outcome="passed" if passed else "failed", reason=reason),
                CheckResult(check="is-brief", level="should", outcome="passed", reason="has 44 words"),
            ),
            attempts=1,
        )


def _prose(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))
