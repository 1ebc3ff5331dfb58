"""Whole runs of agents over HTTP: what they are shown, what is kept of it, and that it can be replayed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from evalc.base.scrub import Scrubber
from evalc.model.catalog import Catalog, Tool, ToolReply, Turn
from evalc.model.result import RunResult
from evalc.model.settings import RunSettings
from evalc.planning.bind import open_targets
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.run.context import RunContext
from evalc.run.engine import run_plan
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import read_run
from tests.builders import make_case, make_check, make_eval
from tests.servers.chat import Say, is_judgement, serve_chat, verdict_on
from tests.servers.loopback import Call, Step

LOOK = Tool(name="look", description="Looks.", parameters={}, replies=(ToolReply(content="It is on the Seine."),))


def run(folder: Path, policy_text: str, *, records: bool = False) -> tuple[RunResult, Path]:
    """A run of one case with a tool at the target of a policy, judged by its judge."""
    (folder / "evalc.toml").write_text(policy_text)
    policy, _ = read_policy(folder / "evalc.toml")
    looks = make_check("looks").model_copy(update={"verb": "call", "arguments": {"tool": "look"}})
    checks = (looks, make_check("names-the-river", is_judged=True))
    case = make_case("france").model_copy(
        update={"checks": checks, "tools": (LOOK,), "turns": (Turn(role="user", text="Where is Paris?"),)}
    )
    settings = RunSettings(targets=("it",), judge="it")
    plan, findings = make_plan(Catalog(evals=(make_eval([case]),)), policy, settings=settings)
    assert not findings.has_errors
    opened, _ = open_targets(plan, policy, secret=lambda name: None)
    with create_log(folder / "results", plan, context=LogContext(Scrubber({}))) as log:
        asyncio.run(run_plan(plan, opened, log=log, context=RunContext(policy.limits, records=records)))
    return read_run(log.folder)[0], log.folder


def agent(judged: Callable[[Call], None]) -> Callable[[Call], Step]:
    """An agent that looks once and then answers; as a judge it approves of everything."""
    call: JsonValue = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}

    def answer(asked: Call) -> Step:
        if is_judgement(asked):
            judged(asked)
            return verdict_on(asked, "met")
        if len(asked.texts) == 1:
            return Say(None, message={"tool_calls": [call], "reasoning_details": [{"data": "signed-thought"}]})
        return Say(f"Paris: {asked.texts[-1]}")

    return answer


def test_an_agent_is_run_judged_kept_and_replayed(tmp_path: Path) -> None:
    """What the tool gave back reaches the agent, the judge and the log; thoughts reach the agent alone."""
    judged: list[Call] = []
    (tmp_path / "first").mkdir()
    with serve_chat(agent(judged.append)) as server:
        table = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m-1"\n'
        first, folder = run(tmp_path / "first", f"[targets.it]\n{table}[judges.it]\n{table}", records=True)
        result = first.results[0]
        again = server.calls[1].body["messages"]

    assert "passed" == result.outcome
    assert "Paris: It is on the Seine." == result.responses[0].text
    assert ["assistant", "tool"] == [message.role for message in result.responses[0].transcript]
    assert "What a tool gave back" in judged[0].texts[1]
    assert "It is on the Seine." in judged[0].texts[1]
    assert "signed-thought" in str(again)
    assert "signed-thought" not in (folder / "events.jsonl").read_text()

    (tmp_path / "second").mkdir()
    files = [
        f'type = "replay"\nfile = "{folder / "recordings" / role / "it.jsonl"}"\n' for role in ("targets", "judges")
    ]
    second, _ = run(tmp_path / "second", f"[targets.it]\n{files[0]}[judges.it]\n{files[1]}")

    assert result.responses == second.results[0].responses
    assert "passed" == second.results[0].outcome
