"""Every link of a built site leads somewhere: to a file that is there, and to a place that is in it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.site.building import build_site

_ADDRESSES = ("href", "src", "data-ev-library")


class _Reader(HTMLParser):
    """The places and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            if name in _ADDRESSES and value:
                self.links.append(value)


def broken_links(site: Path, address: str) -> Iterator[str]:
    """Each link of a site that leads nowhere, behind its page; the site thinks that it is at this address."""
    pages = {path: read(path) for path in sorted(site.rglob("*.html"))}
    base = urlsplit(address).path
    for page, reader in pages.items():
        for link in dict.fromkeys(reader.links):
            parts = urlsplit(link.removeprefix(address) if link.startswith(address) else link)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            start = site if path.startswith("/") or link.startswith(address) else page.parent
            target = (start / path.removeprefix(base).lstrip("/")).resolve() if path else page
            target = target / "index.html" if target.is_dir() else target
            fragment = unquote(parts.fragment)
            if not target.is_file() or (fragment and target in pages and fragment not in pages[target].places):
                yield f"{page.relative_to(site)}: {link}"


def read(page: Path) -> _Reader:
    """A page with its places and links."""
    reader = _Reader()
    reader.feed(page.read_text("utf-8"))
    return reader


def test_no_link_of_the_site_is_broken(site: Path) -> None:
    """Those of the catalog, of the guide, of the reference, and of the theme around them."""
    broken = list(broken_links(site, "https://evals.example.org/"))

    assert [] == broken
    assert sum(len(read(page).links) for page in site.rglob("*.html")) > 1000


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A walk that finds nothing proves nothing."""
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<p id="x"><a href="a/#y">1</a><a href="b/">2</a><a href="#x">3</a>', "utf-8")
    (tmp_path / "a" / "index.html").write_text('<a href="../#x">1</a><a href="/a/">2</a><img src="no.png">', "utf-8")

    assert ["a/index.html: no.png", "index.html: a/#y", "index.html: b/"] == list(broken_links(tmp_path, "https://x/"))


def test_every_page_of_the_catalog_is_reached_from_the_first(site: Path) -> None:
    """A page that nothing leads to is found by nobody; only those at former addresses lead away instead."""
    seen: set[Path] = set()
    waiting = [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in read(page).links:
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                target = (page.parent / unquote(parts.path)).resolve()
                target = target / "index.html" if target.is_dir() else target
                if target.suffix == ".html" and target.is_file():
                    waiting.append(target)

    lost = [page for page in sorted(site.rglob("*.html")) if page not in seen and page.name != "404.html"]

    assert [] == [page.relative_to(site) for page in lost if 'http-equiv="refresh"' not in page.read_text("utf-8")]


def test_a_theme_without_our_frame_has_no_broken_link(tmp_path: Path) -> None:
    """The theme that MkDocs has of itself, as somebody's site may use it."""
    from tests.pages.example import example_library

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# x\n\n[all](evals/index.md)\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: mkdocs\n", encoding="utf-8")
    site = build_site(example_library(), tmp_path, settings=tmp_path / "mkdocs.yml")

    assert [] == [link for link in broken_links(site, "https://evals.example.org/") if not link.startswith("404.html")]
