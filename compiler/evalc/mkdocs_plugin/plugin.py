"""The plug-in: puts the pages of a catalog into a site."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from evalc.api.verdicts.proofs import PROOFS_FOLDER
from evalc.base.assets import asset_folder
from evalc.mkdocs_plugin.frame import add_policy, name_search, obeys_policy
from evalc.mkdocs_plugin.page import CatalogPage, inert
from evalc.mkdocs_plugin.search import SearchEntry, add_entries
from evalc.mkdocs_plugin.serving import PagesOnDemand
from evalc.mkdocs_plugin.source import Sources, folder_of
from evalc.pages._address import LIBRARY_PATH
from evalc.pages._files import page_types, read_assets
from evalc.pages.contract import Library, PageType
from evalc.reference.pages import all_pages, navigation


class EvalcOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but what makes a subclass.
    """What `mkdocs.yml` may say; paths start at its folder."""

    specs = config_options.Type(str, default="specs")
    results = config_options.Type(str, default="results")
    proofs = config_options.Type(str, default=PROOFS_FOLDER)
    reference = config_options.Type(bool, default=False)


class EvalcPlugin(BasePlugin[EvalcOptions]):  # type: ignore[no-untyped-call]  # As above.
    """Makes the library, the vendors and the evals from specs and results, as pages that never meet Markdown."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remembers the command. That this method is here keeps the instance over the rebuilds of `serve`."""
        self._is_served = command == "serve"
        self._on_demand = PagesOnDemand()
        self._sources: Sources | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds the theme's templates behind the site's own, and the folders to watch."""
        templates = str(asset_folder("theme", loose="site/theme") / "mkdocs")
        if templates not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, templates)
        if self.config.reference and config.nav is not None:
            config.nav = [*config.nav, navigation()]
        for folder in (folder_of(config, self.config.specs), folder_of(config, self.config.results)):
            # MkDocs empties the folder that it builds into.
            if folder.is_relative_to(Path(config.site_dir).resolve()):
                raise PluginError(f"evalc: {folder} lies in the site_dir {config.site_dir}, which MkDocs empties")
            if folder.exists() and str(folder) not in config.watch:
                config.watch.append(str(folder))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Lets requests wait until everything is there again."""
        self._on_demand.begin()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a file for each page of the catalog, and what their pages need."""
        self._library = library = self.read_library(config)
        self._found: list[SearchEntry] = []
        for path, content in read_assets():
            files.append(File.generated(config, path, content=content))
        if self.config.reference:
            for page in all_pages():
                files.append(File.generated(config, page.path, content=page.text))
        subjects = [(kind, subject) for kind in page_types() for subject in kind.subjects(library)]
        # Only the library may stand in a navigation: Material prints all of it into every page.
        listed = [(kind, subject) for kind, subject in subjects if kind.path(subject) == LIBRARY_PATH]
        others = [(kind, subject) for kind, subject in subjects if kind.path(subject) != LIBRARY_PATH]
        for place in listed:
            files.append(self._file(place, config, inclusion=InclusionLevel.UNDEFINED))
        if self._is_served:
            for file in self._on_demand.offer(library, others, config=config):
                files.append(file)
            return files
        for place in others:
            files.append(self._file(place, config, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def read_library(self, config: MkDocsConfig) -> Library:
        """The catalog and the report that the site shows."""
        if self._sources is None:
            self._sources = Sources(
                config, specs=self.config.specs, results=self.config.results, proofs=self.config.proofs
            )
        return self._sources.read(config)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remembers the navigation."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remembers what pages of a served site are made with."""
        self._on_demand.prepare(config, files, nav=self._nav, environment=env)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Makes a page of the catalog, just before it is written."""
        if isinstance(page, CatalogPage):
            made = page.finish()
            # A page without a summary is found on another one: a case in the library's own search.
            if made.summary:
                self._found.append({"location": page.url, "title": page.title or "", "text": inert(made.summary)})
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Gives the finished page its policy, and lets go of what was made for it."""
        named = name_search(output)
        if not isinstance(page, CatalogPage):
            return self._add_policy(named) if obeys_policy(config) else named
        assert page.finished is not None, page
        untrusted = (str(page.finished.head), str(page.finished.body))
        page.finished = None
        return self._add_policy(named, untrusted)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Gives the page for unknown addresses its policy."""
        if template_name == "404.html" and obeys_policy(config):
            return self._add_policy(name_search(output))
        return output

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the copies for machines, and the catalog's entries into the index that the search plug-in wrote."""
        if self._is_served:
            self._found += self._on_demand.entries()
        else:
            self._write_copies(Path(config.site_dir))
        add_entries(Path(config.site_dir), self._found)
        self._on_demand.end()

    def on_build_error(self, *, error: Exception) -> None:
        """Lets requests go on, with what is there."""
        self._on_demand.end()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[MkDocsConfig | None], None]
    ) -> LiveReloadServer:
        """Makes pages when they are asked for."""
        server.set_app(self._on_demand.wrap(server.serve_request, server.mount_path))
        return server

    def _file(self, place: tuple[PageType, str], config: MkDocsConfig, *, inclusion: InclusionLevel) -> File:
        kind, subject = place
        file = File.generated(config, f"{kind.path(subject)}index.md", content="", inclusion=inclusion)
        make = partial(kind.render, self._library, subject)
        file.page = CatalogPage(kind.title(self._library, subject), file, config, make=make)
        return file

    def _write_copies(self, site: Path) -> None:
        for kind in page_types():
            for subject in kind.subjects(self._library):
                for copy in kind.copies(self._library, subject):
                    file = site / copy.path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(copy.text, encoding="utf-8")

    def _add_policy(self, output: str, untrusted: tuple[str, ...] = ()) -> str:
        # The script that reloads a served page stands in the page itself.
        return output if self._is_served else add_policy(output, untrusted)
