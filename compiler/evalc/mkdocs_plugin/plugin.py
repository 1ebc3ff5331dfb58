"""The plug-in: puts the pages of a catalog into a site."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from evalc.api.verdicts.proofs import PROOFS_FOLDER
from evalc.base.assets import asset_folder
from evalc.base.memory.collecting import keeping_all
from evalc.mkdocs_plugin.files import SOURCE, CatalogFiles, lazy_file, page_url
from evalc.mkdocs_plugin.frame import add_policy, name_search, obeys_policy, squeeze
from evalc.mkdocs_plugin.page import CatalogPage
from evalc.mkdocs_plugin.search import SearchEntry, add_entries, entry_of
from evalc.mkdocs_plugin.serving import PagesOnDemand
from evalc.mkdocs_plugin.source import (
    KEPT,
    Sources,
    broken_templates_stop,
    folder_of,
    keeping_of,
    read_own_templates,
)
from evalc.mkdocs_plugin.written.inputs import Inputs
from evalc.mkdocs_plugin.written.kept import KeptSite, Written
from evalc.mkdocs_plugin.written.sitemap import add_addresses
from evalc.mkdocs_plugin.written.wrapping import SiteParts
from evalc.mkdocs_plugin.written.writing import SiteWriter, by_owner, can_have_cards, forget_cards
from evalc.pages._address import LIBRARY_PATH
from evalc.pages._card import CARDS_PATH
from evalc.pages._environment import use_templates
from evalc.pages._files import page_types, read_assets
from evalc.pages.contract import Library
from evalc.reference.pages import all_pages, navigation


class EvalcOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but what makes a subclass.
    """What `mkdocs.yml` may say; paths start at its folder."""

    specs = config_options.Type(str, default="specs")
    results = config_options.Type(str, default="results")
    proofs = config_options.Type(str, default=PROOFS_FOLDER)
    templates = config_options.Type(str, default="")
    reference = config_options.Type(bool, default=False)


class EvalcPlugin(BasePlugin[EvalcOptions]):  # type: ignore[no-untyped-call]  # As above.
    """Makes the library, the vendors and the evals from specs and results, as pages that never meet Markdown.

    MkDocs makes the pages that a navigation may hold, and those of somebody's own. All others are written beside them,
    for it would take longer to have them in a list than to make them.
    """

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
        self._own = read_own_templates(config, self.config.templates)
        sources = [folder_of(config, self.config.specs), folder_of(config, self.config.results)]
        sources += [self._own] if self._own else []
        for folder in sources:
            # MkDocs empties the folder that it builds into.
            if folder.is_relative_to(Path(config.site_dir).resolve()):
                raise PluginError(f"evalc: {folder} lies in the site_dir {config.site_dir}, which MkDocs empties")
        for folder in (*sources, folder_of(config, self.config.proofs)):
            if folder.exists() and str(folder) not in config.watch:
                config.watch.append(str(folder))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Lets requests wait, takes the templates that pages are made with, and puts away what the last build wrote."""
        self._on_demand.begin()
        with broken_templates_stop():
            use_templates(self._own)
        self._kept = KeptSite(Path(config.site_dir), keeping_of(folder_of(config, self.config.specs)).folder)
        if not self._is_served:
            self._kept.hide()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the page of the library, what the catalog's pages need, and an end for each link to one of them."""
        self._library = library = self.read_library(config)
        self._found: dict[str, SearchEntry] = {}
        for path, content in read_assets():
            files.append(File.generated(config, path, content=content))
        if self.config.reference:
            for page in all_pages():
                files.append(File.generated(config, page.path, content=page.text))
        self._places = {
            kind.path(subject): (kind, subject) for kind in page_types() for subject in kind.subjects(library)
        }
        self._files = CatalogFiles(
            files, self._places, listed=partial(self._file, config=config), linked=partial(self._end, config=config)
        )
        # Only the library is put into a navigation unasked: Material prints all of it into every page.
        self._files.append(self._file(LIBRARY_PATH, config, inclusion=InclusionLevel.UNDEFINED))
        return self._files

    def read_library(self, config: MkDocsConfig) -> Library:
        """The catalog and the report that the site shows."""
        if self._sources is None:
            self._sources = Sources(
                config, specs=self.config.specs, results=self.config.results, proofs=self.config.proofs
            )
        return replace(self._sources.read(config), has_cards=not self._is_served and can_have_cards(config))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remembers the navigation, and what it has of the catalog."""
        self._nav = nav
        self._files.end_navigation()
        self._others = {path: place for path, place in self._places.items() if not self._files.holds(path)}
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remembers what the catalog's pages are made with, and makes those whose parts a link leads to."""
        self._parts = SiteParts(config, files, self._nav, env)
        if self._is_served:
            self._on_demand.offer(self._library, self._others, parts=self._parts)
        for file in self._files.linked:
            if isinstance(file.page, CatalogPage):
                with broken_templates_stop():
                    file.page.finish()
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Makes a page of the catalog, just before the theme is put around it."""
        if isinstance(page, CatalogPage):
            with broken_templates_stop():
                entry = entry_of(page.finish(), config)
            if entry:
                self._found[entry["location"]] = entry
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Gives the finished page its policy, and lets go of what was made for it."""
        named = name_search(output)
        if not isinstance(page, CatalogPage):
            return self._add_policy(named) if obeys_policy(config) else named
        assert page.finished is not None, page
        untrusted = (str(page.finished.head), str(page.finished.body))
        page.finished = None
        return self._add_policy(squeeze(named, untrusted), untrusted)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Gives the page for unknown addresses its policy, and the sitemap the catalog's pages."""
        if template_name == "404.html" and obeys_policy(config):
            return self._add_policy(name_search(output))
        if template_name == "sitemap.xml" and config.site_url and not self._is_served:
            base = config.site_url.rstrip("/") + "/"
            addresses = [base + page_url(config, path) for path, (kind, _) in self._others.items() if kind.is_listed]
            return add_addresses(output, addresses, folder=Path(config.site_dir), base=base)
        return output

    @event_priority(50)
    def _on_pages_built(self, *, config: MkDocsConfig) -> None:
        """Writes the pages that MkDocs does not make, and the copies for machines, before others look at the site."""
        if not self._is_served:
            self._kept.restore()
            with broken_templates_stop(), keeping_all():
                owners = dict(self._write_owners(config))
            self._kept.finish(owners)

    @event_priority(-50)
    def _on_index_written(self, *, config: MkDocsConfig) -> None:
        """Writes the catalog's entries into the index that the search plug-in wrote."""
        if self._is_served:
            self._found |= {entry["location"]: entry for entry in self._on_demand.entries()}
        add_entries(Path(config.site_dir), list(self._found.values()))
        self._on_demand.end()

    on_post_build = CombinedEvent(_on_pages_built, _on_index_written)

    def on_build_error(self, *, error: Exception) -> None:
        """Lets requests go on, with what is there."""
        self._kept.drop()
        self._on_demand.end()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[MkDocsConfig | None], None]
    ) -> LiveReloadServer:
        """Makes pages when they are asked for."""
        server.set_app(self._on_demand.wrap(server.serve_request, server.mount_path))
        return server

    def _write_owners(self, config: MkDocsConfig) -> Iterator[tuple[str, Written]]:
        """What is there of each owner of pages: written now, or by a build before from the same."""
        cards = folder_of(config, KEPT) / "cards"
        made = self._places.keys() - self._others.keys()
        writer = SiteWriter(self._library, self._parts, made=made, kept=cards)
        inputs = Inputs(self._library, writer.wrapper, own=self._own)
        names: set[str] = set()
        for owner, places in by_owner(list(self._places.values())).items():
            # A page that is in the navigation is made by MkDocs, and its owner's others have no say in that.
            digest = inputs.of(owner) if made.isdisjoint(kind.path(subject) for kind, subject in places) else ""
            written = self._kept.find(owner, digest) or writer.write(owner, places, inputs=digest)
            self._found |= {entry["location"]: entry for entry in written.entries}
            names |= {path.rpartition("/")[2] for path in written.files if path.startswith(CARDS_PATH)}
            yield owner, written
        forget_cards(cards, wanted=names)

    def _file(self, path: str, config: MkDocsConfig, *, inclusion: InclusionLevel = InclusionLevel.NOT_IN_NAV) -> File:
        """A page of the catalog that MkDocs makes."""
        file = File.generated(config, path + SOURCE, content="", inclusion=inclusion)
        return self._with_page(file, path, config)

    def _end(self, path: str, config: MkDocsConfig) -> File:
        """A page of the catalog that a link leads to."""
        file = lazy_file(config, path)
        return file if self._is_served else self._with_page(file, path, config)

    def _with_page(self, file: File, path: str, config: MkDocsConfig) -> File:
        kind, subject = self._places[path]
        make = partial(kind.render, self._library, subject)
        file.page = CatalogPage(kind.title(self._library, subject), file, config, make=make)
        return file

    def _add_policy(self, output: str, untrusted: tuple[str, ...] = ()) -> str:
        # The script that reloads a served page stands in the page itself.
        return output if self._is_served else add_policy(output, untrusted)
