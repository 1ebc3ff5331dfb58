"""Prompts of promptfoo as turns of a conversation.

A prompt is a text, a list of chat messages in JSON or YAML, or a file with one of these; a text file holds several
with lines of `---` between them. Variables stand in `{{ }}`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from evalc.importers._promptfoo_files import PROGRAMS, SCHEME, ConfigFiles, entries, section

_VARIABLE = re.compile(r"\{\{-?\s*([A-Za-z_][A-Za-z0-9_.]*)\s*-?\}\}")
_LOGIC = re.compile(r"\{%.*?%\}|\{\{[^}]*[|(\[][^}]*\}\}", re.DOTALL)
_SEPARATOR = re.compile(r"^---\s*$", re.MULTILINE)
_ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}


@dataclass(frozen=True, slots=True)
class PromptDraft:
    """A prompt: its label, and its messages as pairs of a role and a text with variables."""

    label: str
    messages: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class PromptReader:
    """Reads prompts, and keeps a sentence about each that is something else than text."""

    files: ConfigFiles
    remarks: list[str] = field(default_factory=list)

    def read_all(self, value: JsonValue) -> list[PromptDraft]:
        """All prompts of a configuration; the bare variable `prompt` where it names none."""
        found = [prompt for entry in entries(value) for prompt in self._read(entry)]
        return found or [PromptDraft("", (("user", "{{prompt}}"),))]

    def _read(self, entry: JsonValue) -> Iterator[PromptDraft]:
        settings = section(entry)
        label = str(settings.get("label") or "")
        text = settings.get("raw", settings.get("id")) if settings else entry
        if not isinstance(text, str):
            self.remarks.append(f"a prompt that is no text: {json.dumps(entry, ensure_ascii=False)}")
        elif text.removeprefix(SCHEME).partition(":")[0].endswith(PROGRAMS):
            self.remarks.append(f"the prompt {text}, which is made by a program")
        elif self.files.named_in(text):
            for inner in entries(_as_one_prompt(self.files.structured(text))):
                yield from self._read(inner) if isinstance(inner, str) else [PromptDraft(label, self._messages(inner))]
        elif text.startswith(SCHEME):
            for part in _SEPARATOR.split(self.files.text(text)):
                if part.strip():
                    yield PromptDraft(label, self._of_text(part))
        else:
            yield PromptDraft(label, self._of_text(text))

    def _of_text(self, text: str) -> tuple[tuple[str, str], ...]:
        try:
            messages = json.loads(text)
        except ValueError:
            messages = None
        if isinstance(messages, list):
            return self._messages(messages)
        return (("user", text.strip("\n")),)

    def _messages(self, value: JsonValue) -> tuple[tuple[str, str], ...]:
        found = []
        for entry in entries(value):
            message = section(entry)
            role = _ROLES.get(str(message.get("role")))
            content = message.get("content")
            if role and isinstance(content, str):
                found.append((role, content))
            else:
                self.remarks.append(f"a message that is no text: {json.dumps(entry, ensure_ascii=False)}")
        return tuple(found)


def _as_one_prompt(value: JsonValue) -> JsonValue:
    """A list of messages as one item, so that it is told from a list of prompts."""
    is_chat = isinstance(value, list) and all("role" in section(entry) for entry in value)
    return [value] if is_chat else value


def fill(text: str, variables: Mapping[str, JsonValue]) -> str:
    """A text with each variable that is known in its place; others stay as they are written."""

    def replace(found: re.Match[str]) -> str:
        name, _, inner = found[1].partition(".")
        value = section(variables.get(name)).get(inner) if inner else variables.get(name)
        if value is None:
            return found[0]
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    return _VARIABLE.sub(replace, text)


def logic_in(text: str) -> str:
    """The first piece of a template in a text that does more than name a variable, or an empty text."""
    found = _LOGIC.search(text)
    return found[0] if found else ""


def turns_of(prompt: PromptDraft, variables: Mapping[str, JsonValue]) -> tuple[tuple[str, str], ...]:
    """The prompt with its variables filled in as fields of a case: `input`, or the turns of a conversation."""
    filled = [(role, fill(text, variables)) for role, text in prompt.messages]
    system = "\n\n".join(text for role, text in filled if role == "system" and text.strip())
    turns = [(role, text) for role, text in filled if role != "system" and text.strip()]
    if not system and [role for role, _ in turns] == ["user"]:
        return (("input", turns[0][1]),)
    return ((("system", system),) if system else ()) + tuple(turns)
