"""Specs from configurations of promptfoo."""

import posixpath
from collections.abc import Iterator, Sequence
from itertools import product

from evalc.analysis.loader import Loader
from evalc.importers._drafts import CaseDraft, EvalDraft, VendorDraft, names_for, one_line, short_title, write_draft
from evalc.importers._promptfoo_checks import checks_for, describe
from evalc.importers._promptfoo_files import PROGRAMS, ConfigFiles, section
from evalc.importers._promptfoo_prompts import PromptDraft, PromptReader, logic_in, turns_of
from evalc.importers._promptfoo_tests import TestDraft, TestReader
from evalc.importers.contract import Imported, Importer, ImportProblem

_SEVERITIES = ("critical", "high", "medium", "low")
_SHORT = 60
# What stands beside the tests and belongs in the policy, or is not needed.
_ELSEWHERE = {
    "providers": "who is asked stands in evalc.toml, as [targets.NAME]",
    "targets": "who is asked stands in evalc.toml, as [targets.NAME]",
    "redteam": "attacks that a program makes have no counterpart",
    "extensions": "hooks have no counterpart",
    "transform": "an answer is checked as it is",
}


class Promptfoo(Importer):
    """A `promptfooconfig.yaml`: each of its tests with each of its prompts is a case.

    Variables are filled in. An assertion becomes the check that asks for the same, and one that no check asks for, as
    a piece of JavaScript, becomes a comment in its case.
    """

    def read(self, path: str, loader: Loader, *, vendor: str) -> Imported:
        if path.endswith(PROGRAMS):
            raise ImportProblem(f"{path} is a program, which is not run here: write it out as YAML or JSON first")
        files = ConfigFiles(loader, posixpath.dirname(path))
        config = section(files.structured(posixpath.basename(path)))
        if "tests" not in config and "scenarios" not in config:
            raise ImportProblem(f"{path} has neither `tests` nor `scenarios`, so it is no configuration of promptfoo")
        prompts, tests = PromptReader(files), TestReader(files, config)
        pairs = list(product(prompts.read_all(config.get("prompts")), tests.read_all()))
        titles = [_title(prompt, test) for prompt, test in pairs]
        names = names_for(titles)
        cases = [_case(name, title, *pair) for name, title, pair in zip(names, titles, pairs, strict=True)]
        title = str(config.get("description") or posixpath.basename(posixpath.dirname(path)) or "Imported")
        draft = EvalDraft(vendor=VendorDraft(vendor), title=title, origin=posixpath.basename(path), cases=tuple(cases))
        remarks = [*(f"{key}: {hint}" for key, hint in _ELSEWHERE.items() if key in config)]
        remarks += [f"not imported: {remark}" for remark in (*prompts.remarks, *tests.remarks)]
        remarks += _losses(cases)
        return Imported(write_draft(draft), len(cases), tuple(dict.fromkeys(map(one_line, remarks))))


def _losses(cases: Sequence[CaseDraft]) -> Iterator[str]:
    """A sentence for each thing that was not imported, with the case that it is of, or the first of them."""
    found: dict[str, list[str]] = {}
    for case in cases:
        for sentence in case.lost:
            found.setdefault(sentence, []).append(case.name)
    for sentence, names in found.items():
        others = len(names) - 1
        where = f"{names[0]} and {others} other{'s' if others > 1 else ''}" if others else names[0]
        yield f"not imported, in case {where}: {sentence}"


def _title(prompt: PromptDraft, test: TestDraft) -> str:
    """The test's own description, or else what its longest short value says; the prompt's label where it has one."""
    values = sorted((one_line(value) for value in test.variables.values() if isinstance(value, str)), key=len)
    short = [value for value in values if 0 < len(value) <= _SHORT]
    title = one_line(test.description) or (short or values[:1] or ["Case"])[-1]
    return f"{short_title(title)} ({one_line(prompt.label)})" if prompt.label else short_title(title)


def _case(name: str, title: str, prompt: PromptDraft, test: TestDraft) -> CaseDraft:
    severity = str(test.metadata.get("severity", "")).lower()
    checks = [(assertion, checks_for(assertion)) for assertion in test.assertions]
    lost = [*_templates(prompt), *test.lost, *(describe(assertion) for assertion, found in checks if not found)]
    return CaseDraft(
        name=name,
        title=title,
        texts=turns_of(prompt, test.variables),
        checks=tuple(check for _, found in checks for check in found),
        lost=tuple(dict.fromkeys(lost)),
        severity=severity if severity in _SEVERITIES else "",
    )


def _templates(prompt: PromptDraft) -> Iterator[str]:
    for _, text in prompt.messages:
        if piece := logic_in(text):
            yield f"the template stays as written, since it does more than name a variable: {piece}"
