"""Texts that cost a careless parser its square, and a program that reads them all within limits of the system.

It prints the name of each text when it was read.
"""

import resource
import sys

from evalc.base.source import Source
from evalc.syntax.parser import parse

TEXTS = {
    "one long line": "x" * 1_000_000,
    "spaces": " " * 1_000_000,
    "blank lines": "\n" * 1_000_000,
    "spaces in lines": (" " * 1000 + "\n") * 1000,
    "prose of blanks": "case a: A\n  input:\n    x\n" + "      \n" * 50_000,
    "deep prose": "case a: A\n  input:\n" + "".join(" " * (4 + i % 900) + "x\n" for i in range(2000)),
    "quotes": "case a: A\n  must contain " + '"' * 299_999,
    "backslashes": 'case a: A\n  must contain "' + "\\" * 299_999,
    "slashes": "case a: A\n  must match " + " /" * 149_999,
    "brackets": "case a: A\n  must match " + "/[" * 149_999,
    "open text of spaces": 'case a: A\n  must contain "' + " " * 299_999,
    "open text of as": 'case a: A\n  must contain "' + " as" * 99_999,
    "words": "case a: A\n  must " + "a " * 149_999,
    "commas": "case a: A\n  must a" + "," * 299_999,
    "header": "case " + "a" * 299_999,
    "header of spaces": "case" + " " * 299_999 + "a",
    "headers": "case a: A\n" * 30_000,
    "header words": "a b\n" * 60_000,
    "colons": ":" * 299_999,
    "brackets in a field": "case a: A\n  bad (" + "(" * 299_999,
    "stray lines": "case a: A\n  stray line here\n" * 10_000,
    "stray and blank": "stray line here\n\n" * 20_000,
    "tabs": "case a: A\n\tinput:\n\t\tx\n" * 12_000,
    "wrong indents": "case a: A\n   input:\n     x\n" * 12_000,
    "conflicts": "=======\n" * 30_000,
    "open conflicts": "<<<<<<< a\n=======\n" * 15_000,
    "carriage returns": "\r" * 150_000,
    "comments": "#\n" * 150_000,
    "comments in blocks": "case a: A\n" + "  #\n" * 60_000,
    "checks that differ": "case a: A\n" + "".join(f"  must a{i}\n" for i in range(20_000)),
    "checks that are wrong": "case a: A\n" + "".join(f"  must 'a{i}\n" for i in range(20_000)),
    "fields that differ": "case a: A\n" + "".join(f"  f{i}: x\n" for i in range(25_000)),
    "let": "let x:\n" + "  y\n" * 60_000,
    "hidden": "case a: A\n" + "  must \u200b\n" * 15_000,
}

_SECONDS = 120
_BYTES = 1_500_000_000


def main() -> None:
    """Read all texts; the system ends what takes too long, and refuses what takes too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    for name, text in TEXTS.items():
        parse(Source("a.evalc", text))
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
