"""The few verbs that the doors share: compile a catalog, write what it compiles to, read what runs gave."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from evalc.base.reading import spec_paths

if TYPE_CHECKING:
    # A warm `evalc check` needs none of these, and they take ten times as long as it does.
    from evalc.analysis.compilation import Compilation
    from evalc.analysis.loader import Loader
    from evalc.base.diagnostic import Findings
    from evalc.diff.acceptance import AcceptLine
    from evalc.emitters.contract import EmittedFile
    from evalc.model.catalog import Catalog
    from evalc.model.change import Acceptance, Review
    from evalc.model.report import Report

POLICY_NAME = "evalc.toml"


class CatalogFolder(NamedTuple):
    """Where specs lie: nothing outside `root` is read, and messages show paths behind `prefix`."""

    root: Path
    prefix: str
    paths: tuple[str, ...] | None = None


def find_policy(start: Path) -> Path | None:
    """The nearest `evalc.toml` in a folder or above it, or None."""
    here = start.resolve()
    return next((folder / POLICY_NAME for folder in (here, *here.parents) if (folder / POLICY_NAME).is_file()), None)


def find_catalog(path: Path) -> CatalogFolder:
    """The catalog that a folder or a spec belongs to: the workspace's `specs` above it, or else the folder itself.

    Raises:
        FileNotFoundError: There is neither a folder nor a file.
    """
    found = path.resolve()
    if not found.exists():
        raise FileNotFoundError(f"there is no {path}")
    policy = find_policy(found if found.is_dir() else found.parent)
    specs = policy.parent / "specs" if policy else None
    if specs and found.is_relative_to(specs) and found != specs:
        root = specs
    else:
        root = found if found.is_dir() else found.parent
    if found == root:
        return CatalogFolder(root=root, prefix=_shown(root, policy))
    below = found.relative_to(root).as_posix()
    paths = tuple(spec for spec in spec_paths(root) if spec.startswith(f"{below}/")) if found.is_dir() else (below,)
    return CatalogFolder(root=root, prefix=_shown(root, policy), paths=paths)


def compile_catalog(folder: CatalogFolder, loader: "Loader | None" = None) -> "Compilation":
    """What the specs of a folder mean, with everything found wrong with them.

    Args:
        loader: Reads the folder, where somebody wants to know what is read.
    """
    from evalc.analysis.compilation import compile_loaded
    from evalc.analysis.loader import DiskLoader

    return compile_loaded(loader or DiskLoader(folder.root), folder.paths, prefix=folder.prefix)


def load_report(results: Path) -> "tuple[Report, tuple[str, ...]]":
    """What all runs below a folder say, and a sentence for each log that is damaged or cannot be read."""
    from evalc.report.summarize import summarize
    from evalc.store.errors import StorageError
    from evalc.store.read import list_runs, read_run

    runs, problems = [], []
    for folder in list_runs(results):
        try:
            run, findings = read_run(folder)
        except StorageError as failure:
            problems.append(str(failure))
            continue
        runs.append(run)
        problems += [f"{folder}: {finding.message}" for finding in findings]
    return summarize(runs), tuple(problems)


class Reviewed(NamedTuple):
    """What a change of specs does, what is wrong with the specs now, and the `accept` lines that accept nothing."""

    review: "Review"
    findings: "Findings"
    idle: "tuple[AcceptLine, ...]"


def review_specs(words: Sequence[str], folder: CatalogFolder, *, accepted: "Acceptance | None" = None) -> Reviewed:
    """What changed in a catalog between two revisions, folders or the work tree; only specs that differ are compiled.

    Args:
        words: `BASE`, `BASE..HEAD`, `BASE...HEAD`, both sides as two words, or nothing for `HEAD` and the work tree.
        accepted: Who takes all weakenings, where somebody does that outside of the specs.

    Raises:
        HistoryError: A revision cannot be read.
        ReadProblem: A folder cannot be listed.
    """
    from evalc.diff.acceptance import accept, accept_lines, idle_lines, new_lines
    from evalc.diff.merge import in_reading_order
    from evalc.diff.review import review
    from evalc.diff.suppressions import compare_suppressions
    from evalc.history.narrow import compile_touched
    from evalc.history.sides import open_sides, read_range

    with open_sides(read_range(words), folder.root) as (base, head):
        before, after = compile_touched(base, head, prefix=folder.prefix)
    found = review(before.catalog, after.catalog, base=base.words, head=head.words)
    lines = new_lines(accept_lines(before.trees, before.catalog), accept_lines(after.trees, after.catalog))
    suppressions = compare_suppressions((before.trees, before.catalog), (after.trees, after.catalog))
    changes = accept(in_reading_order([*found.changes, *suppressions]), lines, otherwise=accepted)
    mistakes = [item for item in before.findings if item.level == "error"]
    unread = [f"what was there before cannot be read: {item.source.name}: {item.message}" for item in mistakes]
    update = {
        "changes": changes,
        "unread": tuple(unread),
        "base_commit": base.commit,
        "head_commit": head.commit,
    }
    return Reviewed(found.model_copy(update=update), after.findings, tuple(idle_lines(changes, lines)))


class Written(NamedTuple):
    """What a build wrote and removed, as paths below its folder."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write_build(catalog: "Catalog", folder: Path, *, is_whole: bool) -> Written:
    """The compiled catalog on disk: what differs is written, and what an earlier build left of these evals removed.

    Args:
        is_whole: The catalog holds all evals of the workspace, so that evals which it lacks are gone from the build.
    """
    from evalc.emitters._build import MANIFEST_NAME, emit_catalog, read_manifest
    from evalc.emitters.contract import EmittedFile

    files, manifest = emit_catalog(catalog)
    path = folder / MANIFEST_NAME
    earlier = read_manifest(path.read_text("utf-8") if path.is_file() else "").evals
    kept = {} if is_whole else {id_: entry for id_, entry in earlier.items() if id_ not in manifest.evals}
    manifest = manifest.model_copy(update={"evals": dict(sorted((kept | manifest.evals).items()))})
    listed = {file for entry in manifest.evals.values() for file in entry.files}
    gone = {file for entry in earlier.values() for file in entry.files} - listed
    removed = _remove(folder, sorted(gone))
    changed = [file.path for file in files if _write(folder, file)]
    unchanged = sorted({file.path for file in files} - set(changed))
    _write(folder, EmittedFile(MANIFEST_NAME, manifest.model_dump_json(indent=2) + "\n"))
    return Written(tuple(changed), tuple(unchanged), tuple(removed))


def _write(folder: Path, file: "EmittedFile") -> bool:
    path = folder / file.path
    content = file.text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if file.is_executable:
        path.chmod(0o755)
    return True


def _remove(folder: Path, paths: Sequence[str]) -> list[str]:
    removed = []
    for path in paths:
        # The manifest lies in a folder that others may write to: nothing outside the build is ever removed.
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or not (folder / path).is_file():
            continue
        (folder / path).unlink()
        removed.append(path)
        for parent in (folder / path).parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed


def _shown(root: Path, policy: Path | None) -> str:
    """What stands before the paths of a catalog: from the workspace, so that a build is the same wherever it is made.

    Without a policy there is no workspace, and paths start at the current folder.
    """
    start = policy.parent if policy and root.is_relative_to(policy.parent) else Path.cwd()
    shown = os.path.relpath(root, start).replace(os.sep, "/")
    return "" if shown == "." else shown
