"""A site built, or served while its sources change, by MkDocs in this process."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM, signal
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TextIO

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from evalc.api.verdicts.proofs import PROOFS_FOLDER
from evalc.starter.files import FRONT_PAGE, SETTINGS, site_settings, starter_files, title_of


class SiteStopped(Exception):
    """There is no site; the words say why, behind what was told while it was built."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Where the settings of a site are, and where it goes if not where they say."""

    path: Path
    out: Path | None = None


@contextmanager
def built_in_settings(folder: Path, *, out: Path | None) -> Iterator[SiteSettings]:
    """The settings of a site of a folder that has none: those that `evalc init` writes."""
    title = title_of(folder)
    here = folder.resolve()
    with TemporaryDirectory(prefix="evalc-site-") as name:
        home = Path(name)
        # A text in JSON is one in YAML.
        folders = {"specs": "specs", "results": "results", "proofs": PROOFS_FOLDER}
        options = "".join(f"\n      {key}: {json.dumps(str(here / path))}" for key, path in folders.items())
        text = site_settings(title).replace("\n  - evalc\n", f"\n  - evalc:{options}\n")
        (home / SETTINGS).write_text(text, "utf-8")
        [front] = [file for file in starter_files(title) if file.path == FRONT_PAGE]
        (home / FRONT_PAGE).parent.mkdir()
        (home / FRONT_PAGE).write_text(front.text, "utf-8")
        yield SiteSettings(home / SETTINGS, out or here / "build" / "site")


def build_site(settings: SiteSettings) -> Path:
    """Where the site was built, without a single warning; what was found is told on standard error.

    Raises:
        SiteStopped: A warning or an error stopped the build.
    """
    with _telling(logging.WARNING), _stopping():
        config = load_config(
            str(settings.path),
            site_dir=str(settings.out) if settings.out else None,
            strict=True,
        )
        if "evalc" not in config.plugins:
            raise SiteStopped(f"{settings.path} has no catalog in it: add `- evalc` below `plugins:`")
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    return Path(config.site_dir)


def serve_site(settings: SiteSettings, *, address: str) -> None:
    """Serves the site until somebody interrupts, and builds it anew when a source changes.

    Args:
        address: Host and port, such as `127.0.0.1:8000`.

    Raises:
        SiteStopped: It cannot be built at first, or not be served there.
    """
    with _telling(logging.INFO), _stopping(), _ended_like_ctrl_c():
        try:
            serve(str(settings.path), strict=False, dev_addr=address)
        except OSError as failure:
            raise SiteStopped(f"{address}: {(failure.strerror or str(failure)).lower()}") from failure


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Whoever ends the process has it tidy up too: MkDocs serves from a folder for the time being."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal(SIGTERM, interrupt)
    try:
        yield
    finally:
        signal(SIGTERM, before)


@contextmanager
def _stopping() -> Iterator[None]:
    try:
        yield
    except (Abort, MkDocsException) as stopped:
        raise SiteStopped(stopped.format_message()) from stopped


@contextmanager
def _telling(level: int) -> Iterator[None]:
    # Material prints a banner about MkDocs 2 into every build; the version that evalc works with is pinned.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger = logging.getLogger("mkdocs")
    handler: logging.StreamHandler[TextIO] = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    was = (logger.level, logger.propagate)
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(was[0])
        logger.propagate = was[1]
