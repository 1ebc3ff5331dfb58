"""The files that a new catalog begins with."""

import json
from pathlib import Path
from typing import NamedTuple

from evalc import __version__

SETTINGS = "mkdocs.yml"
"""The settings of a catalog's site."""
FRONT_PAGE = "docs/index.md"
"""The first page of a catalog's site."""

_FOLDER = Path(__file__).parent / "catalog"


class StarterFile(NamedTuple):
    """A file with its path in the catalog, what it is for, and what to do where another one is in its place."""

    path: str
    purpose: str
    text: str
    otherwise: str = ""


def starter_files(title: str) -> tuple[StarterFile, ...]:
    """All files of a catalog with this title, the one to look at first on top."""
    return (
        StarterFile(
            "specs/corner-shop/returns.evalc",
            "an eval with three cases, to be made into yours",
            _read("specs/corner-shop/returns.evalc"),
        ),
        StarterFile("specs/corner-shop/vendor.evalc", "what it is about", _read("specs/corner-shop/vendor.evalc")),
        StarterFile(
            "evalc.toml",
            "who is asked and who judges: at first nobody, answers are the specs' own examples",
            _read("evalc.toml"),
            otherwise="for the commands below it needs [targets.good] and [judges.scripted], both of type scripted",
        ),
        StarterFile(
            SETTINGS,
            "the site",
            site_settings(title),
            otherwise="for the catalog to be in your site it needs `- evalc` below `plugins:`",
        ),
        StarterFile(FRONT_PAGE, "its front page", _read(FRONT_PAGE)),
        StarterFile(
            ".github/workflows/evals.yml",
            "pull requests on GitHub: reviewed without a key, run without their files",
            _workflow("evals.yml"),
        ),
        StarterFile(
            ".github/workflows/catalog.yml",
            "the default branch: run, proven, published on GitHub Pages",
            _workflow("catalog.yml"),
        ),
        StarterFile(".gitignore", "leaves out what is built", _read("gitignore"), otherwise="`build/` belongs in it"),
    )


def site_settings(title: str) -> str:
    """The settings of the site of a catalog with this title."""
    # A text in JSON is one in YAML, whatever stands in it.
    return _read(SETTINGS).replace("SITE_NAME", json.dumps(title))


def title_of(folder: Path) -> str:
    """The title of a catalog in a folder, such as `Our evals` for `our-evals`."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Evals"


def _workflow(name: str) -> str:
    return _read(f"github/{name}").replace("EVALC_VERSION", __version__)


def _read(path: str) -> str:
    return (_FOLDER / path).read_text("utf-8")
