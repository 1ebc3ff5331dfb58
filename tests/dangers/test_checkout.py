"""In a checkout of a stranger nothing of it runs, nothing else is read, and no network and no key is needed."""

from pathlib import Path

import pytest

from tests.dangers.checkout import SECRET, make_checkout, ran
from tests.dangers.files import DANGERS, Danger

COMMANDS = (
    ("check", "specs"),
    ("compile", "specs"),
    ("fmt", "specs"),
    ("lint", "specs"),
    ("prove", "specs"),
    ("diff",),
    ("diff", "--format", "markdown"),
    ("prompt", "shop/returns/tone"),
    ("explain", "call"),
    ("site",),
    ("site", "--plain"),
)
# Forms for programs; each danger is shown in one of them too.
FORMS = ("json", "github", "sarif")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_of_a_checkout_runs_and_nothing_else_is_read(words: tuple[str, ...], tmp_path: Path) -> None:
    """A pull request is checked before anybody has read it, on a machine that has keys."""
    root = make_checkout(tmp_path)
    seen = ran(root, *words)

    assert 0 == seen.code, seen.said
    assert not (tmp_path / "TRAP").exists()
    assert set() == seen.about("socket", "pickle")
    assert {"git"} >= {Path(program.strip("'")).name for program in seen.about("subprocess", "os")}
    assert set() == seen.opened_outside(root, tmp_path / "cache", tmp_path / "temporary")


def test_what_would_run_is_seen(tmp_path: Path) -> None:
    """Settings of MkDocs may name programs, and are trusted as the policy is; so here a trap is sprung."""
    root = make_checkout(tmp_path)
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Hats\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: Hats\nplugins: [evalc]\nhooks: [hooks.py]\n", encoding="utf-8")
    ran(root, "site")

    assert (tmp_path / "TRAP").exists()


def test_what_would_be_asked_for_is_seen(tmp_path: Path) -> None:
    """A watcher that saw nothing would show nothing."""
    root = make_checkout(tmp_path)
    (root / "evalc.toml").write_text(
        '[targets.a]\ntype = "openai"\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\n', encoding="utf-8"
    )
    seen = ran(root, "run", "--target", "a", "shop/returns/window")

    assert seen.about("socket.connect")
    assert any(path.endswith("returns.evalc") for path in seen.opened_outside(tmp_path / "cache"))


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: danger.name)
def test_a_danger_is_named_and_does_no_harm(danger: Danger, tmp_path: Path) -> None:
    """One finding with a place, in bounded time; nothing of what lies elsewhere is shown, in any form of output."""
    specs = tmp_path / "checkout" / "specs"
    specs.mkdir(parents=True)
    danger.put(specs)
    for form in ("text", FORMS[DANGERS.index(danger) % len(FORMS)]):
        seen = ran(specs.parent, "check", "specs", "--format", form)

        assert 2 == seen.code, seen.said
        assert all(part in seen.said for part in danger.says) or form != "text", seen.said
        assert SECRET not in seen.said
        assert not {"\x1b", "\u202e", "\u200b"} & {*seen.said}
        assert set() == seen.about("socket", "subprocess", "os", "pickle")
        assert set() == seen.opened_outside(specs.parent, tmp_path / "cache")
