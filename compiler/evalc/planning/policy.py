"""From `evalc.toml` to a policy."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, JsonValue

from evalc.base.diagnostic import Code, Findings
from evalc.base.family import find_member, member_names
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.model.settings import Binding, Limits, LintLevel, Policy
from evalc.planning import codes
from evalc.planning.fit import Problem, problems_of, shown
from evalc.planning.place import place_of
from evalc.targets.contract import TargetType

TARGETS = "evalc.targets"
LINT = "evalc.lint"

_TABLES = ("targets", "judges", "limits", "lint")
_LEVELS: tuple[LintLevel, ...] = get_args(LintLevel)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SECRET_NAME = re.compile("key|token|secret|passw|auth", re.IGNORECASE)
_SECRET = re.compile(rf"""({_SECRET_NAME.pattern})([\w"'-]*\s*=\s*)("[^"\n]*"?|'[^'\n]*'?)""", re.IGNORECASE)
_VARIABLE = re.compile(r"""["'][A-Z][A-Z0-9_]*["']""")
_CREDENTIALS = re.compile(r"(?<=//)[^/@\s\"']+(?=@)")


def read_policy(path: Path) -> tuple[Policy, Findings]:
    """What a policy says, without what is wrong in it, and what that is."""
    reader = _Reader(path)
    policy = reader.read()
    return policy, Findings(sorted(reader.findings, key=lambda found: found.span.start))


def find_target_type(name: str) -> type[TargetType] | None:
    """The kind of target that a `type` of the policy names, or None."""
    return find_member(TARGETS, name, TargetType)


class _Reader:
    """One reading of one policy. Values that look like secrets are in no source that a finding shows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shown = _shown(path)
        self._source = Source(self._shown, "")
        self.findings = Findings()

    def read(self) -> Policy:
        content = self._parse()
        for name in content.keys() - set(_TABLES):
            self._add_unknown((name,), _TABLES)
        return Policy(
            folder=str(self._path.resolve().parent),
            path=self._shown,
            targets=self._bindings(content, "targets"),
            judges=self._bindings(content, "judges"),
            limits=self._limits(content),
            lint=self._lint(content),
        )

    def _parse(self) -> Mapping[str, JsonValue]:
        try:
            text = self._path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = str(error.strerror).lower() if isinstance(error, OSError) else "it is no UTF-8"
            self._add(codes.UNREADABLE_POLICY, Span(0, 0), path=self._shown, reason=reason)
            return {}
        self._source = Source(self._shown, _without_secrets(text))
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            reason, span = _syntax_error(str(error), self._source)
            self._add(codes.POLICY_SYNTAX, span, reason=reason)
            return {}

    def _bindings(self, content: Mapping[str, JsonValue], table: str) -> tuple[Binding, ...]:
        given = content.get(table, {})
        if not isinstance(given, dict):
            self._add_unfit((table,), f"is {shown(given)}; tables such as [{table}.NAME] fit")
            return ()
        found = [self._binding((table, name), options) for name, options in given.items()]
        return tuple(binding for binding in found if binding)

    def _binding(self, path: tuple[str, str], given: JsonValue) -> Binding | None:
        if not _NAME.fullmatch(path[1]):
            self._add_unfit(path, "is no name here: letters, digits, `.`, `_` and `-` fit")
            return None
        if not isinstance(given, dict):
            self._add_unfit(path, f"is {shown(given)}; a table [{'.'.join(path)}] fits")
            return None
        options = dict(given)
        type_ = options.pop("type", None)
        if type_ is None:
            self._add_missing(path, "type", help=f"the types are {_listed(member_names(TARGETS))}")
            return None
        kind = find_target_type(type_) if isinstance(type_, str) else None
        if kind is None:
            self._add_unknown_type(path, type_)
            return None
        if not self._fits(kind, path, options):
            return None
        return Binding(name=path[1], type=str(type_), options=options)

    def _limits(self, content: Mapping[str, JsonValue]) -> Limits:
        given = content.get("limits", {})
        if not isinstance(given, dict):
            self._add_unfit(("limits",), f"is {shown(given)}; a table [limits] fits")
            return Limits()
        return Limits.model_validate(given) if self._fits(Limits, ("limits",), given) else Limits()

    def _lint(self, content: Mapping[str, JsonValue]) -> dict[str, LintLevel]:
        given = content.get("lint", {})
        if not isinstance(given, dict):
            self._add_unfit(("lint",), f"is {shown(given)}; a table [lint] fits")
            return {}
        levels = {name: self._lint_level(name, level) for name, level in given.items()}
        return {name: level for name, level in levels.items() if level}

    def _lint_level(self, name: str, given: JsonValue) -> LintLevel | None:
        known = member_names(LINT)
        if name not in known and not entry_points(group=LINT, name=name):
            self._add_unknown(("lint", name), known)
            return None
        level = next((level for level in _LEVELS if level == given), None)
        if level is None:
            self._add_unfit(("lint", name), f"is {shown(given)}; {_listed(_LEVELS)} fit")
        return level

    def _fits(self, kind: type[BaseModel], path: tuple[str, ...], given: Mapping[str, JsonValue]) -> bool:
        strange = [name for name, value in given.items() if not _is_json(value)]
        for name in strange:
            self._add_unfit((*path, name), "is a date, a time or no finite number; none of these fits")
        rest = {name: value for name, value in given.items() if name not in strange}
        problems = [problem for problem in problems_of(kind, json.dumps(rest)) if problem.path[0] not in strange]
        for problem in problems:
            self._add_problem(kind, path, problem)
        return not strange and not problems

    def _add_problem(self, kind: type[BaseModel], path: tuple[str, ...], problem: Problem) -> None:
        full = (*path, *problem.path)
        match problem.kind:
            case "unknown":
                self._add_unknown(full, tuple(kind.model_fields))
            case "missing":
                self._add_missing(full[:-1], full[-1])
            case "secret":
                cure = f'keep the key in the environment and name it here: {full[-1]} = "MY_API_KEY"'
                self._add(codes.INLINE_SECRET, place_of(self._source.text, full)[1], name=full[-1], help=cure)
            case "unfit":
                self._add_unfit(full, problem.words)

    def _add_unknown(self, path: tuple[str, ...], known: tuple[str, ...]) -> None:
        is_key = "key" in known and _SECRET_NAME.search(path[-1])
        near = "key" if is_key else closest(path[-1], known)
        self._add(
            codes.UNKNOWN_SETTING,
            place_of(self._source.text, path)[0],
            name=path[-1],
            where=_where(path[:-1]),
            label=f"did you mean `{near}`?" if near else "",
            help="" if near else f"what fits here: {_listed(known)}",
        )

    def _add_unknown_type(self, path: tuple[str, ...], given: JsonValue) -> None:
        if not isinstance(given, str):
            self._add_unfit((*path, "type"), f"is {shown(given)}; a text in quotes fits")
            return
        near = closest(given, member_names(TARGETS))
        self._add(
            codes.UNKNOWN_TYPE,
            place_of(self._source.text, (*path, "type"))[1],
            name=given,
            label=f"did you mean `{near}`?" if near else "",
            help="" if near else f"the types are {_listed(member_names(TARGETS))}",
        )

    def _add_missing(self, path: tuple[str, ...], name: str, *, help: str = "") -> None:
        span = place_of(self._source.text, path)[0]
        self._add(codes.MISSING_SETTING, span, name=name, where=_where(path), help=help)

    def _add_unfit(self, path: tuple[str, ...], problem: str) -> None:
        self._add(codes.UNFIT_SETTING, place_of(self._source.text, path)[1], name=path[-1], problem=problem)

    def _add(self, code: Code, span: Span, *, label: str = "", help: str = "", **values: object) -> None:
        self.findings.add(code, self._source, span, label=label, help=help, fix=None, **values)


def _shown(path: Path) -> str:
    here, absolute = Path.cwd(), path.absolute()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def _without_secrets(text: str) -> str:
    """The text with stars, as many as there were letters, for each value that may be a secret."""

    def starred(found: re.Match[str]) -> str:
        start, rest, value = found.groups()
        return found[0] if _VARIABLE.fullmatch(value) else start + rest + "*" * len(value)

    return _CREDENTIALS.sub(lambda found: "*" * len(found[0]), _SECRET.sub(starred, text))


def _syntax_error(message: str, source: Source) -> tuple[str, Span]:
    reason, _, place = message.partition(" (at ")
    reason = {"Invalid value": "there is no value here; texts stand in quotes"}.get(reason, reason)
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    text = source.text
    if len(numbers) != 2:
        at = len(text.rstrip())
    else:
        lines = text.split("\n")[: numbers[0] - 1]
        at = sum(len(line) + 1 for line in lines) + numbers[1] - 1
    return reason[:1].lower() + reason[1:], Span(at, min(at + 1, len(text)))


def _is_json(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return True


def _where(path: tuple[str, ...]) -> str:
    return f"[{'.'.join(path)}]" if path else "a policy"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
