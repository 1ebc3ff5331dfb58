"""What `editors/install` puts into Neovim, Helix and Zed."""

import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from tree_sitter import Language, Query

import evalc
from tests.colours.corpus import ROOT
from tests.colours.treesitter import FOLDER, build

HIGHLIGHTS = (FOLDER / "queries" / "highlights.scm").read_bytes()


def test_neovim_gets_parser_queries_and_settings(tmp_path: Path) -> None:
    """Neovim finds a language by the names of the files, and says nothing where one lacks."""
    said = _install("neovim", tmp_path)
    plugin = tmp_path / "data" / "nvim" / "site" / "pack" / "evalc" / "start" / "evalc"

    assert HIGHLIGHTS == (plugin / "queries" / "evalc" / "highlights.scm").read_bytes()
    assert {"ftdetect/evalc.lua", "ftplugin/evalc.lua", "parser/evalc.so", "queries/evalc/folds.scm"} <= _files(plugin)
    assert str(plugin) in said


def test_helix_gets_grammar_queries_and_settings(tmp_path: Path) -> None:
    """A first user has no settings yet."""
    _install("helix", tmp_path)
    folder = tmp_path / "config" / "helix"

    assert {"languages.toml", "runtime/grammars/evalc.so", "runtime/queries/evalc/highlights.scm"} == _files(folder)
    assert "evalc" in {entry["name"] for entry in tomllib.loads((folder / "languages.toml").read_text())["language"]}


def test_settings_of_helix_that_are_there_are_left_alone(tmp_path: Path) -> None:
    """Somebody's settings are theirs; they are told what to append."""
    settings = tmp_path / "config" / "helix" / "languages.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[[language]]\nname = "rust"\n')
    said = _install("helix", tmp_path)

    assert '[[language]]\nname = "rust"\n' == settings.read_text()
    assert f"append {ROOT}/editors/helix/languages.toml" in said


def test_zed_gets_an_extension_of_this_checkout(tmp_path: Path) -> None:
    """Zed fetches the grammar itself, so it is told where this checkout is and which commit."""
    _install("zed", tmp_path)
    extension = tmp_path / "data" / "evalc" / "zed"
    manifest = tomllib.loads((extension / "extension.toml").read_text())
    config = tomllib.loads((extension / "languages" / "evalc" / "config.toml").read_text())

    assert f"file://{ROOT}" == manifest["grammars"]["evalc"]["repository"]
    assert FOLDER == ROOT / manifest["grammars"]["evalc"]["path"]
    assert 40 == len(manifest["grammars"]["evalc"]["rev"])
    assert evalc.__version__ == manifest["version"]
    assert [config["name"]] == manifest["language_servers"]["evalc"]["languages"]


def test_queries_of_zed_fit_the_grammar(tmp_path: Path) -> None:
    """A query that names what is not there switches the whole language off."""
    _install("zed", tmp_path)
    language: Language = build(tmp_path)
    queries = sorted((tmp_path / "data" / "evalc" / "zed" / "languages" / "evalc").glob("*.scm"))

    assert ["highlights.scm", "outline.scm"] == [path.name for path in queries]
    assert all(Query(language, path.read_text()).pattern_count for path in queries)


@pytest.mark.parametrize("arguments", [[], ["emacs"]])
def test_an_editor_that_is_not_known_is_told_of_those_that_are(arguments: list[str], tmp_path: Path) -> None:
    """Silence would look like success."""
    done = subprocess.run([ROOT / "editors" / "install", *arguments], capture_output=True, text=True, check=False)

    assert 2 == done.returncode
    assert "neovim, helix or zed" in done.stderr


def _install(editor: str, folder: Path) -> str:
    where = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    call = [str(ROOT / "editors" / "install"), editor]
    done = subprocess.run(call, env={**os.environ, **where}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
