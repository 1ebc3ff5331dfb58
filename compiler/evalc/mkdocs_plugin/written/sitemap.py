"""The catalog's pages in a site's map for search engines."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

ADDRESSES_A_FILE = 50_000
"""How many addresses one file may hold, says https://www.sitemaps.org/protocol.html."""

_END = "</urlset>"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def add_addresses(written: str, addresses: Sequence[str], *, folder: Path, base: str) -> str:
    """A map with these addresses, or the index of several where one would hold too many, which lie in the folder.

    Args:
        written: The map of the site's other pages.
        base: The address of the folder, with `/` at the end.
    """
    if not addresses or _END not in written:
        return written
    start, _, tail = written.rpartition(_END)
    if written.count("<loc>") + len(addresses) <= ADDRESSES_A_FILE:
        return f"{start}{_entries(addresses)}{_END}{tail}"
    parts = [addresses[at : at + ADDRESSES_A_FILE] for at in range(0, len(addresses), ADDRESSES_A_FILE)]
    maps = [written, *(f"{_HEAD}<urlset {_SPACE}>\n{_entries(part)}{_END}\n" for part in parts)]
    names = [f"sitemap-{number}.xml" for number in range(len(maps))]
    for name, text in zip(names, maps, strict=True):
        (folder / name).write_text(text, "utf-8")
    listed = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in names)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{listed}</sitemapindex>\n"


def _entries(addresses: Sequence[str]) -> str:
    return "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
