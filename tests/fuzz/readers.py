"""What reads the bytes of strangers, each as one function that must neither raise nor lose anything."""

from collections.abc import Callable

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_text
from evalc.base.source import Source
from evalc.syntax.format import format_tree
from evalc.syntax.parser import parse

_SPEC = """\
vendor v: V
eval e: E
  for: v
  category: Search
  version: 1.0.0
case c: C
  severity: low
  each: file "rows.{suffix}"
  input: {{{{question}}}}
  must contain "a"
"""


def read_spec(content: bytes) -> None:
    """Parse, and tell what is wrong; a spec without mistakes is formatted, and means and looks the same after it."""
    source = Source("fuzz.evalc", _text(content))
    tree, findings = parse(source)
    render_text(findings, colour=False)
    if findings.has_errors:
        return
    formatted = format_tree(tree)
    again, mistakes = parse(Source("fuzz.evalc", formatted))

    assert not mistakes.has_errors, "what the formatter writes can be read"
    assert formatted == format_tree(again), "formatting twice changes nothing"


def read_catalog(content: bytes) -> None:
    """Compile a spec that may name itself and a file of data."""
    texts = {"fuzz.evalc": _text(content), "rows.csv": "id,question\na,Why?\n"}
    render_text(compile_loaded(MemoryLoader(texts)).findings, colour=False)


def read_csv(content: bytes) -> None:
    """Compile a case with a row for each of a CSV file."""
    _compile_rows(content, "csv")


def read_json_lines(content: bytes) -> None:
    """Compile a case with a row for each of a file of JSON Lines."""
    _compile_rows(content, "jsonl")


READERS: dict[str, Callable[[bytes], None]] = {
    "spec": read_spec,
    "catalog": read_catalog,
    "csv": read_csv,
    "json-lines": read_json_lines,
}


def _compile_rows(content: bytes, suffix: str) -> None:
    texts = {"fuzz.evalc": _SPEC.format(suffix=suffix), f"rows.{suffix}": _text(content)}
    render_text(compile_loaded(MemoryLoader(texts)).findings, colour=False)


def _text(content: bytes) -> str:
    """The text of a file. That bytes are no UTF-8 is found before any of these readers."""
    return content.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
