"""`python -m bench [NAME[:SIZE] ...]`: run the measures, print figures, baselines and ratios, write them as JSON."""

import json
import platform
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bench.measure import Figure

_OUT = Path("build/bench.json")


def main(names: list[str]) -> int:
    """0 after all named measures (none named: all) have run; a missed target is printed and not an error.

    A measure that takes a size has one that does for every day, such as `site`; `site:5000` takes half an hour.
    """
    known = [module.name for module in iter_modules([str(Path(__file__).parent / "measures")])]
    unknown = sorted({word.partition(":")[0] for word in names} - set(known))
    if unknown:
        print(f"bench: no measure is called {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for word in names or known:
        name, _, size = word.partition(":")
        measure = import_module(f"bench.measures.{name}")
        summary = (measure.__doc__ or "").splitlines()[0]
        print(f"{name}: {summary}")
        for figure in measure.measure(int(size)) if size else measure.measure():
            figures.append(figure)
            print(f"  {figure.row()}")
    _OUT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    _OUT.write_text(json.dumps({**machine, "figures": [asdict(figure) for figure in figures]}, indent=2) + "\n")
    print(f"written to {_OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
