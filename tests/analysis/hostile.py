"""Catalogs at the limits of the language, and a program that compiles one of them within limits of the system.

It prints the last line of the findings, and how much memory it took at most, in MB.
"""

import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from evalc.analysis.compilation import compile_sources
from evalc.analysis.uses import USED_AT_MOST
from evalc.base.reading import DATA_LIMIT, SPEC_LIMIT
from evalc.base.render import render_text

_SECONDS = 20

_HEAD = "vendor a: A\neval e: E\n  for: a\n  category: C\n  version: 1.0.0\n"
_CASE = 'case c: C\n  severity: low\n  input: x\n  must contain "a"\n'
_EACH = 'case c: C\n  severity: low\n  input: {{w}}\n  must contain "{{w}}"\n  each: file "d.FORM"\n'


def _full(unit: Callable[[int], str], head: str = _HEAD, *, limit: int = SPEC_LIMIT) -> str:
    """A text as large as a file may be, of as many units as fit."""
    count = (limit - len(head) - 2000) // len(unit(10**7))
    return head + "".join(map(unit, range(count)))


def _using(unit: Callable[[int], str]) -> Mapping[str, str]:
    """As many cases as an eval may have beside a library that is as large as may be."""
    use = 'use "b.evalc"\n'
    return {
        "a.evalc": _full(lambda n: f'case c{n}: C\n  severity: low\n  input: x\n  must contain "a"\n', use + _HEAD),
        "b.evalc": _full(unit, "", limit=USED_AT_MOST),
    }


def _chain(unit: Callable[[int, int], str]) -> Mapping[str, str]:
    """An eval that uses a file which uses the next one, and so on, as far as may be."""
    links = {f"{n}.evalc": f'use "{n + 1}.evalc"\n' for n in range(199)}
    files = {path: use + "".join(unit(n, k) for k in range(70)) for n, (path, use) in enumerate(links.items())}
    return {"a.evalc": f'use "0.evalc"\n{_HEAD}{_CASE}', **files, "199.evalc": ""}


CATALOGS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "cases": lambda: {
        "a.evalc": _full(lambda n: f'case c{n}: C\n  severity: low\n  input: x\n  must contain "a"\n'),
    },
    "checks": lambda: {"a.evalc": _full(lambda n: f'  must contain "{n}"\n', _HEAD + _CASE)},
    "equal checks": lambda: {"a.evalc": _full(lambda _: '  must contain "b"\n', _HEAD + _CASE)},
    "criteria": lambda: {
        "a.evalc": _full(
            lambda n: f"  criterion c{n}: C\n", f"{_HEAD}{_CASE}  rubric: r\n\nrubric r: R\n  scale: met\n"
        ),
    },
    "examples": lambda: {"a.evalc": _full(lambda n: f"  good (calls t): {n}\n", _HEAD + _CASE)},
    "labels": lambda: {"a.evalc": f"{_HEAD}{_CASE}  bad (breaks {', '.join(map(str, range(100_000)))}): x\n"},
    "arguments of a call": lambda: {
        "a.evalc": f"{_HEAD}{_CASE}  good (calls t with {' and '.join(f'$.a{n} = 1' for n in range(50_000))}): x\n"
    },
    "open quotes in brackets": lambda: {"a.evalc": _HEAD + _CASE + "  good (" + '"\\' * 400_000 + "): x\n"},
    "turns": lambda: {"a.evalc": _full(lambda _: "  user: x\n", _HEAD + _CASE.replace("  input: x\n", ""))},
    "slots": lambda: {"a.evalc": _HEAD + _CASE.replace("x\n", "{{a}} " * 160_000 + "\n")},
    "unknown fields": lambda: {"a.evalc": _full(lambda n: f"  f{n}: x\n", _HEAD + _CASE)},
    "related evals": lambda: {"a.evalc": f"{_HEAD}  related: {', '.join(f'e{n}' for n in range(120_000))}\n{_CASE}"},
    "lets": lambda: {"a.evalc": _full(lambda n: f'let a{n} = "x"\n', "") + _HEAD + _CASE},
    "uses": lambda: {"a.evalc": _full(lambda n: f'use "{n}.evalc"\n', "") + _HEAD + _CASE},
    "cases and used names": lambda: _using(lambda n: f'let a{n} = "x"\n'),
    "cases and used rubrics": lambda: _using(lambda n: f"rubric r{n}: R\n  scale: met\n  criterion c: C\n"),
    "more than may be used": lambda: {
        "a.evalc": "".join(f'use "{n}.evalc"\n' for n in range(60)) + _HEAD + _CASE,
        **{f"{n}.evalc": _full('let a{} = "x"\n'.format, "", limit=256_000) for n in range(60)},
    },
    "a chain of uses": lambda: _chain(lambda n, k: f'let a{n}-{k} = "x"\n'),
    "equal names in a chain of uses": lambda: _chain(lambda _, k: f'let a{k} = "x"\n'),
    "a let in a let's place": lambda: {
        "a.evalc": f"let b:\n  {'x' * 500_000}\n{_HEAD}{_CASE.replace('x' + chr(10), '{{b}}' * 80_000 + chr(10))}"
    },
    "rows of a table": lambda: {
        "a.evalc": _full(
            lambda n: f"    | r{n} | x |\n", _HEAD + _EACH.replace(': file "d.FORM"', ":\n    | id | w |")
        ),
    },
    "rows of CSV": lambda: {
        "a.evalc": _HEAD + _EACH.replace("FORM", "csv"),
        "d.csv": _full(lambda n: f"r{n},x\n", "id,w\n", limit=DATA_LIMIT),
    },
    "long rows of CSV": lambda: {
        "a.evalc": _HEAD + _EACH.replace("FORM", "csv"),
        "d.csv": _full(lambda n: f"r{n},{'x' * 6000}\n", "id,w\n", limit=DATA_LIMIT),
    },
    "columns of CSV": lambda: {
        "a.evalc": _HEAD + _EACH.replace("FORM", "csv"),
        "d.csv": f"id,w,{','.join(f'c{n}' for n in range(100_000))}\nr{',x' * 100_001}\n",
    },
    "rows of JSON Lines": lambda: {
        "a.evalc": _HEAD + _EACH.replace("FORM", "jsonl"),
        "d.jsonl": _full(lambda n: f'{{"id": "r{n}", "w": "x"}}\n', "", limit=DATA_LIMIT),
    },
    "a large file in each case": lambda: {
        "a.evalc": _full(lambda n: f'case c{n}: C\n  severity: low\n  input: file "t.txt"\n  must contain "a"\n'),
        "t.txt": "x" * 1_000_000,
    },
    "a large schema in each case": lambda: {
        "a.evalc": _full(lambda n: f'case c{n}: C\n  severity: low\n  input: x\n  must fit schema "s.json"\n'),
        "s.json": f'{{"enum": [{", ".join(map(str, range(120_000)))}]}}',
    },
    "references in a schema": lambda: {
        "a.evalc": f'{_HEAD}{_CASE}  must fit schema "s.json"\n',
        "s.json": '{"$ref": "#/$defs/0", "$defs": {"9999": {}, '
        + ", ".join(f'"{n}": {{"allOf": [{{"$ref": "#/$defs/{n + 1}"}}]}}' for n in range(9999))
        + "}}",
    },
    "levels of JSON": lambda: {"a.evalc": f'{_HEAD}{_CASE}  tools: file "t.json"\n', "t.json": "[" * 500_000},
    "patterns": lambda: {
        "a.evalc": _full(lambda n: f"  must match /(a{{1,900}}){{1,9}}{n}/\n", _HEAD + _CASE, limit=100_000)
    },
}


ALONE = frozenset({"more than may be used"})
"""Catalogs of which only `a.evalc` is checked: what is large in them is what it uses."""


def main(folder: str, *paths: str) -> None:
    """Compile a catalog, or some specs of it; the system ends what takes too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    found = render_text(compile_sources(Path(folder), paths or None).findings, colour=False)
    sys.stdout.write(f"{(found.splitlines() or ['nothing found'])[-1]}\n")
    # Linux counts it in KB.
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
