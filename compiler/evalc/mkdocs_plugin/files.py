"""Files of a site with those of a catalog, which are made when somebody asks for them."""

from collections.abc import Callable, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

PAGE = "index.html"
SOURCE = "index.md"


class LazyFile(File):
    """A page that links can lead to, and that MkDocs does not make."""

    generated_by = "evalc"

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: the catalog's pages are written by the plug-in."""


class CatalogFiles(Files):
    """The files of a site, and behind them the pages of a catalog by their paths below the site's root.

    Ten thousand of them would take MkDocs longer than writing them. So one becomes a file when it is asked for: a page
    like any other where the navigation asks, and else the mere end of a link.
    """

    def __init__(
        self,
        files: Iterable[File],
        paths: Iterable[str],
        *,
        listed: Callable[[str], File],
        linked: Callable[[str], File],
    ) -> None:
        super().__init__(files)
        self._paths = frozenset(paths)
        self._listed = listed
        self._linked = linked
        self._ends: dict[str, File] = {}
        self._has_navigation = False

    @property
    def linked(self) -> Iterable[File]:
        """The ends of links that were asked for until now."""
        return self._ends.values()

    def get_file_from_path(self, path: str) -> File | None:
        """The file of a path below the folder of pages, or None."""
        found = super().get_file_from_path(path)
        place = path.removesuffix(SOURCE)
        if found or place == path or place not in self._paths:
            return found
        if not self._has_navigation:
            self.append(file := self._listed(place))
            return file
        return self._ends.get(place) or self._ends.setdefault(place, self._linked(place))

    def end_navigation(self) -> None:
        """From here on it is only links that ask."""
        self._has_navigation = True

    def holds(self, path: str) -> bool:
        """Whether the page of a path below the site's root is one of those that MkDocs makes."""
        return super().get_file_from_path(path + SOURCE) is not None


def lazy_file(config: MkDocsConfig, path: str) -> LazyFile:
    """A file for a page of the catalog that MkDocs does not make."""
    return LazyFile(
        path + SOURCE,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=config.use_directory_urls,
        dest_uri=path + PAGE,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


def page_url(config: MkDocsConfig, path: str) -> str:
    """The address of a page of the catalog below the site's root."""
    return path if config.use_directory_urls else path + PAGE
