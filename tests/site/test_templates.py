"""Templates and words of a site's own: what the guide promises, and what is said where they are broken."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from evalc.pages._environment import use_templates
from evalc.pages._files import page_types
from evalc.pages._templates import BrokenTemplate
from evalc.pages.contract import Page
from tests.house.modules import ROOT
from tests.pages.example import catalog_of, example_library
from tests.pages.reading import visible_text
from tests.site.building import HandMadePlugin, build_site

_GUIDE = (ROOT / "site/docs/theme.md").read_text("utf-8")
_TEMPLATES = ROOT / "site/theme/pages"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder of templates; the theme's are taken again after the test."""
    folder = tmp_path / "theme" / "evalc"
    folder.mkdir(parents=True)
    yield folder
    use_templates(None)


def write(own: Path, name: str, text: str) -> None:
    """Writes a template and lets pages be made with it."""
    (own / name).write_text(text, "utf-8")
    use_templates(own)


def page_of(kind: str, number: int = 0) -> Page:
    """The first page of a kind of the library made by hand."""
    library = example_library()
    [found] = [each for each in page_types() if type(each).__module__ == f"evalc.pages.{kind}"]
    return found.render(library, found.subjects(library)[number])


def rows(heading: str) -> list[tuple[str, list[str]]]:
    """The first cell of each row of the guide's table that begins with a heading, and the code in the last one."""
    table = _GUIDE[_GUIDE.index(f"| {heading}") :].split("\n\n")[0].splitlines()[2:]
    cells = [line.strip("| ").split(" | ") for line in table]
    return [(each[0], re.findall(r"`([^`]+)`", each[-1].split(":")[0])) for each in cells]


def test_the_example_of_the_guide_adds_to_a_page(own: Path) -> None:
    """Word for word; everything else stays."""
    before = visible_text(page_of("eval").body)
    example = re.search(r'```html title="theme/evalc/eval.html"\n(.*?)```', _GUIDE, re.DOTALL)
    assert example
    write(own, "eval.html", example[1])
    after = visible_text(page_of("eval").body)

    assert after.startswith(before.rstrip())
    assert "Questions about Deployments & Environments?" in after


def test_the_words_of_the_guide_are_said(own: Path) -> None:
    """In the form that the number asks for."""
    example = re.search(r'```toml title="theme/evalc/words.toml"\n(.*?)```', _GUIDE, re.DOTALL)
    assert example
    write(own, "words.toml", example[1])
    text = visible_text(page_of("eval").body)

    assert "Ergebnisse · " in text
    assert re.search(r"\d Fälle\b", text)
    assert "Results · " not in text


def test_the_guide_lists_all_blocks() -> None:
    """A block that is not written down is not promised, and one that is gone breaks a site."""
    written = dict(rows("template | page"))
    there = {path.name: re.findall(r"{% block (\w+) %}", path.read_text("utf-8")) for path in _TEMPLATES.glob("*.html")}

    assert {name: blocks for name, blocks in there.items() if blocks} == {
        name.strip("`"): blocks for name, blocks in written.items()
    }


def test_the_guide_names_values_that_are_there(own: Path) -> None:
    """On every page of their kind: one that is missing now and then would stop the builds of others."""
    [(_, [root]), *named] = rows("template | values")
    library = example_library()
    for name, values in named:
        template = name.strip("`")
        checks = "".join(
            f"{{% if {value} is not defined %}}MISSING {value}{{% endif %}}"
            for value in (*values, *([root] if template != "head.html" else []))
        )
        write(
            own,
            template,
            f'{{% extends "evalc/{template}" %}}{{% block {_last_block(template)} %}}{checks}{{% endblock %}}',
        )
        kinds = [each for each in page_types() if type(each).__module__ == f"evalc.pages.{Path(template).stem}"]
        for kind in kinds or page_types():
            for subject in kind.subjects(library):
                page = kind.render(library, subject)
                assert "MISSING" not in page.body + page.head, (template, subject)
        (own / template).unlink()


@pytest.mark.parametrize("name", sorted(path.name for path in _TEMPLATES.glob("*.html")))
def test_each_template_can_be_replaced(own: Path, name: str) -> None:
    """And be had under its own name, so that a copy of it says what it said."""
    library = example_library()
    places = [(kind, subject) for kind in page_types() for subject in list(kind.subjects(library))[:2]]
    before = [kind.render(library, subject) for kind, subject in places]
    write(own, name, (_TEMPLATES / name).read_text("utf-8"))

    assert before == [kind.render(library, subject) for kind, subject in places]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("line\n{% block %}", "eval.html:2: expected token 'name'"),
        ("{% extends 'evalc/evel.html' %}", "there is no template `evalc/evel.html`"),
        ("a\nb\n{{ evel.title }}", "eval.html:3: there is no value `evel` here; did you mean `eval`?"),
        ("{{ weather }}", "there is no value `weather` here; there are `by_severity`, "),
        ("{{ eval.colour }}", "eval.html:1: 'evalc.model.catalog.Eval object' has no attribute 'colour'"),
        ("{{ 1 + 'a' }}", "eval.html:1: unsupported operand"),
        ("{{ results.best and none }}", "eval.html:1: a template prints a value that is not there"),
        ("{{ 'a' | shout }}", "No filter named 'shout'"),
    ],
)
def test_a_broken_template_is_told_with_its_place(own: Path, text: str, problem: str) -> None:
    """Whoever wrote it sees neither our templates nor the engine's stack."""
    write(own, "eval.html", text)

    with pytest.raises(BrokenTemplate) as stopped:
        page_of("eval")

    assert str(stopped.value).startswith(str(own))
    assert problem in str(stopped.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[results\n", "words.toml: Expected"),
        ("[results]\ntitel = 'x'\n", "there are no words `results.titel`; did you mean `results.title`?"),
        ("[card]\ncases = 'Fälle'\n", "`card.cases` has to be like "),
        ("[page]\nfor = 'Für {firma}'\n", "`page.for` has to be like 'For {vendor}', with the same names in braces"),
        ("[page]\nfor = 'Für {'\n", "`page.for` has to be like"),
        ("words = 'x'\n", "words.toml: "),
    ],
)
def test_broken_words_are_told(own: Path, text: str, problem: str) -> None:
    """A page that fails on one of a thousand evals would be found by its readers."""
    with pytest.raises(BrokenTemplate) as stopped:
        write(own, "words.toml", text)

    assert problem in str(stopped.value)


def test_what_specs_say_stays_text_in_templates_of_others(own: Path) -> None:
    """Escaping is the environment's, whoever wrote the template."""
    write(own, "vendor.html", "<p>{{ vendor.title }}</p>")
    library = example_library()
    vendor = library.catalog.vendors[0].model_copy(update={"title": "<script>window.ran = 1</script>"})
    catalog = catalog_of(library).model_copy(update={"vendors": (vendor, *library.catalog.vendors[1:])})
    [kind] = [each for each in page_types() if type(each).__module__ == "evalc.pages.vendor"]
    body = kind.render(replace(library, catalog=catalog), vendor.name).body

    assert "<p>&lt;script&gt;window.ran = 1&lt;/script&gt;</p>" == body


def test_a_site_uses_its_folder_and_stops_where_a_template_is_broken(
    own: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """From the settings to a page, and one sentence where that does not work."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# x\n", "utf-8")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: x\ntheme:\n  name: material\n  font: false\n", "utf-8")
    (own / "case.html").write_text(
        dedent("""\
            {% extends "evalc/case.html" %}
            {% block end %}<p>Seen {{ case.title }}</p>{% endblock %}
        """),
        "utf-8",
    )
    options = {"templates": "theme/evalc"}
    site = build_site(example_library(), tmp_path, settings=settings, options=options)
    case = site / "evals/harborline/deployments/refuses-key-sharing/index.html"

    assert "<p>Seen " in case.read_text("utf-8")
    (own / "case.html").write_text("{{ cose.title }}", "utf-8")
    with pytest.raises(Abort):
        build_site(example_library(), tmp_path, settings=settings, options=options)

    assert [f"evalc: {own}/case.html:1: there is no value `cose` here; did you mean `case`?"] == caplog.messages


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("evals.html", "evals.html: no page uses a template of this name; did you mean `eval.html`?"),
        ("sidebar-left.html", "the name of one for others to include begins with `_`"),
    ],
)
def test_a_file_that_no_page_uses_is_a_slip(own: Path, tmp_path: Path, name: str, problem: str) -> None:
    """Nothing would tell otherwise why a page stays as it is."""
    (own / name).write_text("x", "utf-8")
    (own / "_part.html").write_text("x", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", "utf-8")
    (tmp_path / "docs").mkdir()
    plugin = HandMadePlugin(example_library())
    plugin.load_config({"templates": "theme/evalc"})

    with pytest.raises(PluginError, match=re.escape(problem)):
        plugin.on_config(load_config(str(tmp_path / "mkdocs.yml")))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Its name is a slip, or nobody has made it yet."""
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", "utf-8")
    (tmp_path / "docs").mkdir()
    plugin = HandMadePlugin(example_library())
    plugin.load_config({"templates": "them/evalc"})

    with pytest.raises(
        PluginError, match=r"there is no folder .*them/evalc; the plug-in's option `templates` names it"
    ):
        plugin.on_config(load_config(str(tmp_path / "mkdocs.yml")))


def _last_block(template: str) -> str:
    return "more" if template == "head.html" else "end"
