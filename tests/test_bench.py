"""What `make bench` measures is worth comparing."""

import json
import tomllib

import yaml

from bench.specs import as_specs, as_toml, as_yaml, make_content
from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader


def test_every_format_says_the_same() -> None:
    """A format that leaves out the names of checks is read in half the time, and that would be no comparison."""
    content = make_content(20)

    assert content == json.loads(json.dumps(content))
    assert content == yaml.safe_load(as_yaml(content))
    assert content == tomllib.loads(as_toml(content))


def test_the_specs_say_what_the_other_formats_say() -> None:
    """Specs with less in them would be read in less time."""
    (told,) = make_content(1).values()
    (eval_,) = compile_loaded(MemoryLoader(as_specs(make_content(1)))).catalog.evals
    (case,) = eval_.cases

    assert told[0]["checks"] == [
        {"must contain": "RMA-0", "as": case.checks[0].name},
        {"must contain any of": case.checks[1].arguments["texts"], "as": case.checks[1].name},
        {"must match": case.checks[2].arguments["pattern"], "as": case.checks[2].name},
        {"should have words": "<= 180"},
    ]
    assert told[0]["breaks"] == list(case.examples[1].breaks)
    assert str(told[0]["good"]).strip() == case.examples[0].text
