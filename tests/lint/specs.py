"""Parts of specs with what they need to stand alone."""

import re
from collections.abc import Mapping

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.lint._linting import lint
from evalc.model.settings import LintLevel

VENDOR = "vendor acme: Acme\n"
EVAL = "eval example: Example\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
CASE = 'case example: Example\n  severity: low\n  input: Hello!\n  must contain "day"\n'


def with_surroundings(files: Mapping[str, str]) -> dict[str, str]:
    """The files, with a vendor, an eval and a case below the first one where they lack them.

    What is added stands below, so that lines keep their numbers. Rubrics that no case names grade all cases.
    """
    main = next(iter(files))
    everything = "\n".join(files.values())
    added = []
    if not re.search(r"^eval ", everything, re.MULTILINE):
        rubrics = [] if "  rubric: " in everything else re.findall(r"^rubric ([\w-]+)", files[main], re.MULTILINE)
        added.append(EVAL + (f"  rubric: {', '.join(rubrics)}\n" if rubrics else ""))
    if not re.search(r"^case ", everything, re.MULTILINE):
        added.append(CASE)
    if not re.search(r"^vendor ", everything, re.MULTILINE):
        added.append(VENDOR)
    return {**files, main: "\n".join([files[main], *added])}


def compiled(part: str) -> Compilation:
    """What a part of a spec means."""
    return compile_loaded(MemoryLoader(with_surroundings({"part.evalc": part})))


def found_in(part: str, levels: Mapping[str, LintLevel] | None = None) -> list[str]:
    """The names of what the linter finds in a part of a spec."""
    compilation = compiled(part)
    assert not compilation.findings, [finding.message for finding in compilation.findings]
    return [finding.code.name for finding in lint(compilation, levels or {})]
