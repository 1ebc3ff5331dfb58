"""What is wrong with a policy, said at its place."""

import re
from collections.abc import Sequence

from pydantic import JsonValue

from evalc.base.diagnostic import Code, Findings
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.planning.policy import codes
from evalc.planning.policy.fit import Problem, shown
from evalc.planning.policy.place import place_of

_SECRET_NAME = re.compile("key|token|secret|passw|auth", re.IGNORECASE)
_SECRET = re.compile(rf"""({_SECRET_NAME.pattern})([\w"'-]*\s*=\s*)("[^"\n]*"?|'[^'\n]*'?)""", re.IGNORECASE)
_VARIABLE = re.compile(r"""["'][A-Z][A-Z0-9_]*["']""")
_BARE = re.compile(r"[\w-]+", re.ASCII)
_CREDENTIALS = re.compile(r"(?<=//)[^/@\s\"']+(?=@)")


class Complaints:
    """The findings about one policy. Values that look like secrets are in no source that a finding shows."""

    def __init__(self, name: str) -> None:
        self._source = Source(name, "")
        self.findings = Findings()

    def about(self, text: str) -> None:
        """Take what the policy says, which findings from now on point into."""
        self._source = Source(self._source.name, _without_secrets(text))

    def add_unreadable(self, reason: str) -> None:
        """There is no text."""
        self._add(codes.UNREADABLE_POLICY, Span(0, 0), path=self._source.name, reason=reason)

    def add_syntax(self, message: str) -> None:
        """The text is no TOML, as tomllib says it."""
        reason, span = _syntax_error(message, self._source)
        self._add(codes.POLICY_SYNTAX, span, reason=reason)

    def add_problem(self, known: tuple[str, ...], path: tuple[str, ...], *, problem: Problem) -> None:
        """What keeps a table at `path`, in which the known names fit, from being of its kind."""
        full = (*path, *problem.path)
        match problem.kind:
            case "unknown":
                self.add_unknown(full, known)
            case "missing":
                self.add_missing(full[:-1], full[-1])
            case "secret":
                cure = f'keep the key in the environment and name it here: {full[-1]} = "MY_API_KEY"'
                self._add(codes.INLINE_SECRET, place_of(self._source.text, full)[1], name=full[-1], help=cure)
            case "unfit":
                self.add_unfit(full, problem.words)

    def add_unknown(self, path: tuple[str, ...], known: tuple[str, ...]) -> None:
        """A name that nobody reads."""
        is_key = "key" in known and _SECRET_NAME.search(path[-1])
        near = closest(path[-1], known) or ("key" if is_key else None)
        self._add(
            codes.UNKNOWN_SETTING,
            place_of(self._source.text, path)[0],
            name=path[-1],
            where=_where(path[:-1]),
            label=f"did you mean `{near}`?" if near else "",
            help="" if near else f"what fits here: {listed(known)}",
        )

    def add_unknown_type(self, path: tuple[str, ...], given: JsonValue, *, known: Sequence[str]) -> None:
        """A `type` of a target or judge that no member of the family has."""
        if not isinstance(given, str):
            self.add_unfit((*path, "type"), f"is {shown(given)}; a text in quotes fits")
            return
        near = closest(given, known)
        self._add(
            codes.UNKNOWN_TYPE,
            place_of(self._source.text, (*path, "type"))[1],
            name=given,
            label=f"did you mean `{near}`?" if near else "",
            help="" if near else f"the types are {listed(known)}",
        )

    def add_missing(self, path: tuple[str, ...], name: str, *, help: str = "") -> None:
        """A name that a table needs."""
        span = place_of(self._source.text, path)[0]
        self._add(codes.MISSING_SETTING, span, name=name, where=_where(path), help=help)

    def add_unfit(self, path: tuple[str, ...], problem: str) -> None:
        """A value of another kind or range; `problem` is what stands behind the name in the message."""
        self._add(codes.UNFIT_SETTING, place_of(self._source.text, path)[1], name=path[-1], problem=problem)

    def _add(self, code: Code, span: Span, *, label: str = "", help: str = "", **values: object) -> None:
        self.findings.add(code, self._source, span, label=label, help=help, fix=None, **values)


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


def _where(path: tuple[str, ...]) -> str:
    parts = (part if _BARE.fullmatch(part) else f'"{part}"' for part in path)
    return f"[{'.'.join(parts)}]" if path else "a policy"


def listed(names: Sequence[str]) -> str:
    """Names as a finding lists them."""
    return ", ".join(f"`{name}`" for name in names)
