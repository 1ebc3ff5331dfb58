"""All files of a compiled catalog, and the manifest that lists them."""

from typing import Literal

from pydantic import ValidationError

from evalc.base.family import members
from evalc.emitters.contract import EmittedFile, Emitter
from evalc.model.catalog import Catalog, Spec
from evalc.model.stored import Stored

MANIFEST_NAME = "manifest.json"


class ManifestEntry(Stored):
    """What a build holds of one eval: its fingerprint, and its files below the build's folder."""

    fingerprint: str
    files: tuple[str, ...]


class Manifest(Stored):
    """What a build holds, by the ids of its evals."""

    format: Literal["evalc-build"] = "evalc-build"
    format_version: int = 1
    evals: dict[str, ManifestEntry]


def emit_catalog(catalog: Catalog) -> tuple[tuple[EmittedFile, ...], Manifest]:
    """Every file of every eval, below `vendor/eval/`, and the manifest of them."""
    vendors = {vendor.name: vendor for vendor in catalog.vendors}
    emitters = [emitter() for _, emitter in members("evalc.emitters", Emitter)]
    files: list[EmittedFile] = []
    entries: dict[str, ManifestEntry] = {}
    for eval_ in catalog.evals:
        spec = Spec(vendor=vendors[eval_.vendor], eval=eval_)
        own = [_below(eval_.id, file) for emitter in emitters for file in emitter.emit(spec)]
        files += own
        paths = tuple(sorted(file.path for file in own))
        entries[eval_.id] = ManifestEntry(fingerprint=eval_.fingerprint, files=paths)
    return tuple(files), Manifest(evals=entries)


def read_manifest(text: str) -> Manifest:
    """The manifest of an earlier build; an empty one where the text is none, for a build can always be made again."""
    try:
        return Manifest.model_validate_json(text)
    except ValidationError:
        return Manifest(evals={})


def _below(folder: str, file: EmittedFile) -> EmittedFile:
    return EmittedFile(f"{folder}/{file.path}", file.text, file.is_executable)
