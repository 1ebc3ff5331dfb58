"""Compiling whole catalogs: the same always, whatever is in them, and from wherever they come."""

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalc.analysis.compilation import Compilation, compile_loaded, compile_sources
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_json
from tests.analysis.catalogs import WHOLE, compiled
from tests.text_cases import write_files

LIBRARY = {"lib/vendor.evalc": "vendor other: Other\n", "lib/tone.evalc": 'let greeting = "Hello"\n'}
SECOND = WHOLE.replace("vendor acme: Acme\n  website: https://acme.example\n", "").replace("eval facts", "eval more")
CATALOG = {
    "acme/facts.evalc": WHOLE.replace("  severity: high\n", "  related: more\n  severity: high\n", 1),
    "acme/more.evalc": f'use "facts-vendor.evalc"\nuse "/lib/tone.evalc"\n{SECOND}',
    "acme/facts-vendor.evalc": "vendor second: Second\n",
    **LIBRARY,
}


def facts_of(compilation: Compilation) -> tuple[str, str]:
    """All that a compilation says, as text."""
    return compilation.catalog.model_dump_json(), render_json(compilation.findings)


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_means_nothing(shuffler: random.Random) -> None:
    """A file system lists its files as it likes, and builds must be the same everywhere."""
    paths = sorted(CATALOG)
    shuffler.shuffle(paths)

    assert facts_of(compiled(CATALOG)) == facts_of(compiled({path: CATALOG[path] for path in paths}))


def test_a_folder_and_memory_give_the_same(tmp_path: Path) -> None:
    """An editor holds texts that no disk has, and must say the same about them."""
    write_files(CATALOG, tmp_path)

    assert facts_of(compiled(CATALOG)) == facts_of(compile_sources(tmp_path))


def test_some_files_bring_what_they_use_and_nothing_else() -> None:
    """Checking one spec must not cost reading them all, nor say what only the whole catalog shows."""
    compilation = compile_loaded(MemoryLoader(CATALOG), ["acme/facts.evalc"])

    assert ["acme/facts.evalc"] == list(compilation.trees)
    assert ["acme/facts"] == [found.id for found in compilation.catalog.evals]
    assert 0 == len(compilation.findings)


def test_messages_and_places_show_the_prefix() -> None:
    """A reader opens a file by the path that is shown, from where the command was run."""
    broken = {"facts.evalc": WHOLE.replace("  category: Support Agent\n", "")}
    with_error = compile_loaded(MemoryLoader(broken), prefix="work/specs")
    without = compile_loaded(MemoryLoader({"facts.evalc": WHOLE}), prefix="work/specs")

    assert ["work/specs/facts.evalc"] == [found.source.name for found in with_error.findings]
    assert "work/specs/facts.evalc" == without.catalog.evals[0].place.path
    assert ["facts.evalc"] == list(without.trees)


def test_a_file_that_was_asked_for_and_is_missing_is_named() -> None:
    """A slip in a command must not pass for a clean check."""
    compilation = compile_loaded(MemoryLoader(CATALOG), ["acme/fact.evalc"])

    assert ["`acme/fact.evalc` cannot be read: there is no such file"] == [
        finding.message for finding in compilation.findings
    ]


def test_an_error_keeps_its_own_eval_out_and_no_other() -> None:
    """One author's slip must not stop the work of all others."""
    broken = {"broken.evalc": "eval broken: Broken\n", "facts.evalc": WHOLE}

    compilation = compiled(broken)
    assert compilation.findings.has_errors
    assert ["acme/facts"] == [found.id for found in compilation.catalog.evals]


def test_an_error_in_a_used_file_keeps_all_its_users_out() -> None:
    """An eval that is graded by half a rubric must not run."""
    user = 'use "library.evalc"\n' + WHOLE.partition("rubric manners")[0] + WHOLE[WHOLE.index("case window") :]
    rubric = WHOLE[WHOLE.index("rubric manners") : WHOLE.index("case window")]

    sound = compiled({"facts.evalc": user, "library.evalc": rubric})
    broken = compiled({"facts.evalc": user, "library.evalc": rubric.replace("1: Long.", "")})
    assert 1 == len(sound.catalog.evals)
    assert () == broken.catalog.evals


def test_an_error_in_a_data_file_keeps_its_eval_out() -> None:
    """The error stands in another file than the eval, and is the eval's all the same."""
    text = WHOLE.replace(
        "  each:\n    | id    | day |\n    | early | 10  |\n    | late  | 45  |\n", '  each: file "d.csv"\n'
    )

    sound = compiled({"facts.evalc": text, "d.csv": "id,day\nearly,10\n"})
    broken = compiled({"facts.evalc": text, "d.csv": "id,day\nearly,10,11\n"})
    assert 1 == len(sound.catalog.evals)
    assert () == broken.catalog.evals
    assert ["d.csv"] == [found.source.name for found in broken.findings]


LINES = WHOLE.splitlines(keepends=True)
PIECES = st.sampled_from(
    [
        *LINES,
        "  row a\n",
        "    day: 3\n",
        '  each: file "a.csv"\n',
        '  tools: file "x.json"\n',
        'use "a.evalc"\n',
        "  scale: met\n",
        "    required: yes\n",
        "  formerly: window\n",
        "  {{days}}\n",
        "  must satisfy manners\n",
        "\n",
        "  rubric: none\n",
        'let x = file "a.csv"\n',
        "  pass when critical >= 90\n",
        "  must contain\n",
        "  input:\n",
        "  good (x 9):\n",
        "reply x\n",
    ]
)


@given(
    st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=10), st.sampled_from(["id,day\na,3\n", "id\n", '"', ""])
)
def test_no_text_brings_the_compiler_down(lines: list[str], library: list[str], data: str) -> None:
    """Specs are written by people, in the middle of a thought."""
    files = {"facts.evalc": "".join(lines), "a.evalc": "".join(library), "a.csv": data, "x.json": data}

    compilation = compiled(files)
    facts_of(compilation)
    assert compilation.findings.has_errors or all(found.cases for found in compilation.catalog.evals)


@settings(max_examples=60)
@given(st.data())
def test_one_change_anywhere_brings_no_compiler_down(data: st.DataObject) -> None:
    """Most mistakes are one line that lacks, stands twice, or lost its end."""
    at = data.draw(st.integers(0, len(LINES) - 1))
    how = data.draw(
        st.sampled_from(["", LINES[at] * 2, LINES[at][: len(LINES[at]) // 2] + "\n", LINES[at].replace(":", "")])
    )
    text = "".join([*LINES[:at], how, *LINES[at + 1 :]])

    compilation = compiled({"facts.evalc": text})
    assert compilation.findings.has_errors or 1 == len(compilation.catalog.evals)


@pytest.mark.parametrize("count", [10, 200])
def test_a_chain_of_uses_may_be_as_long_as_the_limit(count: int) -> None:
    """The limit is a promise in both directions."""
    chain = {f"l{number}.evalc": f'use "l{number + 1}.evalc"\n' for number in range(count - 1)}
    files = {"facts.evalc": f'use "l0.evalc"\n{WHOLE}', **chain, f"l{count - 1}.evalc": "vendor last: Last\n"}

    assert not compiled(files).findings.has_errors


def test_a_chain_of_uses_longer_than_the_limit_is_refused() -> None:
    """A small catalog must not take long to read."""
    chain = {f"l{number}.evalc": f'use "l{number + 1}.evalc"\n' for number in range(300)}
    files = {"facts.evalc": f'use "l0.evalc"\n{WHOLE}', **chain, "l300.evalc": "vendor last: Last\n"}

    compilation = compiled(files)
    assert () == compilation.catalog.evals
    assert {"too-many-uses"} == {found.code.name for found in compilation.findings}


def library(number: int, length: int) -> str:
    """A spec of about so many characters that others may use."""
    return "".join(f'let a{number}-{at} = "x"\n' for at in range(length // 16))


def test_what_a_file_may_use_is_limited_in_all() -> None:
    """Two hundred files of a mebibyte each are 200 MB to read before the first case of an eval."""
    files = {f"l{number}.evalc": library(number, 100_000) for number in range(10)}
    use = "".join(f'use "{path}"\n' for path in files)
    loader = CountingLoader({"facts.evalc": use + WHOLE, **files})

    compilation = compile_loaded(loader, ["facts.evalc"])
    assert {"too-many-uses"} == {found.code.name for found in compilation.findings}
    assert ["facts.evalc"] == list(compilation.trees), "nothing of what does not fit is parsed"


def test_each_file_is_read_once_however_many_use_it() -> None:
    """A library of a whole catalog must not be read again for each of its evals."""
    evals = {f"e{number}.evalc": f'use "l.evalc"\n{WHOLE.replace("facts", f"f{number}")}' for number in range(20)}
    loader = CountingLoader({**evals, "l.evalc": 'use "m.evalc"\n', "m.evalc": library(0, 1000)})

    compile_loaded(loader)
    assert {1} == set(loader.readings.values())


class CountingLoader(MemoryLoader):
    """Files in memory, and how often each was read."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.readings: Counter[str] = Counter()

    def read_spec(self, path: str, *, limit: int) -> str:
        self.readings[path] += 1
        return super().read_spec(path, limit=limit)
