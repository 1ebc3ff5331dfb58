"""Addresses of pages and of parts of them."""

import re
from urllib.parse import quote, urlsplit

from evalc.base.digest import digest
from evalc.model.catalog import Case
from evalc.model.stored import Place

LIBRARY_PATH = "evals/"
CATEGORIES_PATH = "categories/"
RUNS_PATH = "runs/"
MACHINES_PATH = "machines/"
RELEASES_PATH = "releases/"
COMPARISONS_PATH = "comparisons/"

_WORD = re.compile(r"[a-z0-9]+")
_TAG = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def vendor_path(vendor: str) -> str:
    """Where a vendor's page lies below the site's root."""
    return f"{LIBRARY_PATH}{_checked(vendor)}/"


def category_path(category: str) -> str:
    """Where a category's page lies below the site's root: by its words, and by a digest that tells like ones apart."""
    words = "-".join(_WORD.findall(category.casefold()))[:60].strip("-")
    is_plain = category == words.replace("-", " ").title()
    name = words if is_plain else "-".join(part for part in (words, digest(category, length=6)) if part)
    return f"{CATEGORIES_PATH}{name}/"


def eval_path(id_: str) -> str:
    """Where an eval's page lies below the site's root."""
    vendor, name = id_.split("/")
    return f"{LIBRARY_PATH}{_checked(vendor)}/{_checked(name)}/"


def case_path(id_: str) -> str:
    """Where a case's page lies below the site's root; a row of a table lies below its case."""
    vendor, name, *rest = id_.split("/")
    return eval_path(f"{vendor}/{name}") + "".join(f"{_checked(part)}/" for part in rest)


def run_path(run_id: str) -> str:
    """Where a run's page lies below the site's root."""
    # A log may call its run anything, and only what makes a plain name may be a folder.
    return f"{RUNS_PATH}{run_id if _NAME.fullmatch(run_id) else digest(run_id)}/"


def release_path(name: str) -> str:
    """Where a release's page lies below the site's root: by its name, or by a digest where that is no plain one."""
    return f"{RELEASES_PATH}{name if _TAG.fullmatch(name) else digest(name)}/"


def comparison_path(id_: str) -> str:
    """Where the page lies that compares an eval's runs and targets."""
    return COMPARISONS_PATH + eval_path(id_).removeprefix(LIBRARY_PATH)


def root_of(path: str) -> str:
    """The way from a page back to the site's root, such as `../../`."""
    return "../" * path.count("/")


def case_anchor(case: Case) -> str:
    """The id of a case in the list on its eval's page; a row of a table follows its case behind a dot."""
    return "case-" + short_name(case).replace("/", ".")


def short_name(case: Case) -> str:
    """A case's id without its eval."""
    return case.id.split("/", 2)[-1]


def row_of(case: Case) -> str:
    """A case's name in a table of cases; empty for a case that stands alone."""
    return case.id.removeprefix(case.cluster).strip("/")


def place_address(repository: str, place: Place) -> str:
    """Where a line of a spec can be read in the repository; empty where that is unknown."""
    if not repository:
        return ""
    return f"{repository.rstrip('/')}/{quote(place.path, errors='replace')}#L{place.line}"


def web_address(text: str) -> str:
    """A text that is a plain web address, or that becomes one behind `https://`; empty for any other."""
    written = text.strip()
    found = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(found)
        is_plain = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        return ""
    return found if is_plain and found.isprintable() and not re.search(r"[\s\\\"'<>`]", found) else ""


def find_related(name: str, vendor: str) -> str:
    """The id that an eval's `related` means: a full one, or a name of its own vendor."""
    return name if "/" in name else f"{vendor}/{name}"


def _checked(name: str) -> str:
    # Analysis allows no other names; a path is made of them, so a stored catalog is not trusted to keep that.
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be part of an address")
    return name
