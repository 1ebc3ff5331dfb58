"""The model of an eval as versioned JSON."""

from evalc.emitters.contract import EmittedFile, Emitter
from evalc.model.catalog import Spec


class SpecEmitter(Emitter):
    """`spec.json`: the eval with its vendor, complete in itself; `evalc schema` prints its JSON Schema."""

    def emit(self, spec: Spec) -> tuple[EmittedFile, ...]:
        return (EmittedFile("spec.json", spec.model_dump_json(indent=2) + "\n"),)
