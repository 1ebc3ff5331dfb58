"""The pages of the codes: what they show as wrong is wrong in that way, and what they show as right is not."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import evalc.analysis.codes
from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.diagnostic import Code

VENDOR = "vendor acme: Acme\n"
EVAL = "eval example: Example\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
CASE = "case example: Example\n  severity: low\n  input: Hello!\n  must refuse\n"

# What their pages say in words, because it is too long to be shown, or needs a file that is no text.
TOLD = frozenset({"too-many-uses", "too-many-rows", "too-much-text", "unreadable-file"})
# What is wrong here is that something lacks which the other examples are given.
BARE = frozenset({"case-without-eval", "retired-without-eval", "empty-eval", "use-cycle", "use-of-eval", "unused-file"})


def codes() -> Iterator[Code]:
    """All codes of this room."""
    for module in iter_modules(evalc.analysis.codes.__path__):
        for value in vars(import_module(f"evalc.analysis.codes.{module.name}")).values():
            if isinstance(value, Code):
                yield value


def found_in(part: str, *, bare: bool) -> set[str]:
    """The names of what is found in a part of a spec, with what it needs to stand alone.

    A comment that is a path begins another file. Unless it is bare, a part gets a vendor, an eval and a case where it
    has none.
    """
    _, *pieces = re.split(r"^# (\S+\.\w+)\n", f"# main.evalc\n{part}", flags=re.MULTILINE)
    files = dict(zip(pieces[::2], pieces[1::2], strict=True))
    files = {path: text for path, text in files.items() if text.strip()}
    if not bare:
        main = next(path for path in files if path.endswith(".evalc"))
        files[main] = completed(files[main], "\n".join(files.values()))
    findings = compile_loaded(MemoryLoader(files)).findings
    return {finding.code.name for finding in findings}


def completed(text: str, all_texts: str) -> str:
    """A spec with an eval, a case and a vendor."""
    if not re.search(r"^eval ", text, re.MULTILINE):
        text = f"{text.rstrip()}\n\n{EVAL}"
    if not re.search(r"^case ", text, re.MULTILINE):
        text = f"{text.rstrip()}\n\n{CASE}"
    if not re.search(r"^vendor acme", all_texts, re.MULTILINE):
        text = f"{text.rstrip()}\n\n{VENDOR}"
    return text


@pytest.mark.parametrize("code", [code for code in codes() if code.name not in TOLD], ids=lambda code: code.name)
def test_what_a_page_shows_as_wrong_is_found(code: Code) -> None:
    """A page whose example shows something else teaches the wrong thing."""
    found = found_in(code.wrong, bare=code.name in BARE)

    assert code.name in found


@pytest.mark.parametrize("code", [code for code in codes() if code.name not in TOLD], ids=lambda code: code.name)
def test_what_a_page_shows_as_right_is_right(code: Code) -> None:
    """An author who writes what the page shows must not get the next message."""
    found = found_in(code.right, bare=False)

    assert set() == found
