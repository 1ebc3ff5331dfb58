"""The tree-sitter grammar, compiled and run as an editor does."""

import ctypes
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tree_sitter import Language, Node, Parser, Query, QueryCursor

from evalc.syntax.colours import Colour
from tests.colours.corpus import ROOT
from tests.colours.drawing import Ranges

FOLDER = ROOT / "grammar" / "tree-sitter"

_COMPILERS = ("cc", "gcc", "clang", "tcc")

# The names that `highlights.scm` uses.
COLOURS: dict[str, Colour] = {
    "attribute": "field",
    "comment": "comment",
    "constant.builtin": "slot",
    "constant.numeric": "number",
    "error": "error",
    "function": "name",
    "function.builtin": "verb",
    "keyword": "keyword",
    "keyword.operator": "level",
    "markup.heading": "title",
    "operator": "operator",
    "punctuation.bracket": "punctuation",
    "punctuation.delimiter": "punctuation",
    "spell": "prose",
    "string": "text",
    "string.regexp": "pattern",
    "string.special": "value",
    "variable": "word",
    "variable.other.member": "path",
    "variable.parameter": "qualifier",
}


def build(folder: Path) -> Language:
    """The language, compiled into a folder from what the repository holds."""
    compiler = next(filter(None, map(shutil.which, _COMPILERS)), None)
    assert compiler, "no C compiler is on this machine; `make compiler` installs one"
    library = folder / "evalc-tree-sitter.so"
    sources = [FOLDER / "src" / "parser.c", FOLDER / "src" / "scanner.c"]
    subprocess.run([compiler, "-shared", "-fPIC", f"-I{FOLDER}/src", "-o", library, *sources], check=True)
    address = ctypes.CDLL(str(library)).tree_sitter_evalc
    address.restype = ctypes.c_void_p
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype, capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return Language(capsule(address(), b"tree_sitter.Language", None))


def parse(language: Language, text: str) -> Node:
    """The tree of a text."""
    return Parser(language).parse(text.encode()).root_node


def colours(language: Language, query: str, text: str) -> Ranges:
    """The colours that a query gives the parts of a text, outer ones first."""
    cursor = QueryCursor(Query(language, query))
    found = [(name, node) for name, nodes in cursor.captures(parse(language, text)).items() for node in nodes]
    offsets = list(_offsets(text))
    for name, node in sorted(found, key=lambda pair: (pair[1].start_byte, -pair[1].end_byte)):
        yield COLOURS[name], offsets[node.start_byte], offsets[node.end_byte]


def _offsets(text: str) -> Iterator[int]:
    """For each byte of the text in UTF-8, and for its end, the code point that it belongs to."""
    for at, letter in enumerate(text):
        for _ in letter.encode():
            yield at
    yield len(text)
