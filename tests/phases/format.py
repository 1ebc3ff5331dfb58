"""Texts in their canonical layout, or what keeps them from it."""

from collections.abc import Mapping
from pathlib import Path

from evalc.base.render import render_text
from evalc.base.source import Source
from evalc.syntax.format import format_source

MAKES = ("formatted", "diagnostics")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """`input.evalc` formatted; formatting that again changes nothing."""
    text, findings = format_source(Source("input.evalc", sections["input.evalc"]))
    if findings.items:
        return {"diagnostics": render_text(findings, colour=False)}
    again, _ = format_source(Source("input.evalc", text))

    assert text == again
    return {"formatted": text}
