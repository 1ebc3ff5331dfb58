"""The reading of one policy, table by table."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, JsonValue

from evalc.base.diagnostic import Findings
from evalc.base.family import find_member, member_names
from evalc.model.settings import (
    Binding,
    CacheSettings,
    CalibrationSettings,
    GateSettings,
    Limits,
    LintLevel,
    Network,
    Pace,
    PanelSettings,
    Policy,
    Price,
    Thresholds,
)
from evalc.planning.policy.complaints import Complaints, listed
from evalc.planning.policy.fit import problems_of, shown
from evalc.targets.contract import TargetType

TARGETS = "evalc.targets"
LINT = "evalc.lint"

_TABLES = tuple(name for name in Policy.model_fields if name not in {"folder", "path"})
_LEVELS: tuple[LintLevel, ...] = get_args(LintLevel)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_Table = TypeVar("_Table", bound=BaseModel)


def read_policy(path: Path) -> tuple[Policy, Findings]:
    """What a policy says, without what is wrong in it, and what that is."""
    reader = _Reader(path)
    policy = reader.read()
    return policy, Findings(sorted(reader.complaints.findings, key=lambda found: found.span.start))


def find_target_type(name: str) -> type[TargetType] | None:
    """The kind of target that a `type` of the policy names, or None."""
    return find_member(TARGETS, name, TargetType)


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._shown = _shown(path)
        self.complaints = Complaints(self._shown)

    def read(self) -> Policy:
        content = self._parse()
        for name in content.keys() - set(_TABLES):
            self.complaints.add_unknown((name,), _TABLES)
        judges = self._bindings(content, "judges")
        return Policy(
            folder=str(self._path.resolve().parent),
            path=self._shown,
            targets=self._bindings(content, "targets"),
            judges=judges,
            panels=self._panels(content, known=tuple(_names_in(content.get("judges")))),
            calibration=self._table(content, "calibration", CalibrationSettings),
            limits=self._table(content, "limits", Limits),
            prices=self._prices(content),
            lint=self._lint(content),
            gate=self._gate(content),
            cache=self._table(content, "cache", CacheSettings),
            network=self._table(content, "network", Network),
        )

    def _parse(self) -> Mapping[str, JsonValue]:
        try:
            text = self._path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = str(error.strerror).lower() if isinstance(error, OSError) else "it is no UTF-8"
            self.complaints.add_unreadable(reason)
            return {}
        self.complaints.about(text)
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.complaints.add_syntax(str(error))
            return {}

    def _bindings(self, content: Mapping[str, JsonValue], table: str) -> tuple[Binding, ...]:
        given = self._members(content, table, example=f"tables such as [{table}.NAME] fit")
        found = [self._binding((table, name), options) for name, options in given.items()]
        return tuple(binding for binding in found if binding)

    def _binding(self, path: tuple[str, str], given: JsonValue) -> Binding | None:
        if not _NAME.fullmatch(path[1]):
            self.complaints.add_unfit(path, "is no name here: letters, digits, `.`, `_` and `-` fit")
            return None
        if not isinstance(given, dict):
            self.complaints.add_unfit(path, f"is {shown(given)}; a table [{'.'.join(path)}] fits")
            return None
        options = dict(given)
        type_ = options.pop("type", None)
        if type_ is None:
            self.complaints.add_missing(path, "type", help=f"the types are {listed(member_names(TARGETS))}")
            return None
        kind = find_target_type(type_) if isinstance(type_, str) else None
        if kind is None:
            self.complaints.add_unknown_type(path, type_, known=member_names(TARGETS))
            return None
        pace = {name: options.pop(name) for name in Pace.model_fields if name in options}
        fits = [self._fits(Pace, path, pace), self._fits(kind, path, options, beside=tuple(Pace.model_fields))]
        if not all(fits):
            return None
        return Binding(name=path[1], type=str(type_), options=options, pace=Pace.model_validate(pace))

    def _panels(self, content: Mapping[str, JsonValue], *, known: Sequence[str]) -> dict[str, PanelSettings]:
        found: dict[str, PanelSettings] = {}
        for name, given in self._members(content, "panels", example="tables such as [panels.NAME] fit").items():
            path = ("panels", name)
            if not _NAME.fullmatch(name) or name in known:
                fits = "is the name of a judge too" if name in known else "is no name here: letters, digits, `-` fit"
                self.complaints.add_unfit(path, fits)
            elif not isinstance(given, dict):
                self.complaints.add_unfit(path, f"is {shown(given)}; a table [panels.{name}] fits")
            elif self._fits(PanelSettings, path, given):
                panel = PanelSettings.model_validate_json(json.dumps(given))
                strange = [judge for judge in panel.judges if judge not in known]
                for judge in strange:
                    self.complaints.add_unfit((*path, "judges"), f"names `{judge}`; the judges are {listed(known)}")
                found |= {} if strange else {name: panel}
        return found

    def _table(self, content: Mapping[str, JsonValue], name: str, kind: type[_Table]) -> _Table:
        """A table whose members are the fields of a type; where it is wrong or lacks, what the type has of itself."""
        given = self._members(content, name, example=f"a table [{name}] fits")
        return kind.model_validate_json(json.dumps(given)) if self._fits(kind, (name,), given) else kind()

    def _prices(self, content: Mapping[str, JsonValue]) -> dict[str, Price]:
        given = self._members(content, "prices", example='tables such as [prices."MODEL"] fit')
        found = {name: self._price(("prices", name), price) for name, price in given.items()}
        return {name: price for name, price in found.items() if price}

    def _price(self, path: tuple[str, str], given: JsonValue) -> Price | None:
        if not isinstance(given, dict):
            self.complaints.add_unfit(path, f'is {shown(given)}; a table [prices."{path[1]}"] fits')
            return None
        inner = next((name for name, value in given.items() if isinstance(value, dict)), None)
        if inner is not None:
            self.complaints.add_unfit(path, f'holds a table; a name with dots is quoted: [prices."{path[1]}.{inner}"]')
            return None
        return Price.model_validate_json(json.dumps(given)) if self._fits(Price, path, given) else None

    def _gate(self, content: Mapping[str, JsonValue]) -> GateSettings:
        given = dict(self._members(content, "gate", example="a table [gate] fits"))
        thresholds = self._thresholds(given.pop("thresholds", {}))
        if not self._fits(GateSettings, ("gate",), given):
            return GateSettings(thresholds=thresholds)
        return GateSettings.model_validate_json(json.dumps(given)).model_copy(update={"thresholds": thresholds})

    def _thresholds(self, given: JsonValue) -> dict[str, Thresholds]:
        path = ("gate", "thresholds")
        if not isinstance(given, dict):
            self.complaints.add_unfit(path, f'is {shown(given)}; tables such as [gate.thresholds."VENDOR/EVAL"] fit')
            return {}
        found = {}
        for pattern, shares in given.items():
            if not isinstance(shares, dict):
                fits = f'a table [gate.thresholds."{pattern}"] fits'
                self.complaints.add_unfit((*path, pattern), f"is {shown(shares)}; {fits}")
            elif self._fits(Thresholds, (*path, pattern), shares):
                found[pattern] = Thresholds.model_validate_json(json.dumps(shares))
        return found

    def _lint(self, content: Mapping[str, JsonValue]) -> dict[str, LintLevel]:
        given = self._members(content, "lint", example="a table [lint] fits")
        levels = {name: self._lint_level(name, level) for name, level in given.items()}
        return {name: level for name, level in levels.items() if level}

    def _lint_level(self, name: str, given: JsonValue) -> LintLevel | None:
        known = member_names(LINT)
        if name not in known and not entry_points(group=LINT, name=name):
            self.complaints.add_unknown(("lint", name), known)
            return None
        level = next((level for level in _LEVELS if level == given), None)
        if level is None:
            self.complaints.add_unfit(("lint", name), f"is {shown(given)}; {listed(_LEVELS)} fit")
        return level

    def _members(self, content: Mapping[str, JsonValue], table: str, *, example: str) -> Mapping[str, JsonValue]:
        given = content.get(table, {})
        if isinstance(given, dict):
            return given
        self.complaints.add_unfit((table,), f"is {shown(given)}; {example}")
        return {}

    def _fits(
        self,
        kind: type[BaseModel],
        path: tuple[str, ...],
        given: Mapping[str, JsonValue],
        *,
        beside: tuple[str, ...] = (),
    ) -> bool:
        """Whether a table is of a kind; `beside` are names that fit there too and are read elsewhere."""
        strange = [name for name, value in given.items() if not _is_json(value)]
        for name in strange:
            self.complaints.add_unfit((*path, name), "is a date, a time or no finite number; none of these fits")
        rest = {name: value for name, value in given.items() if name not in strange}
        problems = [problem for problem in problems_of(kind, json.dumps(rest)) if problem.path[0] not in strange]
        for problem in problems:
            self.complaints.add_problem((*kind.model_fields, *beside), path, problem=problem)
        return not strange and not problems


def _names_in(table: JsonValue) -> Iterable[str]:
    return table if isinstance(table, dict) else ()


def _shown(path: Path) -> str:
    here, absolute = Path.cwd(), path.absolute()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def _is_json(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return True
