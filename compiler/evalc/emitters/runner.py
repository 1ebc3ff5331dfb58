"""A program that runs one eval alone."""

from string import Template

from evalc.emitters.contract import EmittedFile, Emitter
from evalc.model.catalog import Spec

# Only ids, the version and hashes stand in the program: their characters are checked, free text never becomes code.
_PROGRAM = Template('''\
#!/usr/bin/env python3
"""Runs the eval $id, version $version: $count.

    python runner.py --target NAME [--judge NAME]

Targets and judges are those of the nearest evalc.toml. Made by `evalc compile`; changes here are overwritten.
"""

import sys
from pathlib import Path

EVAL = "$id"
FINGERPRINT = "$fingerprint"

if __name__ == "__main__":
    try:
        from evalc.cli.runner import run_compiled
    except ModuleNotFoundError as missing:
        sys.exit(f"runner.py needs {missing.name}: pip install 'evalc[run]'")
    sys.exit(run_compiled(Path(__file__).with_name("spec.json"), fingerprint=FINGERPRINT, arguments=sys.argv[1:]))
''')


class RunnerEmitter(Emitter):
    """`runner.py`: runs this eval alone with the spec beside it, and refuses a spec that it was not made for."""

    def emit(self, spec: Spec) -> tuple[EmittedFile, ...]:
        count = len(spec.eval.cases)
        text = _PROGRAM.substitute(
            id=spec.eval.id,
            version=spec.eval.version,
            count=f"{count} case" if count == 1 else f"{count} cases",
            fingerprint=spec.eval.fingerprint,
        )
        return (EmittedFile("runner.py", text, is_executable=True),)
