"""What reads the bytes of strangers, each as one function that must neither raise nor lose anything."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_text
from evalc.base.source import Source
from evalc.store.errors import StorageError
from evalc.store.read import read_run
from evalc.store.scan import LOG_NAME
from evalc.store.upkeep.verify import verify_log
from evalc.syntax.colours import paint
from evalc.syntax.format import format_tree
from evalc.syntax.nodes.clauses import read_clause, read_rule
from evalc.syntax.parser import parse

_CASE = """\
vendor v: V
eval e: E
  for: v
  category: Search
  version: 1.0.0
case c: C
  severity: low
  input: {input}
  must contain "a"
"""
_LIBRARY = "vendor v: V\nlet a = b\nrubric r: R\n  scale: met\n  criterion c: C\n"


def read_lines(content: bytes) -> None:
    """The colours of a text lie in it, in order and apart, whatever it is."""
    text = _text(content)
    end = 0
    for stroke in paint(text):
        assert end <= stroke.span.start < stroke.span.end <= len(text), "no two strokes are on one letter"
        end = stroke.span.end


def read_check(content: bytes) -> None:
    """Each line as a check and as a rule; what is found lies in the line."""
    for line in _text(content).splitlines():
        for shape in (read_clause(f"must {line}"), read_rule(f"pass when {line}")):
            assert all(0 <= slip.start <= slip.end <= len(line) + len("pass when ") for slip in shape.slips)


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
    """Compile a spec that may name a library and a file of data; laid out otherwise it means the same."""
    text = _text(content)
    before = _compile(text)
    tree, mistakes = parse(Source("fuzz.evalc", text))
    if not mistakes.has_errors:
        after = _compile(format_tree(tree))

        assert _meanings(before) == _meanings(after), "the layout means nothing"
        assert sorted(_codes(before)) == sorted(_codes(after)), "what is wrong has nothing to do with the layout"


def read_csv(content: bytes) -> None:
    """Compile a case with a row for each of a CSV file."""
    _compile_beside(content, '  each: file "d"\n', "csv")


def read_json_lines(content: bytes) -> None:
    """Compile a case with a row for each of a file of JSON Lines."""
    _compile_beside(content, '  each: file "d"\n', "jsonl")


def read_schema(content: bytes) -> None:
    """Compile a check whose JSON Schema is a file."""
    _compile_beside(content, '  must fit schema "d"\n', "json")


def read_tools(content: bytes) -> None:
    """Compile a case whose tools are a file."""
    _compile_beside(content, '  tools: file "d"\n  must call a\n  good (calls a): x\n', "json")


def read_log(content: bytes) -> None:
    """Read and verify the log of a run, of which anything may be left."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / LOG_NAME).write_bytes(content)
        for read in (read_run, verify_log):
            with suppress(StorageError):
                read(folder)


READERS: dict[str, Callable[[bytes], None]] = {
    "lines": read_lines,
    "check": read_check,
    "spec": read_spec,
    "catalog": read_catalog,
    "csv": read_csv,
    "json-lines": read_json_lines,
    "schema": read_schema,
    "tools": read_tools,
    "log": read_log,
}


def _compile_beside(content: bytes, lines: str, suffix: str) -> None:
    """Compile a case with a file beside it, which its last lines name `d`."""
    spec = _CASE.format(input="{{question}}" if "each" in lines else "x") + lines.replace('"d"', f'"d.{suffix}"')
    texts = {"fuzz.evalc": spec, f"d.{suffix}": _text(content)}
    render_text(compile_loaded(MemoryLoader(texts)).findings, colour=False)


def _compile(text: str) -> Compilation:
    found = compile_loaded(
        MemoryLoader({"fuzz.evalc": text, "library.evalc": _LIBRARY, "rows.csv": "id,question\na,Why?\n"})
    )
    render_text(found.findings, colour=False)
    return found


def _meanings(compilation: Compilation) -> list[tuple[str, str]]:
    return [(case.id, case.fingerprint) for eval_ in compilation.catalog.evals for case in eval_.cases]


def _codes(compilation: Compilation) -> list[str]:
    return [finding.code.name for finding in compilation.findings]


def _text(content: bytes) -> str:
    """The text of a file. That bytes are no UTF-8 is found before any of these readers."""
    return content.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
