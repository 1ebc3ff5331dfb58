"""The plug-in in MkDocs: what it adds to a site, what it keeps out, and what it refuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from socket import socket
from time import sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from evalc.mkdocs_plugin import EvalcPlugin
from evalc.pages._files import page_types
from tests.pages.example import LOGO, example_library
from tests.pages.reading import parse
from tests.site.building import build_site


def test_evals_are_not_in_the_navigation(site: Path) -> None:
    """Material writes the whole of it into every page, which is quadratic."""
    tree = parse((site / "evals" / "harborline" / "deployments" / "index.html").read_text("utf-8"))
    [navigation] = [each for each in tree.iter("nav") if "md-nav--primary" in each.get("class", "")]
    links = [link for each in navigation.iter("a") if not (link := each.get("href", "")).startswith("#")]

    assert any(link.endswith("../") for link in links)
    assert [] == [link for link in links if "deployments" in link or "lumen" in link]


def test_the_search_knows_a_summary_of_each_page_and_no_answer(site: Path) -> None:
    """Whole bodies made an index of 55 MB at 5,000 pages, loaded on every view."""
    docs = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    ours = {entry["location"]: entry for entry in docs if entry["location"].startswith("evals/")}
    deployments = ours["evals/harborline/deployments/"]

    assert 8 == len(ours)
    assert "Deployments &amp; Environments — Harborline" == deployments["title"]
    assert "Tool Selection" in deployments["text"]
    assert "Watch the error rate" not in json.dumps(ours)


def test_the_sitemap_has_every_page(site: Path) -> None:
    """Search engines find evals although no navigation has them."""
    tree = ElementTree.parse(site / "sitemap.xml")
    found = {element.text for element in tree.iter() if element.tag.endswith("loc")}

    assert "https://evals.example.org/evals/harborline/deployments/" in found


def test_every_page_of_the_site_has_a_policy_and_a_named_search(site: Path) -> None:
    """Hand-written pages and the one for unknown addresses too."""
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")

        assert 1 == html.count('http-equiv="Content-Security-Policy"'), file
        assert 'role="dialog" aria-label="Search"' in html, file


def test_pages_have_their_title_and_description(site: Path) -> None:
    """What a search engine and a tab show."""
    html = (site / "evals" / "harborline" / "deployments" / "index.html").read_text("utf-8")

    assert "<title>Deployments &amp; Environments — Harborline - evalc</title>" in html
    assert '<meta name="description" content="Nine scenarios on promoting,' in html
    assert '<link rel="canonical" href="https://evals.example.org/evals/harborline/deployments/">' in html


def test_whole_pages_are_valid_html(site: Path) -> None:
    """The theme's frame around our part included."""
    library = example_library()
    made = {f"{kind.path(subject)}index.html" for kind in page_types() for subject in kind.subjects(library)}
    there = {file.relative_to(site).as_posix(): file for file in site.rglob("*.html")}

    assert made | {"404.html", "index.html", "tutorial/index.html"} <= there.keys()
    for file in there.values():
        parse(file.read_text("utf-8"))


def test_copies_lie_beside_their_pages(site: Path) -> None:
    """The addresses that pages link to."""
    assert (site / "evals" / "catalog.json").is_file()
    assert (site / "evals" / "harborline" / "deployments" / "eval.json").is_file()
    case = site / "evals" / "harborline" / "deployments" / "promote-validated-build"
    assert ["answer.2.1.1.txt", "index.html"] == sorted(path.name for path in case.iterdir())


def test_a_site_built_twice_is_the_same(site: Path, tmp_path: Path) -> None:
    """Byte for byte, but for the theme's own stamps of time."""
    again = build_site(example_library(), tmp_path)
    paths = [path.relative_to(site) for path in sorted((site / "evals").rglob("*")) if path.is_file()]

    assert [] == [path for path in paths if (site / path).read_bytes() != (again / path).read_bytes()]
    assert len(paths) > 10


def test_a_folder_of_sources_in_the_output_is_refused(tmp_path: Path) -> None:
    """MkDocs would delete the specs, and say nothing."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "out"))
    plugin = EvalcPlugin()
    plugin.load_config({"specs": "out/specs"})

    with pytest.raises(PluginError, match="which MkDocs empties"):
        plugin.on_config(config)


def test_a_site_may_replace_our_template(tmp_path: Path) -> None:
    """A folder of the site's own comes first."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "evalc.html").write_text('{% extends "main.html" %}{% block container %}OWN{% endblock %}', "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# x\n", "utf-8")
    settings = "site_name: x\ntheme:\n  name: material\n  custom_dir: own\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    site = build_site(example_library(), tmp_path, settings=tmp_path / "mkdocs.yml")

    assert "OWN" in (site / "evals" / "index.html").read_text("utf-8")


def test_a_page_of_a_guide_can_link_to_an_eval_and_is_told_of_a_wrong_link(tmp_path: Path) -> None:
    """Strict builds see links in both directions."""
    docs = tmp_path / "docs"
    docs.mkdir()
    right = "[a](evals/harborline/deployments/index.md#case-handover-note)"
    wrong = "[b](evals/harborline/deployments/index.md#case-missing)"
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: x\nstrict: true\nvalidation: {links: {anchors: warn}}\n", encoding="utf-8")
    (docs / "index.md").write_text(f"# x\n\n{right}\n", "utf-8")
    build_site(example_library(), tmp_path, settings=settings)
    (docs / "index.md").write_text(f"# x\n\n{right} {wrong}\n", "utf-8")

    with pytest.raises(BaseException, match="1 warning"):
        build_site(example_library(), tmp_path, settings=settings)


SPEC = """
vendor acme: Acme
  logo: file "logo.svg"

eval greetings: Greetings
  for: acme
  category: Support Agent
  version: 1.0.0
  about:
    Whether an assistant greets.

case hello: Says hello
  severity: low
  input:
    Hello!
  must contain "hello"
  good:
    Hello to you.
  bad:
    Go away.
"""


def make_workspace(folder: Path, spec: str = SPEC) -> Path:
    """A workspace with one spec, its vendor's logo, and a site."""
    (folder / "specs" / "acme").mkdir(parents=True)
    (folder / "specs" / "acme" / "greetings.evalc").write_text(spec.lstrip("\n"), "utf-8")
    (folder / "specs" / "acme" / "logo.svg").write_bytes(LOGO)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Home\n\n[all](evals/index.md)\n", "utf-8")
    settings = "site_name: x\ntheme: material\nplugins: [search, evalc]\nrepo_url: https://github.com/acme/evals\n"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return folder


def run_mkdocs(folder: Path) -> subprocess.CompletedProcess[str]:
    """What MkDocs says when it is started outside of the workspace, as a pipeline may."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(folder / "mkdocs.yml")]
    environment = {"PATH": os.environ["PATH"], "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)


def test_a_workspace_becomes_a_site_with_two_lines_of_settings(tmp_path: Path) -> None:
    """Specs alone are enough: no results, no key, no network."""
    folder = make_workspace(tmp_path)
    found = run_mkdocs(folder)
    html = (folder / "site" / "evals" / "acme" / "greetings" / "index.html").read_text("utf-8")

    assert 0 == found.returncode, found.stderr
    assert "not been run yet" in html
    assert 'src="data:image/svg+xml;base64,' in html
    assert "https://github.com/acme/evals/blob/HEAD/specs/acme/greetings.evalc#L4" in html
    assert str(tmp_path) not in html
    case = (folder / "site" / "evals" / "acme" / "greetings" / "hello" / "index.html").read_text("utf-8")
    assert "https://github.com/acme/evals/edit/master/specs/acme/greetings.evalc#L11" in case


def test_a_mistake_in_a_spec_fails_a_strict_build_with_its_place(tmp_path: Path) -> None:
    """A catalog that leaves out an eval without a word would be taken for all there is."""
    folder = make_workspace(tmp_path, SPEC.replace("must contain", "must contains"))
    found = run_mkdocs(folder)

    assert 1 == found.returncode
    assert "specs/acme/greetings.evalc:15:" in found.stderr
    assert "unknown-verb" in found.stderr


def test_a_workspace_without_specs_is_told_which_option_to_set(tmp_path: Path) -> None:
    """The folder may be called something else."""
    folder = make_workspace(tmp_path)
    shutil.move(folder / "specs", folder / "evals")
    found = run_mkdocs(folder)

    assert 1 == found.returncode
    assert f"there is no folder {folder.resolve()}/specs" in found.stderr
    assert "the plug-in's option `specs` names another one" in found.stderr


def test_a_link_as_a_logo_is_not_followed(tmp_path: Path) -> None:
    """A pull request must not publish a file of the machine that builds."""
    folder = make_workspace(tmp_path)
    secret = tmp_path / "secret.svg"
    secret.write_text("secret", "utf-8")
    (folder / "specs" / "acme" / "logo.svg").unlink()
    (folder / "specs" / "acme" / "logo.svg").symlink_to(secret)
    found = run_mkdocs(folder)

    assert 1 == found.returncode
    assert not (folder / "site" / "evals" / "acme" / "greetings" / "index.html").is_file()


def test_a_changed_spec_shows_while_the_site_is_served(tmp_path: Path) -> None:
    """An author sees the page while writing, and the pages of the rest are still there."""
    folder = make_workspace(tmp_path)
    (folder / "own").mkdir()
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    assert "plugins: [search, evalc]" in settings
    with_own = settings.replace("plugins: [search, evalc]", "plugins: [search, evalc: {templates: own}]")
    (folder / "mkdocs.yml").write_text(with_own, "utf-8")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(folder / "mkdocs.yml"), "-a", address, "--livereload"]
    environment = {"PATH": os.environ["PATH"], "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            index = read_until(f"http://{address}/search/search_index.json", "evals/acme/greetings/")
            first = read_until(f"http://{address}/evals/acme/greetings/", "Says hello")
            spec = folder / "specs" / "acme" / "greetings.evalc"
            spec.write_text(spec.read_text("utf-8").replace("Says hello", "Waves"), "utf-8")
            second = read_until(f"http://{address}/evals/acme/greetings/", "Waves")
            case = read_until(f"http://{address}/evals/acme/greetings/hello/", "Waves")
            copy = read_until(f"http://{address}/evals/acme/greetings/eval.json", "Waves")
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"http://{address}/evals/acme/goodbyes/")
            (folder / "own" / "case.html").write_text("{{ cose }}", "utf-8")
            broken = read_until(f"http://{address}/evals/acme/greetings/hello/", "there is no value `cose`")
        finally:
            server.terminate()

    assert "Support Agent \u00b7 Whether an assistant greets." in json.dumps(json.loads(index), ensure_ascii=False)
    assert f"{folder}/own/case.html:1: there is no value `cose` here; did you mean `case`?\n" == broken
    assert "Waves" not in first
    assert "Says hello" not in second
    assert "Says hello" not in case + copy


def read_until(address: str, words: str) -> str:
    """The page at an address, once it is there and has these words."""
    text = ""
    for _ in range(600):
        try:
            with urlopen(address) as response:
                text = response.read().decode()
        except HTTPError as error:
            text = error.read().decode()
        except URLError as error:
            text = str(error)
        if words in text:
            return text
        sleep(0.1)
    raise AssertionError(f"{words!r} never came, but {text[:200]!r}")
