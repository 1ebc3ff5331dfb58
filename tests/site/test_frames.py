"""A theme's frame that is made once for many pages: the same bytes as if the theme had made each of them."""

from pathlib import Path

from evalc.mkdocs_plugin.frame import squeeze
from tests.pages.example import example_library
from tests.site.building import build_site

SETTINGS = """
site_name: x
repo_url: https://github.com/acme/evals
edit_uri: edit/main/docs/
theme:
  name: material
  features: [navigation.tabs, navigation.path]
  custom_dir: own
"""


def make_settings(folder: Path, *, more: str = "", main: str = "") -> Path:
    """The settings of a site with one page and a template of its own."""
    (folder / "docs").mkdir()
    (folder / "own").mkdir()
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    if main:
        (folder / "own" / "main.html").write_text('{% extends "base.html" %}' + main, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS + more, "utf-8")
    return folder / "mkdocs.yml"


def pages_of(site: Path) -> dict[str, str]:
    """All pages by their paths."""
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*.html")}


def test_frames_give_what_the_theme_gives_page_by_page(tmp_path: Path) -> None:
    """A hook that looks at pages has each made by the theme, which nobody may see a difference in."""
    quick, slow = tmp_path / "quick", tmp_path / "slow"
    quick.mkdir()
    slow.mkdir()
    (slow / "hook.py").write_text("def on_post_page(output, page, config):\n    return output\n", "utf-8")
    framed = build_site(example_library(), quick, settings=make_settings(quick))
    made = build_site(example_library(), slow, settings=make_settings(slow, more="hooks: [hook.py]\n"))

    assert len(pages_of(framed)) > 20
    assert pages_of(made) == pages_of(framed)


def test_a_hook_sees_each_page(tmp_path: Path) -> None:
    """What somebody else wants to do to all pages is done to the catalog's too."""
    hook = "def on_post_page(output, page, config):\n    return output + f'<!-- seen {page.url} -->'\n"
    (tmp_path / "hook.py").write_text(hook, "utf-8")
    site = build_site(example_library(), tmp_path, settings=make_settings(tmp_path, more="hooks: [hook.py]\n"))

    for path, html in pages_of(site).items():
        if path != "404.html":
            assert html.endswith(f"<!-- seen {path.removesuffix('index.html')} -->"), path


def test_a_theme_that_measures_titles_is_asked_for_each_page(tmp_path: Path) -> None:
    """The frame would hold the length of a title that no page has."""
    main = "{% block announce %}{{ page.title | length }} letters{% endblock %}"
    site = build_site(example_library(), tmp_path, settings=make_settings(tmp_path, main=main))
    found = {path: html for path, html in pages_of(site).items() if path.startswith("evals/harborline/")}

    assert len(found) > 5
    for path, html in found.items():
        title = html.partition("<title>")[2].partition(" - x</title>")[0]
        assert f"{len(title)} letters" in html, path


def test_a_theme_may_print_the_address_of_a_page(tmp_path: Path) -> None:
    """A link to share it, for example."""
    main = '{% block announce %}<a href="https://share.example/?of={{ page.canonical_url }}">share</a>{% endblock %}'
    site = build_site(example_library(), tmp_path, settings=make_settings(tmp_path, main=main))
    html = (site / "evals" / "harborline" / "deployments" / "refuses-key-sharing" / "index.html").read_text("utf-8")

    assert "?of=https://evals.example.org/evals/harborline/deployments/refuses-key-sharing/" in html


def test_an_eval_in_the_navigation_is_a_page_of_it(tmp_path: Path) -> None:
    """Somebody may want to lead to the one that matters."""
    more = "nav: [index.md, {The one: evals/harborline/deployments/index.md}]\n"
    site = build_site(example_library(), tmp_path, settings=make_settings(tmp_path, more=more))
    html = (site / "evals" / "harborline" / "deployments" / "index.html").read_text("utf-8")

    assert "md-tabs__item--active" in html
    assert 'href="evals/harborline/deployments/"' in (site / "index.html").read_text("utf-8")


def test_a_frame_is_not_indented_and_what_is_written_with_spaces_stays() -> None:
    """Of a page that is short most would be blank; but in code each space counts."""
    body = "<article>\n\n  our own\n</article>"
    code = "<pre>\n  one\n\n    two\n</pre>"
    script = "<script>\n  `a\n   b`\n</script>"
    output = f"<head>\n    \n      {script}\n  </head>\n\n  {body}\n\n  <nav>\n    {code} <b>x</b>\n  </nav>\n"

    assert f"<head>\n{script}\n</head>\n{body}\n<nav>\n{code} <b>x</b>\n</nav>\n" == squeeze(output, ["<meta>", body])
