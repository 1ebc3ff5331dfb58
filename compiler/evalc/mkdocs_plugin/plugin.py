"""The plug-in: puts the pages of a catalog into a site."""

import json
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
from mkdocs.utils.templates import TemplateContext

from evalc.base.assets import asset_folder
from evalc.mkdocs_plugin.frame import add_policy, name_search, obeys_policy
from evalc.mkdocs_plugin.page import CatalogPage, inert
from evalc.mkdocs_plugin.source import folder_of, read_library
from evalc.pages._address import LIBRARY_PATH
from evalc.pages._files import page_types, read_assets
from evalc.pages.contract import Library
from evalc.reference.pages import all_pages, navigation


class EvalcOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but what makes a subclass.
    """What `mkdocs.yml` may say; paths start at its folder."""

    specs = config_options.Type(str, default="specs")
    results = config_options.Type(str, default="results")
    reference = config_options.Type(bool, default=False)


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
        for folder in (folder_of(config, self.config.specs), folder_of(config, self.config.results)):
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
        return read_library(config, specs=self.config.specs, results=self.config.results)

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Makes a page of the catalog, just before it is written."""
        if isinstance(page, CatalogPage):
            made = page.finish()
            # A page without a summary is found on another one: a case in the library's own search.
            if made.summary:
                entry = {"location": page.url, "title": page.title or "", "text": inert(made.summary)}
                self._found.append(entry)
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

    def _add_policy(self, output: str, untrusted: tuple[str, ...] = ()) -> str:
        # The script that reloads a served page stands in the page itself.
        return output if self._is_served else add_policy(output, untrusted)
