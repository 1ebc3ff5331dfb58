"""Catalogs in memory: what the rules of the linter find in them."""

import json
from collections.abc import Mapping
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_text
from evalc.lint._linting import lint
from tests.lint.specs import with_surroundings

MAKES = ("findings",)


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What is found in the files of a catalog, each a section of its path; `levels` is JSON, a level a rule.

    Below the files that lack them stand the vendor and the eval that they need.
    """
    levels = json.loads(sections.get("levels", "{}"))
    files = {path: body for path, body in sections.items() if path != "levels"}
    compilation = compile_loaded(MemoryLoader(with_surroundings(files)))
    assert not compilation.findings.has_errors, render_text(compilation.findings, colour=False)
    return {"findings": render_text(lint(compilation, levels), colour=False)}
