"""Which specs a change of files can touch, so that the others need not be compiled."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.kept import Shelf
from evalc.analysis.loader import Loader
from evalc.base.reading import SPEC_LIMIT, SPEC_SUFFIX, ReadProblem
from evalc.history.sides import Side

# A path that a row of data completes has no name to look for.
_MADE_PATH = re.compile(r'(?:file|schema) "[^"\n]*\{\{')


def compile_touched(
    base: Side, head: Side, *, prefix: str, shelf: Shelf | None = None
) -> tuple[Compilation, Compilation]:
    """What the specs of each side mean, without those that mean on one side what they mean on the other.

    Args:
        prefix: What messages show before the path of a file, such as `specs`.
        shelf: Keeps what evals mean for the next time.
    """
    paths = touched_specs(base, head)
    start = f"{prefix.rstrip('/')}/" if prefix else ""
    touched = {start + path for path in (*paths[0], *paths[1])}
    before, after = (
        compile_loaded(side.loader, found, prefix=prefix, shelf=shelf)
        for side, found in zip((base, head), paths, strict=True)
    )
    return _without_others(before, touched), _without_others(after, touched)


def _without_others(compilation: Compilation, touched: set[str]) -> Compilation:
    """Without the vendors of files that are read only for those that use them, which may be so on one side alone."""
    vendors = tuple(vendor for vendor in compilation.catalog.vendors if vendor.place.path in touched)
    return replace(compilation, catalog=compilation.catalog.model_copy(update={"vendors": vendors}))


def touched_specs(base: Side, head: Side) -> tuple[list[str], list[str]]:
    """The specs of each side that differ, and those that speak of a file that differs, through any number of files.

    Whoever takes something from another file writes its name, so a spec that names none of them means what it did.
    Some that are named are not used; those are compared for nothing.
    """
    differing = {path for path in {*base.ids, *head.ids} if base.ids.get(path) != head.ids.get(path)}
    specs = [{path for path in side.loader.spec_paths() if path in side.ids} for side in (base, head)]
    touched = {path for path in differing if path.endswith(SPEC_SUFFIX)}
    untouched = {path: _text(head.loader, path) for path in sorted((specs[0] & specs[1]) - touched)}
    news = differing
    while news:
        names = _names(news)
        has_files = any(not path.endswith(SPEC_SUFFIX) for path in news)
        news = {
            path for path, text in untouched.items() if names.search(text) or (has_files and _MADE_PATH.search(text))
        }
        touched |= news
        for path in news:
            del untouched[path]
    return sorted(touched & specs[0]), sorted(touched & specs[1])


def _names(paths: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted({re.escape(posixpath.basename(path)) for path in paths})))


def _text(loader: Loader, path: str) -> str:
    """The text of a spec; one that cannot be read is the same on both sides, and says nothing."""
    try:
        return loader.read_spec(path, limit=SPEC_LIMIT)
    except ReadProblem:
        return ""
