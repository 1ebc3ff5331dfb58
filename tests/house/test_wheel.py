"""The wheel: it holds what belongs in it, and works where nothing but its dependencies is."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.modules import ROOT, kept_files

# As in `pyproject.toml`: what is packed, and under which name.
PACKED = {"compiler/evalc/": "evalc/", "grammar/": "evalc/_data/grammar/", "site/theme/": "evalc/_data/theme/"}
LEFT_OUT = "grammar/tree-sitter/"

SPEC = """\
vendor atlas: Atlas

eval capitals: Capitals
  for: atlas
  category: Knowledge
  version: 1.0.0
  pass when overall >= 80%

case france: France
  severity: high
  input:
    What is the capital of France?
  must contain "Paris"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the source distribution, as an index or a packager would build it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it declares to need, and no extra."""
    return _install(wheel, tmp_path_factory.mktemp("installed") / "venv", extras=())


@pytest.fixture(scope="module")
def complete(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with what running and publishing need."""
    return _install(wheel, tmp_path_factory.mktemp("complete") / "venv", extras=("run", "site"))


def test_the_wheel_holds_the_sources_and_nothing_else(wheel: Path) -> None:
    """A forgotten template fails only at the user's, and a stray file is published for ever."""
    expected = {
        packed + name.removeprefix(kept): (ROOT / name).read_bytes()
        for name in kept_files()
        for kept, packed in PACKED.items()
        if name.startswith(kept) and not name.startswith(LEFT_OUT)
    }
    with zipfile.ZipFile(wheel) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}

    assert sorted(expected) == sorted(found)
    assert [] == [name for name, content in expected.items() if content != found[name]]


def test_the_grammar_in_the_wheel_is_the_grammar(wheel: Path) -> None:
    """A stale copy would parse another language than the one in the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("evalc/_data/grammar/evalc.lark")

    assert (ROOT / "grammar" / "evalc.lark").read_bytes() == packed


def test_both_ways_to_build_give_the_same_files(wheel: Path, tmp_path: Path) -> None:
    """What lacks in the source distribution lacks in the wheel that is built from it."""
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT)
    [direct] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(direct) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


def test_the_installed_command_tells_its_version(installed: Path) -> None:
    """The metadata and the module must not tell two stories."""
    said = _run(installed / "evalc", "--version")

    assert f"evalc {distribution('evalc').version}\n" == said


def test_the_installed_command_checks_and_compiles_a_spec(installed: Path, tmp_path: Path) -> None:
    """`check` and `compile` need no extra, and find the grammar without the checkout."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "capitals.evalc").write_text(SPEC, encoding="utf-8")
    _run(installed / "evalc", "check", "specs", folder=tmp_path)
    _run(installed / "evalc", "compile", "specs", folder=tmp_path)

    assert [] != list((tmp_path / "build" / "evals").rglob("runner.py"))


def test_an_installed_evalc_begins_runs_and_publishes_a_catalog(complete: Path, tmp_path: Path) -> None:
    """The first minute of somebody who has the package and nothing else."""
    _run(complete / "evalc", "init", folder=tmp_path)
    _run(complete / "evalc", "check", folder=tmp_path)
    _run(complete / "evalc", "run", "--target", "good", "--judge", "scripted", folder=tmp_path)
    _run(complete / "evalc", "site", folder=tmp_path)
    site = tmp_path / "build" / "site"

    assert "3 of 3" in (site / "evals" / "corner-shop" / "returns" / "index.html").read_text("utf-8")
    assert (site / "assets" / "evalc" / "frame.css").is_file()


def test_the_installed_package_is_the_one_that_ran(installed: Path) -> None:
    """Were the checkout on the path, the tests above would prove nothing."""
    where = _run(installed / "python", "-c", "import evalc; print(evalc.__file__)").strip()

    assert Path(where).is_relative_to(installed.parent)


def _run(program: str | Path, *arguments: str | Path, folder: Path | None = None) -> str:
    """What a program wrote to its output, in an environment that leads to no other packages."""
    call = [str(word) for word in (program, *arguments)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(call)}\n{done.stdout}{done.stderr}"
    return done.stdout


def _install(wheel: Path, folder: Path, *, extras: Sequence[str]) -> Path:
    """The programs of a fresh environment with the wheel and what it needs for some extras."""
    _run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel)
    packages = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    for needed in _needed_by("evalc", set(), extras=("", *extras)):
        _link(needed, packages)
    return folder / "bin"


def _needed_by(name: str, seen: set[str], *, extras: Sequence[str] = ("",)) -> Iterator[Distribution]:
    """The distributions that one needs for some of its extras, and those that they need."""
    for line in distribution(name).requires or ():
        needed = Requirement(line)
        is_meant = needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras)
        if needed.name not in seen and is_meant:
            seen.add(needed.name)
            yield distribution(needed.name)
            yield from _needed_by(needed.name, seen)


def _link(needed: Distribution, packages: Path) -> None:
    """A distribution of this environment, made visible in another one."""
    home = Path(str(needed.locate_file("")))
    for top in {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(home / top)
