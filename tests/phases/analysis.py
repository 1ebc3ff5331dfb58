"""Small catalogs: what is wrong with them, and what they mean where nothing is."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import JsonValue

from evalc.analysis.compilation import compile_sources
from evalc.base.render import render_text
from evalc.model.catalog import Catalog
from tests.text_cases import write_files

MAKES = ("diagnostics", "catalog")

VENDOR = "vendor acme: Acme\n"
EVAL = "eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"

# These repeat what the rest shows, or follow from all of it.
_LEFT_OUT = frozenset({"cluster", "fingerprint", "place"})


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What is found in the files of a catalog, each a section of its path, and else what they mean.

    A section `cases.evalc` gets an eval and its vendor, so that a case need not bring its own. A section `PATH x3` is
    its body three times over, with the number of each in place of `@`.
    """
    files: dict[str, str] = {}
    for name, body in sections.items():
        path, _, times = name.partition(" x")
        files[path] = "".join(body.replace("@", str(number)) for number in range(int(times))) if times else body
        if path == "cases.evalc":
            files[path] = with_eval(body)
    write_files(files, folder)
    compilation = compile_sources(folder)
    if compilation.findings:
        return {"diagnostics": render_text(compilation.findings, colour=False)}
    return {"catalog": show(compilation.catalog)}


def with_eval(text: str) -> str:
    """Cases with the vendor and the eval that they need, below them so that their lines keep their numbers."""
    return f"{text}\n{VENDOR}\n{EVAL}"


def show(catalog: Catalog) -> str:
    """What a catalog says, without what is empty or no, an item a line."""
    return "".join(_lines(catalog.model_dump(mode="json"), ""))


def _lines(value: "dict[str, JsonValue] | list[JsonValue]", indent: str) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else [("-", item) for item in value]
    for name, item in items:
        if name in _LEFT_OUT or item in ("", None, [], {}) or item is False:
            continue
        if isinstance(item, dict | list) and not _is_short(item):
            yield f"{indent}{name}\n"
            yield from _lines(item, f"{indent}  ")
        else:
            yield f"{indent}{name} {_short(item)}\n"


def _is_short(value: "dict[str, JsonValue] | list[JsonValue]") -> bool:
    items = value.values() if isinstance(value, dict) else value
    return all(not isinstance(item, dict | list) for item in items) and len(_short(value)) < 100


def _short(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
