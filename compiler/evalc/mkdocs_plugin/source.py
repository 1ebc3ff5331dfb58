"""What a site is made from: the catalog and the report in the folders that its settings name."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from evalc.api.catalogs import CatalogFolder
from evalc.api.packed.following import FollowedCatalog, FollowedReport
from evalc.api.packed.reports import Keeping
from evalc.api.verdicts.proofs import load_proofs
from evalc.base.digest import digest
from evalc.base.memory.identity import code_identity
from evalc.mkdocs_plugin.changelog import read_changelog, read_past, read_releases
from evalc.model.calibration import Measured
from evalc.pages._faces import read_logos
from evalc.pages._templates import BrokenTemplate, strangers_in
from evalc.pages.contract import Library
from evalc.store.calibrations import UnreadableLock, read_lock

KEPT = ".cache/evalc"
"""Where what commits changed and pictures are kept between builds; other plug-ins of MkDocs keep theirs beside it."""

_log = logging.getLogger("mkdocs.plugins.evalc")


class Sources:
    """The folders of specs and results that a site's settings name, read again as far as they change.

    Raises:
        PluginError: There is no folder of specs.
    """

    def __init__(self, config: MkDocsConfig, *, specs: str, results: str, proofs: str) -> None:
        root = folder_of(config, specs)
        if not root.is_dir():
            raise PluginError(f"evalc: there is no folder {root}; the plug-in's option `specs` names another one")
        # Pages show places as they are in the repository, wherever MkDocs was started.
        home = folder_of(config, "")
        prefix = root.relative_to(home).as_posix() if root.is_relative_to(home) else root.name
        self._catalog = FollowedCatalog(CatalogFolder(root, prefix), keeping=keeping_of(root))
        self._report = FollowedReport(folder_of(config, results), keeping=keeping_of(root))
        self._proofs = folder_of(config, proofs)

    def read(self, config: MkDocsConfig) -> Library:
        """The catalog and the report as they are now; what is wrong with them is said in the log of the build."""
        catalog, findings = self._catalog.read()
        for finding in findings:
            line, column = finding.source.position(finding.span.start)
            level = logging.INFO if finding.level == "advice" else logging.WARNING
            _log.log(level, f"{finding.source.name}:{line}:{column}: {finding.message} [{finding.code.name}]")
        report, problems = self._report.read()
        logos, missing = read_logos(catalog.vendors, self._catalog.folder.root)
        for problem in (*problems, *missing):
            _log.warning(problem)
        return Library(
            catalog,
            report,
            address=config.site_url or "",
            repository=_repository(config),
            editing=_editing(config),
            logos=logos,
            changes=read_changelog(self._catalog.folder, kept=folder_of(config, KEPT)),
            past=read_past(self._catalog.folder),
            releases=read_releases(self._catalog.folder, kept=folder_of(config, KEPT)),
            measured=_measured(self._catalog.folder),
            proofs=load_proofs(self._proofs, catalog.evals),
        )


def keeping_of(specs: Path) -> Keeping:
    """Where what was worked out from a folder of specs is kept: in the user's cache, below a name of its own."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    name = digest(str(specs), length=32)
    return Keeping(Path(home) / "evalc" / "site" / name, code_identity())


def folder_of(config: MkDocsConfig, path: str) -> Path:
    """A folder that the settings name, from where they lie."""
    return (Path(config.config_file_path).resolve().parent / path).resolve()


def read_own_templates(config: MkDocsConfig, path: str) -> Path | None:
    """The folder of a site's own templates of the catalog, as its settings name it, or None where they name none.

    Raises:
        PluginError: There is no such folder, or a file in it that no page would ever use.
    """
    if not path:
        return None
    folder = folder_of(config, path)
    if not folder.is_dir():
        raise PluginError(f"evalc: there is no folder {folder}; the plug-in's option `templates` names it")
    for problem in strangers_in(folder):
        raise PluginError(f"evalc: {problem}")
    return folder


@contextmanager
def broken_templates_stop() -> Iterator[None]:
    """Ends a build with one sentence where a template of the site's own is broken."""
    try:
        yield
    except BrokenTemplate as broken:
        raise PluginError(f"evalc: {broken}") from broken


def _measured(folder: CatalogFolder) -> tuple[Measured, ...]:
    """What judges were measured at; nothing, with a warning, where the lock file cannot be read."""
    try:
        return read_lock(folder.root)
    except UnreadableLock as unreadable:
        _log.warning(str(unreadable))
        return ()


def _repository(config: MkDocsConfig) -> str:
    """The address that a spec's path is appended to, where the site's repository has pages for files."""
    address = (config.repo_url or "").rstrip("/")
    if address.startswith("https://github.com/"):
        return f"{address}/blob/HEAD/"
    return f"{address}/-/blob/HEAD/" if address.startswith("https://gitlab.com/") else ""


def _editing(config: MkDocsConfig) -> str:
    """The address that a spec's path is appended to, where the site's pages can be edited in its repository."""
    repository, edits = config.repo_url or "", config.edit_uri or ""
    if not repository or not edits:
        return ""
    # What MkDocs appends to it are paths of pages below their folder, which specs do not lie in.
    home, pages = folder_of(config, ""), Path(config.docs_dir).resolve()
    below = pages.relative_to(home).as_posix() if pages.is_relative_to(home) else pages.name
    for tail in (below, pages.name, "docs"):
        if edits.rstrip("/").endswith(f"/{tail}"):
            start = edits.rstrip("/").removesuffix(tail)
            return start if "://" in start else f"{repository.rstrip('/')}/{start.lstrip('/')}"
    return ""
