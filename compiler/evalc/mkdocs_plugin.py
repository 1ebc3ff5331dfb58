"""The MkDocs plug-in: puts the pages of a catalog into a site."""

import html
import json
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from evalc.api.catalogs import CatalogFolder, compile_catalog
from evalc.api.results import load_report
from evalc.base.assets import asset_folder
from evalc.base.reading import ReadProblem, read_bytes
from evalc.model.catalog import Catalog
from evalc.pages._address import LIBRARY_PATH
from evalc.pages._faces import LOGO_LIMIT, picture_address
from evalc.pages._files import page_types, read_assets
from evalc.pages._legible import make_legible
from evalc.pages._policy import content_policy
from evalc.pages.contract import Library, Page
from evalc.reference.pages import all_pages, navigation

_CHARSET = '<meta charset="utf-8">'
# Material's search is a dialog without a name, which a screen reader has nothing to call by.
_NAMELESS_SEARCH = 'data-md-component="search" role="dialog">'
_NAMED_SEARCH = 'data-md-component="search" role="dialog" aria-label="Search">'

# A table of contents takes a quarter of the width.
_WORTH_A_TABLE = 3

_log = logging.getLogger("mkdocs.plugins.evalc")


class EvalcOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but what makes a subclass.
    """What `mkdocs.yml` may say; paths start at its folder."""

    specs = config_options.Type(str, default="specs")
    results = config_options.Type(str, default="results")
    reference = config_options.Type(bool, default=False)


class CatalogPage(SitePage):
    """A page of the catalog in a site. It is made when its turn comes to be written, and given up after that."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, *, make: Callable[[], Page]) -> None:
        # Themes print a title as it is.
        super().__init__(_inert(title), file, config)
        self.make = make
        self.finished: Page | None = None
        self.markdown = ""
        self.content = ""
        self.meta = {"template": "evalc.html", "hide": ["navigation"], "search": {"exclude": True}}

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing: there is no source."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing yet: untrusted text never meets Markdown."""

    def finish(self) -> Page:
        """The page, made now, with what a theme shows around it set."""
        page = self.finished = self.make()
        top = AnchorLink(self.title or "", "top", 1)
        top.children = [AnchorLink(_inert(anchor.title), anchor.id, 2) for anchor in page.anchors]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = {"top", *(anchor.id for anchor in page.anchors), *page.places}
        self.meta["description"] = _inert(page.description)
        if len(page.anchors) < _WORTH_A_TABLE:
            self.meta["hide"] = ["navigation", "toc"]
        return page


class EvalcPlugin(BasePlugin[EvalcOptions]):  # type: ignore[no-untyped-call]  # As above.
    """Makes the library, the vendors and the evals from specs and results, as pages that never meet Markdown."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remembers the command. That this method is here keeps the instance over the rebuilds of `serve`."""
        self._is_served = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds the theme's templates behind the site's own, and the folders to watch."""
        templates = str(asset_folder("theme", loose="site/theme") / "mkdocs")
        if templates not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, templates)
        if self.config.reference and config.nav is not None:
            config.nav = [*config.nav, navigation()]
        for folder in (self._folder(config, self.config.specs), self._folder(config, self.config.results)):
            # MkDocs empties the folder that it builds into.
            if folder.is_relative_to(Path(config.site_dir).resolve()):
                raise PluginError(f"evalc: {folder} lies in the site_dir {config.site_dir}, which MkDocs empties")
            if folder.exists() and str(folder) not in config.watch:
                config.watch.append(str(folder))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a file for each page of the catalog, and what their pages need."""
        self._library = library = self.read_library(config)
        self._found: list[dict[str, str]] = []
        for path, content in read_assets():
            files.append(File.generated(config, path, content=content))
        if self.config.reference:
            for page in all_pages():
                files.append(File.generated(config, page.path, content=page.text))
        for kind in page_types():
            for subject in kind.subjects(library):
                path = kind.path(subject)
                # Only the library may stand in a navigation: Material prints all of it into every page.
                is_listed = path == LIBRARY_PATH
                inclusion = InclusionLevel.UNDEFINED if is_listed else InclusionLevel.NOT_IN_NAV
                file = File.generated(config, f"{path}index.md", content="", inclusion=inclusion)
                make = partial(kind.render, library, subject)
                file.page = CatalogPage(kind.title(library, subject), file, config, make=make)
                files.append(file)
        return files

    def read_library(self, config: MkDocsConfig) -> Library:
        """The catalog and the report that the site shows."""
        root = self._folder(config, self.config.specs)
        if not root.is_dir():
            raise PluginError(f"evalc: there is no folder {root}; the plug-in's option `specs` names another one")
        # Pages show places as they are in the repository, wherever MkDocs was started.
        prefix = root.relative_to(_home(config)).as_posix() if root.is_relative_to(_home(config)) else root.name
        compilation = compile_catalog(CatalogFolder(root, prefix))
        for finding in compilation.findings:
            line, column = finding.source.position(finding.span.start)
            level = logging.INFO if finding.level == "advice" else logging.WARNING
            _log.log(level, f"{finding.source.name}:{line}:{column}: {finding.message} [{finding.code.name}]")
        report, problems = load_report(self._folder(config, self.config.results))
        for problem in problems:
            _log.warning(problem)
        return Library(
            compilation.catalog,
            report,
            address=config.site_url or "",
            repository=_repository(config),
            logos=_read_logos(compilation.catalog, root),
        )

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Makes a page of the catalog, just before it is written."""
        if isinstance(page, CatalogPage):
            made = page.finish()
            entry = {"location": page.url, "title": page.title or "", "text": _inert(made.summary)}
            self._found.append(entry)
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Gives the finished page its policy, and lets go of what was made for it."""
        if not isinstance(page, CatalogPage):
            return self._finish(output, config) if _obeys(config) else _name_search(output)
        assert page.finished is not None, page
        untrusted = (str(page.finished.head), str(page.finished.body))
        page.finished = None
        return self._finish(output, config, untrusted)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Gives the page for unknown addresses its policy."""
        if template_name == "404.html" and _obeys(config):
            return self._finish(output, config)
        return output

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the copies for machines, and the catalog's entries into the index that the search plug-in wrote."""
        site = Path(config.site_dir)
        for kind in page_types():
            for subject in kind.subjects(self._library):
                for copy in kind.copies(self._library, subject):
                    file = site / copy.path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(copy.text, encoding="utf-8")
        index = site / "search" / "search_index.json"
        if index.is_file():
            content = json.loads(index.read_text("utf-8"))
            ours = {entry["location"] for entry in self._found}
            content["docs"] = [entry for entry in content["docs"] if entry["location"] not in ours] + self._found
            index.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")

    def _finish(self, output: str, config: MkDocsConfig, untrusted: tuple[str, ...] = ()) -> str:
        output = _name_search(output)
        # The script that reloads a served page stands in the page itself.
        if self._is_served:
            return output
        trusted = output
        for part in untrusted:
            trusted = trusted.replace(part, "")
        policy = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{content_policy(trusted)}">'
        return output.replace(_CHARSET, policy, 1)

    def _folder(self, config: MkDocsConfig, path: str) -> Path:
        return (_home(config) / path).resolve()


def _home(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _read_logos(catalog: Catalog, root: Path) -> dict[str, str]:
    logos = {}
    for vendor in catalog.vendors:
        if vendor.logo:
            try:
                content = read_bytes(root, vendor.logo, limit=LOGO_LIMIT)
            except ReadProblem as problem:
                _log.warning(f"the logo of {vendor.name}: {problem}")
            else:
                logos[vendor.name] = picture_address(vendor.logo, content)
    return logos


def _inert(text: str) -> str:
    return html.escape(make_legible(text))


def _name_search(output: str) -> str:
    return output.replace(_NAMELESS_SEARCH, _NAMED_SEARCH, 1)


def _obeys(config: MkDocsConfig) -> bool:
    """Whether the site's own pages load nothing from elsewhere, so that a policy does not break them."""
    files = [*config.extra_css, *map(str, config.extra_javascript)]
    return config.theme.get("font") is False and not any("//" in file for file in files)


def _repository(config: MkDocsConfig) -> str:
    """The address that a spec's path is appended to, where the site's repository has pages for files."""
    address = (config.repo_url or "").rstrip("/")
    if address.startswith("https://github.com/"):
        return f"{address}/blob/HEAD/"
    return f"{address}/-/blob/HEAD/" if address.startswith("https://gitlab.com/") else ""
