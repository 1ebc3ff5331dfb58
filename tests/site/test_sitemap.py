"""The map of a site for search engines, of which one file may hold 50,000 addresses."""

from pathlib import Path
from xml.etree import ElementTree

from evalc.mkdocs_plugin.written.sitemap import add_addresses

BASE = "https://evals.example.org/"
WRITTEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>{BASE}</loc></url>\n</urlset>"
)


def addresses_in(text: str) -> list[str]:
    """What a map or an index of maps leads to."""
    return [found.text or "" for found in ElementTree.fromstring(text).iter() if found.tag.endswith("}loc")]


def test_a_small_catalog_has_one_map(tmp_path: Path) -> None:
    """Its pages stand behind those that MkDocs knows."""
    found = add_addresses(WRITTEN, [f"{BASE}evals/a/b/", f"{BASE}evals/?a&b"], folder=tmp_path, base=BASE)

    assert [BASE, f"{BASE}evals/a/b/", f"{BASE}evals/?a&b"] == addresses_in(found)
    assert [] == list(tmp_path.iterdir())


def test_a_large_catalog_has_an_index_of_maps(tmp_path: Path) -> None:
    """Each of them holds no more than it may, and all addresses are in one."""
    addresses = [f"{BASE}evals/a/b/{number}/" for number in range(120_000)]
    index = add_addresses(WRITTEN, addresses, folder=tmp_path, base=BASE)
    maps = [addresses_in((tmp_path / name.removeprefix(BASE)).read_text("utf-8")) for name in addresses_in(index)]

    assert "<sitemapindex " in index
    assert [1, 50_000, 50_000, 20_000] == [len(each) for each in maps]
    assert [BASE, *addresses] == [address for each in maps for address in each]


def test_a_map_of_another_kind_stays_as_it_is(tmp_path: Path) -> None:
    """A theme may have a template of its own."""
    assert "<mine/>" == add_addresses("<mine/>", [BASE], folder=tmp_path, base=BASE)
