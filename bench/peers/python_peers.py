"""Runners that are written in Python; their programs are texts, for it is not our interpreter that runs them."""

import json
from pathlib import Path
from subprocess import run
from typing import ClassVar

from bench.peers.peer import Peer, Task

_ROWS = """
import asyncio, json, sys
from openai import AsyncOpenAI

cases, url, concurrency = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(cases, encoding="utf-8") as file:
    rows = [json.loads(line) for line in file]


async def ask(prompt):
    messages = [{"role": "user", "content": prompt}]
    answer = await client.chat.completions.create(model="served", messages=messages)
    return answer.choices[0].message.content
"""


class PythonPeer(Peer):
    """A runner with a virtual environment."""

    package: ClassVar[str]

    @property
    def program(self) -> Path:
        """The interpreter of its environment."""
        return self.env / "bin" / "python"

    def version(self) -> str:
        """What its package is called, with its version."""
        words = ["-c", f"from importlib.metadata import version; print('{self.package}', version('{self.package}'))"]
        return run([self.program, *words], capture_output=True, text=True, check=True).stdout.strip()


class ScriptedPeer(PythonPeer):
    """A runner that is a library, with a program of some lines that uses it as its documentation does."""

    text: ClassVar[str]

    def prepare(self, task: Task) -> None:
        """Write the program."""
        (task.folder / "ask.py").write_text(_ROWS + self.text)

    def command(self, task: Task) -> list[str]:
        """The program with what it is to ask."""
        return [str(self.program), "ask.py", str(task.cases), task.url, str(task.concurrency)]


class PydanticEvals(ScriptedPeer):
    """pydantic-evals: a dataset with a check of each case."""

    name = "pydantic-evals"
    package = "pydantic-evals"
    install = "python3 -m venv {env} && {env}/bin/pip install pydantic-evals openai"
    variables: ClassVar = {"OPENAI_API_KEY": "none", "LOGFIRE_IGNORE_NO_CONFIG": "1"}
    text = """
from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Contains


async def main():
    global client
    client = AsyncOpenAI(base_url=url)
    found = [Case(name=row["id"], inputs=row["prompt"], evaluators=(Contains(value=row["expect"]),)) for row in rows]
    report = await Dataset(name="words", cases=found).evaluate(ask, max_concurrency=concurrency, progress=False)
    passed = sum(case.assertions["Contains"].value for case in report.cases)
    assert passed == len(rows) * 9 // 10 and not report.failures


asyncio.run(main())
"""


class DeepEval(ScriptedPeer):
    """DeepEval: it is given the answers, which a loop of one's own asks for, and measures them."""

    name = "deepeval"
    package = "deepeval"
    install = "python3 -m venv {env} && {env}/bin/pip install deepeval openai"
    variables: ClassVar = {
        "OPENAI_API_KEY": "none",
        "DEEPEVAL_TELEMETRY_OPT_OUT": "1",
        "DEEPEVAL_UPDATE_WARNING_OPT_IN": "0",
        "ERROR_REPORTING": "0",
    }
    text = """
from deepeval import evaluate
from deepeval.evaluate import AsyncConfig, CacheConfig, DisplayConfig
from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase


class HasTheWord(BaseMetric):
    threshold, async_mode, __name__ = 1.0, True, "HasTheWord"

    def measure(self, case, *_, **__):
        self.score = float(case.expected_output in case.actual_output)
        self.success, self.reason = self.score == 1, None
        return self.score

    async def a_measure(self, case, *_, **__):
        return self.measure(case)

    def is_successful(self):
        return self.success


async def main():
    global client
    client, places = AsyncOpenAI(base_url=url), asyncio.Semaphore(concurrency)

    async def one(row):
        async with places:
            text = await ask(row["prompt"])
        return LLMTestCase(name=row["id"], input=row["prompt"], actual_output=text, expected_output=row["expect"])

    return await asyncio.gather(*map(one, rows))


result = evaluate(
    test_cases=asyncio.run(main()),
    metrics=[HasTheWord()],
    async_config=AsyncConfig(run_async=True, max_concurrent=concurrency, throttle_value=0),
    cache_config=CacheConfig(use_cache=False, write_cache=False),
    display_config=DisplayConfig(show_indicator=False, print_results=False),
)
assert sum(one.success for one in result.test_results) == len(rows) * 9 // 10
"""


class InspectAI(PythonPeer):
    """Inspect AI: a task of its own, run by its command."""

    name = "inspect-ai"
    package = "inspect-ai"
    install = "python3 -m venv {env} && {env}/bin/pip install inspect-ai openai"
    variables: ClassVar = {"SERVED_API_KEY": "none"}

    def prepare(self, task: Task) -> None:
        """Write the task, with the address of the endpoint for its provider."""
        (task.folder / "words.py").write_text(
            "from inspect_ai import Task, task\n"
            "from inspect_ai.dataset import Sample, json_dataset\n"
            "from inspect_ai.scorer import includes\n\n\n"
            "@task\ndef words():\n"
            "    read = lambda row: Sample(id=row['id'], input=row['prompt'], target=row['expect'])\n"
            f"    return Task(dataset=json_dataset({str(task.cases)!r}, read), scorer=includes())\n"
        )
        (task.folder / ".env").write_text(f"SERVED_BASE_URL={task.url}\n")

    def command(self, task: Task) -> list[str]:
        """Its command, with as many samples at once as connections."""
        many = str(task.concurrency)
        words = ["eval", "words.py", "--model", "openai-api/served/served", "--display", "none", "--log-dir", "logs"]
        return [str(self.env / "bin" / "inspect"), *words, "--max-connections", many, "--max-samples", many]


class LmEval(PythonPeer):
    """lm-evaluation-harness: a task in YAML, run by its command."""

    name = "lm-eval"
    package = "lm-eval"
    install = "python3 -m venv {env} && {env}/bin/pip install 'lm-eval[api]'"
    variables: ClassVar = {
        "OPENAI_API_KEY": "none",
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HOME": "hf",
    }

    def prepare(self, task: Task) -> None:
        """Write the task and its metric."""
        folder = task.folder / "task"
        folder.mkdir()
        content = {
            "task": "words",
            "dataset_path": "json",
            "dataset_kwargs": {"data_files": {"test": str(task.cases)}},
            "test_split": "test",
            "output_type": "generate_until",
            "doc_to_text": "{{prompt}}",
            "doc_to_target": "{{expect}}",
            "generation_kwargs": {"until": [], "do_sample": False, "max_gen_toks": 128},
            "metric_list": [{"metric": "contains", "aggregation": "mean", "higher_is_better": True}],
        }
        # JSON is YAML, but for the function, which has a tag of its own.
        lines = json.dumps(content, indent=1).removesuffix("\n}") + ',\n "process_results": !function words.score\n}\n'
        (folder / "words.yaml").write_text(lines)
        (folder / "words.py").write_text(
            "def score(doc, results):\n    return {'contains': float(doc['expect'] in results[0])}\n"
        )

    def command(self, task: Task) -> list[str]:
        """Its command, for an endpoint of chat completions."""
        asked = f"model=served,base_url={task.url}/chat/completions,num_concurrent={task.concurrency},max_retries=3"
        words = ["run", "--model", "local-chat-completions", "--model_args", f"{asked},tokenized_requests=False"]
        words += ["--tasks", "words", "--include_path", "task", "--apply_chat_template"]
        return [str(self.env / "bin" / "lm_eval"), *words, "--output_path", "results", "--log_samples"]
