"""The files of a promptfoo configuration: the configuration itself, and those that it names with `file://`."""

import csv
import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from evalc.analysis.loader import Loader
from evalc.importers.contract import ImportProblem

SCHEME = "file://"
PROGRAMS = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".py")
"""The endings of files that promptfoo runs, and that nobody runs here."""
_LIMIT = 4 * 1024 * 1024
_MOST_VALUES = 200_000
_STRUCTURED = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class ConfigFiles:
    """The files beside a configuration, by the paths that it names."""

    loader: Loader
    folder: str

    def structured(self, name: str) -> JsonValue:
        """What a file in YAML or JSON says.

        Raises:
            ImportProblem: It is neither.
            ReadProblem: There is none, or something else, or too much.
        """
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        path = self.path(name)
        try:
            # promptfoo reads YAML 1.2, in which `yes` is a text; PyYAML knows 1.1 alone.
            value = YAML(typ="safe", pure=True).load(self.text(name))
        except MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            line = f":{at.line + 1}" if at else ""
            raise ImportProblem(f"{path}{line}: this is no YAML: {error.problem}") from None
        except (YAMLError, RecursionError, ValueError) as error:
            raise ImportProblem(f"{path}: this is no YAML: {' '.join(str(error).split())}") from None
        if _count(value, {}) > _MOST_VALUES:
            raise ImportProblem(f"{path} says more than {_MOST_VALUES:,} values, or repeats itself without end")
        return _plain(value)

    def rows(self, name: str) -> list[Mapping[str, JsonValue]]:
        """The rows of a table in CSV or JSON Lines.

        Raises:
            ImportProblem: It is neither.
            ReadProblem: There is none, or something else, or too much.
        """
        text = self.text(name)
        if name.endswith(".csv"):
            return [
                {key: value or "" for key, value in row.items() if key} for row in csv.DictReader(text.splitlines(True))
            ]
        try:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise ImportProblem(f"{self.path(name)} is no JSON Lines: {error}") from None
        return [row for row in rows if isinstance(row, dict)]

    def text(self, name: str) -> str:
        """The text of a file.

        Raises:
            ReadProblem: There is none, or something else, or too much.
        """
        return self.loader.read_text(self.path(name), limit=_LIMIT)

    def path(self, name: str) -> str:
        """The path of a named file from the loader's folder."""
        return posixpath.normpath(posixpath.join(self.folder, name.removeprefix(SCHEME)))

    def named_in(self, value: JsonValue) -> str | None:
        """The file in YAML or JSON that a value names, where it names one."""
        return value if isinstance(value, str) and value.startswith(SCHEME) and value.endswith(_STRUCTURED) else None


def entries(value: JsonValue) -> Iterator[JsonValue]:
    """The items of a list, or the one value that stands for a list of one."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def section(value: JsonValue) -> Mapping[str, JsonValue]:
    """A value as settings by name; none where it is something else."""
    return value if isinstance(value, dict) else {}


def _count(value: object, known: dict[int, int]) -> int:
    """How many values there are when every alias is written out; too many where one holds itself."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        known[id(value)] = _MOST_VALUES + 1
        parts = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_count(part, known) for part in parts)
    return known[id(value)]


def _plain(value: object) -> JsonValue:
    """A value of YAML as JSON has it: keys are texts, and so is all that JSON does not know, as a date."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)
