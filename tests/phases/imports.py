"""Files of other tools: the spec that is made of one, what is said to have no counterpart, and what the spec lacks."""

from collections.abc import Mapping
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.family import find_member
from evalc.base.reading import ReadProblem
from evalc.base.render import render_text
from evalc.base.source import Source
from evalc.importers.contract import Importer, ImportProblem
from evalc.syntax.format import format_source

MAKES = ("problem", "imported", "remarks", "diagnostics")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What `evalc import` makes of the words in `command`: a format and the path of another section."""
    word, path, *vendor = sections["command"].split()
    found = find_member("evalc.importers", word, Importer)
    assert found, word
    try:
        imported = found().read(path, MemoryLoader(sections), vendor=vendor[0] if vendor else "imported")
    except (ImportProblem, ReadProblem) as problem:
        return {"problem": f"{problem}\n"}

    assert imported.text == format_source(Source("imported.evalc", imported.text))[0]
    findings = compile_loaded(MemoryLoader({"imported.evalc": imported.text})).findings
    made = {"imported": imported.text, "remarks": "".join(f"{remark}\n" for remark in imported.remarks)}
    return made | ({"diagnostics": render_text(findings, colour=False)} if findings else {})
