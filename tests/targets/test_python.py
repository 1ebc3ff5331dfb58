"""The target `python`, with functions of a module that is installed for these tests."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from evalc.model.exchange import Response
from evalc.targets.contract import TargetContext, TargetError
from evalc.targets.python import Python
from tests.cli.conftest import CAPITALS, POLICY
from tests.targets.asking import KEY, PROMPT

MODULE = "installed_agent"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module can be imported, as that of an installed package."""
    monkeypatch.syspath_prepend(Path(__file__).parent / "installed")


def call(function: str, *, timeout_s: float = 10.0, module: str = MODULE, keys: tuple[str, ...] = ()) -> Response:
    """What a function answers to the usual question."""
    type_ = Python(function=f"{module}:{function}", keys=keys)
    context = TargetContext(Path(), (), {"AGENT_KEY": KEY}.get, timeout_s, max_answer_bytes=100_000)
    target = type_.open(type_.card("agent", type="python"), context)
    return asyncio.run(target.ask(PROMPT))


def fault_of(function: str, *, timeout_s: float = 10.0, module: str = MODULE) -> TargetError:
    """Why a function gives no answer."""
    with pytest.raises(TargetError) as caught:
        call(function, timeout_s=timeout_s, module=module, keys=("AGENT_KEY",))
    return caught.value


def test_a_plain_function_answers() -> None:
    """The least that somebody has to write."""
    assert "What is the capital of France?" == call("last").text


def test_an_async_function_answers_with_its_numbers() -> None:
    """Most clients of models are async."""
    response = call("spoken")

    assert ("You asked: What is the capital of France?", 3, 0.5) == (
        response.text,
        response.output_tokens,
        response.cost_usd,
    )


def test_plain_functions_do_not_wait_for_each_other() -> None:
    """A loop that stands still would stop all other targets of the run too."""
    type_ = Python(function=f"{MODULE}:slow")
    context = TargetContext(Path(), (), lambda name: None, 10.0, max_answer_bytes=1000)
    target = type_.open(type_.card("agent", type="python"), context)

    async def run() -> tuple[bool, int]:
        asked = [asyncio.create_task(target.ask(PROMPT)) for _ in range(4)]
        # The loop goes on while the functions sleep.
        await asyncio.sleep(0.01)
        went_on = not any(task.done() for task in asked)
        return went_on, len(await asyncio.gather(*asked))

    assert (True, 4) == asyncio.run(run())


@pytest.mark.parametrize(
    ("function", "kind", "words"),
    [
        ("broken", "case-fatal", "LookupError: no map for [secret AGENT_KEY]"),
        ("unreachable", "transient", "ConnectionError: the map room does not answer"),
        ("never", "transient", "no whole answer within 0.2 s"),
        ("stuck", "transient", "no whole answer within 0.2 s"),
        ("leaving", "case-fatal", "SystemExit('enough')"),
        ("strange", "bad-answer", "it is of type set, and neither a text nor a dict of JSON"),
        ("LABEL", "target-fatal", f"{MODULE} has no function LABEL"),
    ],
)
def test_each_failure_is_of_its_kind_and_says_why(
    function: str, kind: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A function of somebody else's may do anything, and none of it ends the run."""
    monkeypatch.setenv("AGENT_KEY", KEY)
    fault = fault_of(function, timeout_s=0.2)

    assert kind == fault.kind
    assert words in str(fault)


def test_a_package_that_is_not_there_is_said_at_once() -> None:
    """Nothing was asked yet."""
    fault = fault_of("answer", module="no_such_package.main")

    assert "target-fatal" == fault.kind
    assert "no package no_such_package is installed" in str(fault)


@pytest.mark.parametrize("module", ["sneaky.py", "sneaky/__init__.py", "sneaky/main.py"])
def test_code_beside_the_specs_is_not_run(module: str, tmp_path: Path) -> None:
    """It may have come with a pull request, and runs with all keys in reach."""
    (tmp_path / module).parent.mkdir(exist_ok=True)
    (tmp_path / module).write_text("open('ran', 'w')\ndef answer(question): return 'Paris'\n")
    function = "sneaky.main:answer" if module.endswith("main.py") else "sneaky:answer"
    (tmp_path / "evalc.toml").write_text(f'[targets.it]\ntype = "python"\nfunction = "{function}"\n' + POLICY)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "geo.evalc").write_text(CAPITALS)
    command = [sys.executable, "-m", "evalc", "run", "--target", "it", "--judge", "scripted"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 2 == done.returncode, done.stdout
    assert "sneaky lies in the current folder and is not installed" in done.stderr
    assert not (tmp_path / "ran").exists()
