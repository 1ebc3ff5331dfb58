"""Tests of promptfoo, each with its variables and assertions: from lists, files, tables and scenarios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from pydantic import JsonValue

from evalc.importers._promptfoo_checks import Assertion, read_assertion, read_shorthand
from evalc.importers._promptfoo_files import SCHEME, ConfigFiles, entries, section
from evalc.importers._promptfoo_prompts import fill
from evalc.importers.contract import ImportProblem

# A case takes some 50 bytes at least, and a spec holds 1 MiB.
_MOST_TESTS = 20_000
_TABLES = (".csv", ".jsonl")
_TEMPLATE = "#/assertionTemplates/"
# Settings of a test that change what is asked or decided, and have no word in the language.
_UNKNOWN = ("threshold", "provider", "providers", "assertScoringFunction", "providerOutput")
_UNKNOWN_OPTIONS = ("transform", "postprocess", "transformVars", "rubricPrompt", "storeOutputAs", "provider")

Settings = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class TestDraft:
    """A test with one value for each variable; `lost` are sentences about what has no counterpart."""

    description: str
    variables: Settings
    assertions: tuple[Assertion, ...]
    metadata: Settings
    lost: tuple[str, ...]


@dataclass(slots=True)
class TestReader:
    """Reads tests, and keeps a sentence about each that a program or a service would make."""

    files: ConfigFiles
    config: Settings
    remarks: list[str] = field(default_factory=list)

    def read_all(self) -> list[TestDraft]:
        """All tests of the configuration, those of its scenarios last.

        Raises:
            ImportProblem: They are too many, or a file of them is not what its name says.
            ReadProblem: A file of them cannot be read.
        """
        tests = [draft for test in self._listed(self.config.get("tests")) for draft in self._drafts([test])]
        for entry in entries(self.config.get("scenarios")):
            scenario = section(self._resolved(entry))
            settings = list(self._listed(scenario.get("config"))) or [{}]
            for config, test in product(settings, self._listed(scenario.get("tests"))):
                tests += self._drafts([config, test])
        return tests

    def _listed(self, value: JsonValue) -> Iterator[Settings]:
        for entry in entries(value):
            if isinstance(entry, str) and entry.endswith(_TABLES):
                yield from map(_test_of_row, self.files.rows(entry))
            elif name := self.files.named_in(entry if not _is_bare_path(entry) else f"{SCHEME}{entry}"):
                yield from self._listed(self.files.structured(name))
            elif isinstance(entry, dict):
                yield entry
            else:
                self.remarks.append(f"the tests of {entry}, which a program or a service makes")

    def _resolved(self, value: JsonValue) -> JsonValue:
        name = self.files.named_in(value)
        return self.files.structured(name) if name else value

    def _drafts(self, layers: list[Settings]) -> Iterator[TestDraft]:
        """One draft for each choice of values, where variables have several."""
        layers = [section(self._resolved(self.config.get("defaultTest"))), *layers]
        test = {key: value for layer in layers for key, value in layer.items()}
        variables = {
            key: value for layer in layers for key, value in section(self._resolved(layer.get("vars"))).items()
        }
        options = {key: value for layer in layers for key, value in section(layer.get("options")).items()}
        asked = [entry for layer in layers for entry in entries(layer.get("assert"))]
        metadata = {key: value for layer in layers for key, value in section(layer.get("metadata")).items()}
        lost = [f"{key}: {test[key]}" for key in _UNKNOWN if key in test]
        lost += [f"options.{key}: {options[key]}" for key in _UNKNOWN_OPTIONS if key in options]
        if prod(len(list(entries(value))) for value in variables.values()) > _MOST_TESTS:
            raise ImportProblem(f"the values of {', '.join(variables)} make more than {_MOST_TESTS:,} cases together")
        choices = [[(name, self._value(part)) for part in entries(value)] for name, value in variables.items()]
        for chosen in product(*choices):
            values = dict(chosen)
            found = tuple(self._assertions(asked, values))
            yield TestDraft(str(test.get("description") or ""), values, found, metadata, tuple(lost))

    def _value(self, value: JsonValue) -> JsonValue:
        if not isinstance(value, str) or not value.startswith(SCHEME):
            return value
        if value.endswith((".txt", ".md", ".yaml", ".yml", ".json")):
            return self.files.text(value).strip("\n")
        self.remarks.append(f"the value {value} of a variable, which is no text")
        return value

    def _assertions(self, asked: list[JsonValue], variables: Settings) -> Iterator[Assertion]:
        for entry in asked:
            if isinstance(entry, str):
                yield read_shorthand(fill(entry, variables))
                continue
            settings = section(entry)
            template = str(settings.get("$ref") or "")
            if template.startswith(_TEMPLATE):
                templates = section(self.config.get("assertionTemplates"))
                settings = section(templates.get(template.removeprefix(_TEMPLATE)))
            if settings.get("type") == "assert-set" and "threshold" not in settings:
                yield from self._assertions(list(entries(settings.get("assert"))), variables)
            else:
                yield read_assertion({key: _filled(value, variables) for key, value in settings.items()})


def _is_bare_path(value: JsonValue) -> bool:
    return isinstance(value, str) and "://" not in value and value.endswith((".yaml", ".yml", ".json"))


def _filled(value: JsonValue, variables: Settings) -> JsonValue:
    if isinstance(value, str):
        return fill(value, variables)
    return [_filled(part, variables) for part in value] if isinstance(value, list) else value


def _test_of_row(row: Settings) -> Settings:
    """A row of a table as a test: columns are variables, but for those that begin with two underscores."""
    if not any(key.startswith("__") for key in row) and "vars" in row:
        return row
    test: dict[str, JsonValue] = {"vars": {key: value for key, value in row.items() if not key.startswith("__")}}
    test["assert"] = [value for key, value in row.items() if key.startswith("__expected") and value]
    if row.get("__description"):
        test["description"] = row["__description"]
    if row.get("__threshold"):
        test["threshold"] = row["__threshold"]
    return test
