"""Configurations of promptfoo that nobody wrote by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.analysis.loader import MemoryLoader
from evalc.base.source import Source
from evalc.importers.contract import ImportProblem
from evalc.importers.promptfoo import Promptfoo
from evalc.syntax.parser import parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.lists(TEXTS, max_size=3))
KINDS = st.sampled_from(
    ["equals", "not-contains", "icontains-any", "regex", "not-regex", "starts-with", "llm-rubric", "is-json", "latency",
     "cost", "word-count", "finish-reason", "trajectory:tool-used", "javascript", "no such kind", ""]
)  # fmt: skip
ASSERTIONS = st.fixed_dictionaries(
    {"type": KINDS},
    optional={
        "value": VALUES | st.fixed_dictionaries({}, optional={"min": st.integers(), "max": VALUES}),
        "threshold": st.floats(allow_nan=False, allow_infinity=False) | VALUES,
        "weight": st.sampled_from([0, 1, 0.5]),
        "metric": TEXTS,
    },
)
TESTS = st.fixed_dictionaries(
    {},
    optional={
        "description": TEXTS,
        "vars": st.dictionaries(st.sampled_from(["a", "b"]) | TEXTS, VALUES, max_size=3),
        "assert": st.lists(ASSERTIONS | TEXTS, max_size=4),
        "metadata": st.dictionaries(st.sampled_from(["severity"]), VALUES),
    },
)
PROMPTS = TEXTS.filter(lambda text: "file://" not in text) | st.just("Ask {{a}}\n\n  and {{ b }}")
CONFIGS = st.fixed_dictionaries(
    {"tests": st.lists(TESTS, max_size=3)},
    optional={"description": TEXTS, "prompts": st.lists(PROMPTS, max_size=2), "defaultTest": TESTS},
)


@given(CONFIGS)
def test_whatever_is_imported_can_be_read(config: dict[str, object]) -> None:
    """A spec that its own author's tools refuse would be a file to throw away."""
    loader = MemoryLoader({"c.json": json.dumps(config)})
    imported = Promptfoo().read("c.json", loader, vendor="imported")
    _, findings = parse(Source("imported.evalc", imported.text))

    assert [] == list(findings)
    assert imported.cases == imported.text.count("\ncase ")


def test_values_in_all_combinations_have_a_limit() -> None:
    """Ten short lists can be more cases than anybody has memory for."""
    config = {"tests": [{"vars": {f"v{number}": list("abcdefghij") for number in range(10)}}]}

    with pytest.raises(ImportProblem, match=r"make more than 20,000 cases"):
        Promptfoo().read("c.json", MemoryLoader({"c.json": json.dumps(config)}), vendor="imported")
