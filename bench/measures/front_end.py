"""How long specs take to read and to compile, beside other formats with the same content in the same run."""

import gc
import json
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import yaml

from bench.measure import EVALC, Cost, Figure, interleave, run_command, run_function
from bench.specs import Content, as_specs, as_toml, as_yaml, make_content
from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.digest import Content as Key
from evalc.base.digest import canonical_json
from evalc.base.source import Source
from evalc.syntax.parser import parse

_CASES = 1000
_ROUNDS = 5
_FIRSTS = count(_CASES, _CASES)
_YAML = "PyYAML, C loader"


def measure() -> Iterator[Figure]:
    """CPU time of parsing and of compiling 1,000 cases, and of a whole check of them, cold and unchanged."""
    readers = [_parse, _compile, _compile_kept, _read_yaml, _read_toml, _read_json]
    gc.disable()
    parsed, compiled, kept, by_yaml, by_toml, by_json = interleave(
        [_timed(reader) for reader in readers], rounds=_ROUNDS
    )
    pure_yaml = as_yaml(make_content(_CASES))
    pure = run_function(lambda: yaml.load(pure_yaml, Loader=yaml.SafeLoader))  # This loader is the safe one.
    gc.enable()
    name, rest = f"parse {_CASES} cases", f"compile {_CASES} cases"
    yield Figure(name, parsed.cpu_s, "s", _YAML, by_yaml.cpu_s, target=0.6, target_of="ratio")
    yield Figure(name, parsed.cpu_s, "s", "tomllib", by_toml.cpu_s, target=0.8, target_of="ratio")
    yield Figure(name, parsed.cpu_s, "s", "PyYAML, Python loader", pure.cpu_s)
    yield Figure(name, parsed.cpu_s, "s", "json", by_json.cpu_s)
    yield Figure(rest, compiled.cpu_s, "s", _YAML, by_yaml.cpu_s, target=0.9, target_of="ratio")
    name = f"compile {_CASES} cases, all kept in memory"
    yield Figure(name, kept.cpu_s, "s", _YAML, by_yaml.cpu_s, target=0.9, target_of="ratio")
    yield from _whole_checks(make_content(_CASES))


def _parse(content: Content) -> Callable[[], object]:
    specs = as_specs(content)
    return lambda: [parse(Source(path, text)) for path, text in specs.items()]


def _compile(content: Content) -> Callable[[], object]:
    specs = as_specs(content)
    return lambda: compile_loaded(MemoryLoader(specs))


def _compile_kept(content: Content) -> Callable[[], object]:
    specs, shelf = as_specs(content), _Pile()
    compile_loaded(MemoryLoader(specs), shelf=shelf)
    return lambda: compile_loaded(MemoryLoader(specs), shelf=shelf)


def _read_yaml(content: Content) -> Callable[[], object]:
    text = as_yaml(content)
    return lambda: yaml.load(text, Loader=yaml.CSafeLoader)


def _read_toml(content: Content) -> Callable[[], object]:
    text = as_toml(content)
    return lambda: tomllib.loads(text)


def _read_json(content: Content) -> Callable[[], object]:
    text = json.dumps(content)
    return lambda: json.loads(text)


def _timed(reader: Callable[[Content], Callable[[], object]]) -> Callable[[], Cost]:
    """The cost of reading content that nobody has read before: what a process remembers of checks is not counted on."""
    return lambda: run_function(reader(make_content(_CASES, first=next(_FIRSTS))))


class _Pile:
    """A shelf that is as fast as one can be, so that the reading of what it keeps is all that counts."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def get(self, key: Key) -> str | None:
        return self._texts.get(canonical_json(key))

    def put(self, key: Key, text: str) -> None:
        self._texts[canonical_json(key)] = text


def _whole_checks(content: Content) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "specs")
        root.mkdir()
        for path, text in as_specs(content).items():
            (root / path).write_text(text, encoding="utf-8")
        cold = iter(range(100))

        def check(cache: str) -> Cost:
            return run_command([*EVALC, "check", str(root)], environment={"XDG_CACHE_HOME": f"{folder}/{cache}"})

        check("warm")
        one = root / "desk-0.evalc"
        text = one.read_text(encoding="utf-8")

        def check_changed() -> Cost:
            one.write_text(f"{text}# {next(cold)}\n", encoding="utf-8")
            return check("warm")

        first, changed, again = interleave(
            [lambda: check(f"cold-{next(cold)}"), check_changed, lambda: check("warm")], rounds=5
        )
    yield Figure(f"evalc check, {_CASES} cases, nothing kept, wall", first.wall_s, "s", target=1.0)
    yield Figure(f"evalc check, {_CASES} cases, unchanged, wall", again.wall_s, "s", "nothing kept", first.wall_s)
    name = f"evalc check, {_CASES} cases, one file of four changed, wall"
    yield Figure(name, changed.wall_s, "s", "nothing kept", first.wall_s)
