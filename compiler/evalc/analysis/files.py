"""The files that specs name: where a path leads, and what stands there."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Literal

from evalc.analysis.codes.files import MISSING_FILE, ODD_PATH, UNREADABLE_FILE, WRONG_JSON
from evalc.analysis.loader import Loader
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.strict_json import Json, JsonMistake, read_json
from evalc.base.digest import Content, digest
from evalc.base.reading import DATA_LIMIT, SPEC_LIMIT, NoSuchFile, ReadProblem
from evalc.base.record import record
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.syntax.tree import NameDecl

# Looking reads folders, and a hostile spec can name any number of files that are missing.
_LOOKS_AT_MOST = 50

NeedKind = Literal["spec", "text", "presence"]

_ODD = re.compile(r"[\\:\x00-\x1f\x7f]")


class OddPath(ValueError):
    """A path is no path inside of the catalog; `reason` says why, `near` what may be meant."""

    def __init__(self, reason: str, near: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.near = near


def resolve_path(spec: str, written: str) -> str:
    """The path from the catalog's folder that a path in a spec stands for.

    It starts beside the spec, or at the catalog's folder if it begins with `/`. It never climbs.

    Raises:
        OddPath: It leads nowhere inside of the catalog.
    """
    if _ODD.search(written):
        raise OddPath("its parts are joined by `/` and hold no `\\`, `:` or control character")
    folder = "" if written.startswith("/") else posixpath.dirname(spec)
    parts = written.removeprefix("/").split("/")
    if ".." in parts:
        climbed = posixpath.normpath(posixpath.join(folder, written))
        near = "" if climbed.startswith("..") or written.startswith("/") else f"/{climbed}"
        raise OddPath("it climbs with `..`; a path that begins with `/` starts at the catalog's folder", near)
    if not all(part not in ("", ".") for part in parts):
        raise OddPath("a part of it is empty or `.`", posixpath.normpath(written) if written.strip("./") else "")
    return posixpath.join(folder, *parts)


@dataclass(slots=True)
class FileStore:
    """The files of a catalog, each read once. `needed` are those that each spec names, by kind and path."""

    loader: Loader
    prefix: str = ""
    specs: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    values: dict[str, Json | JsonMistake] = field(default_factory=dict)
    needed: dict[str, set[tuple[NeedKind, str]]] = field(default_factory=dict)
    digests: dict[tuple[NeedKind, str], str] = field(default_factory=dict)
    looks: int = 0

    def spec(self, path: str) -> str:
        """The text of a spec.

        Raises:
            ReadProblem: There is none, or something else, or too much.
        """
        if path not in self.specs:
            self.specs[path] = self.loader.read_spec(path, limit=SPEC_LIMIT)
        return self.specs[path]

    def source(self, path: str, *, limit: int) -> Source:
        """The text of a file as it is.

        Raises:
            ReadProblem: There is none, or something else, or too much.
        """
        found = self.sources.get(path)
        if found is None:
            found = Source(self.prefix + path, self.loader.read_text(path, limit=limit))
            self.sources[path] = found
        # It may have been read before by somebody who takes more.
        if len(found.text) * 4 > limit and len(found.text.encode()) > limit:
            raise ReadProblem(path, f"it is larger than {limit:,} bytes")
        return found

    def digest_of(self, kind: NeedKind, path: str) -> str:
        """A digest of what a spec that needs a file takes from it.

        Raises:
            ReadProblem: The file cannot be read.
        """
        found = self.digests.get((kind, path))
        if found is None:
            found = self.digests[kind, path] = digest(self._content(kind, path), length=32)
        return found

    def _content(self, kind: NeedKind, path: str) -> Content:
        match kind:
            case "spec":
                return self.spec(path)
            case "text":
                return self.source(path, limit=DATA_LIMIT).text
            case "presence":
                return self.loader.has(path)

    def near_path(self, spec: str, path: str) -> str | None:
        """What to write instead of a path that leads to nothing: a near name in that folder, or its name elsewhere."""
        if self.looks >= _LOOKS_AT_MOST:
            return None
        self.looks += 1
        folder, name = posixpath.split(path)
        near = closest(name, self.loader.names_in(folder))
        if near:
            return written_path(spec, posixpath.join(folder, near))
        found = next((other for other in self.loader.spec_paths() if posixpath.basename(other) == name), None)
        return written_path(spec, found) if found else None

    def json(self, source: Source) -> Json | JsonMistake:
        """The value of a JSON file, or what is wrong with it."""
        found = self.values.get(source.name)
        if found is None:
            try:
                found = Json(read_json(source.text))
            except JsonMistake as mistake:
                found = mistake
            self.values[source.name] = found
        return found


@record
class FileReader:
    """Reads the files that one spec names, and reports what is wrong with them."""

    spec: str
    store: FileStore
    reporter: Reporter

    def path(self, name: NameDecl) -> str | None:
        """Where a path leads, or None."""
        try:
            return resolve_path(self.spec, name.text)
        except OddPath as odd:
            self.reporter.add(ODD_PATH, name.span, path=name.text, reason=odd.reason, near=odd.near)
            return None

    def source(self, name: NameDecl, *, limit: int = SPEC_LIMIT) -> Source | None:
        """The file that a path leads to, or None."""
        path = self.path(name)
        if path is None:
            return None
        self._need("text", path)
        try:
            return self.store.source(path, limit=limit)
        except NoSuchFile:
            self._report_missing(name, path)
        except ReadProblem as error:
            self.reporter.add(UNREADABLE_FILE, name.span, path=path, reason=error.reason)
        return None

    def text(self, name: NameDecl) -> str | None:
        """The text of a file, byte for byte, or None."""
        source = self.source(name)
        return source.text if source else None

    def json(self, name: NameDecl) -> Json | None:
        """The value of a JSON file, or None."""
        source = self.source(name)
        if source is None:
            return None
        found = self.store.json(source)
        if isinstance(found, JsonMistake):
            place = Span(found.offset, min(found.offset + 1, len(source.text)))
            self.reporter.at(source).add(WRONG_JSON, place, path=source.name, reason=found.reason)
            return None
        return found

    def existing(self, name: NameDecl) -> str | None:
        """The path of a file that is there, from the catalog's folder, or None."""
        path = self.path(name)
        if path is None:
            return None
        self._need("presence", path)
        if self.store.loader.has(path):
            return path
        self._report_missing(name, path)
        return None

    def _need(self, kind: NeedKind, path: str) -> None:
        self.store.needed.setdefault(self.spec, set()).add((kind, path))

    def _report_missing(self, name: NameDecl, path: str) -> None:
        near = self.store.near_path(self.spec, path)
        self.reporter.add(MISSING_FILE, name.span, path=path, near=near)


def written_path(spec: str, path: str) -> str:
    """How a spec writes a path from the catalog's folder."""
    folder = posixpath.dirname(spec)
    return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") or not folder else f"/{path}"
