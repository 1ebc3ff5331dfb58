"""Specs of any size, and the same content in other formats."""

import json
from collections.abc import Iterator
from random import Random
from typing import TypeAlias

Check: TypeAlias = dict[str, str | list[str]]
Case: TypeAlias = dict[str, str | list[str] | list[Check]]
Content: TypeAlias = dict[str, list[Case]]
"""Cases by the names of their evals. All that a spec says is in them, so that every format has the same to say."""

_WORDS = (
    "the order was late and box dented when it came customer asks for refund policy says thirty days from delivery "
    "photo attached please check status of account before you answer with care number plan basic premium warranty"
).split()
_CASES_A_FILE = 250


def make_content(cases: int, *, first: int = 0) -> Content:
    """So many cases of some 2.3 KB each, the same at every call.

    Args:
        first: The number of the first case. What has other numbers has other texts and checks, so that no reader
            remembers them.
    """
    chance = Random(20260304 + first)  # Text to read, and no secret.
    content: Content = {}
    for number in range(first, first + cases):
        content.setdefault(f"desk-{number // _CASES_A_FILE}", []).append(_case(number, chance))
    return content


def as_specs(content: Content) -> dict[str, str]:
    """The content as specs by their paths."""
    return {f"{name}.evalc": _spec(name, cases) for name, cases in content.items()}


def as_toml(content: Content) -> str:
    """The content as TOML: prose in multi-line texts, checks as tables of one line."""
    lines: list[str] = []
    for name, cases in content.items():
        for case in cases:
            lines.append(f"[[{name}]]")
            lines += [f"{key} = {_toml(value)}" for key, value in case.items()]
    return "\n".join(lines) + "\n"


def as_yaml(content: Content) -> str:
    """The content as YAML: prose in block scalars, the rest plain, which its parsers read fastest."""
    lines: list[str] = []
    for name, cases in content.items():
        lines.append(f"{name}:")
        for case in cases:
            lines += _yaml_item(case, "  ")
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str] | list[Check] | Check) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + "".join(f"  {_toml(item)},\n" for item in value) + "]"
    is_prose = isinstance(value, str) and "\n" in value
    return f'"""\n{value}"""' if is_prose else json.dumps(value)


def _yaml_item(item: Case | Check, margin: str) -> Iterator[str]:
    """A mapping as an item of a list."""
    mark = "- "
    for key, value in item.items():
        first = f"{margin}{mark}{key}:"
        mark = "  "
        if isinstance(value, str) and "\n" in value:
            yield f"{first} |"
            yield from (f"{margin}    {line}" for line in value.rstrip("\n").split("\n"))
        elif isinstance(value, str):
            yield f"{first} {value if value.replace(' ', '').replace('-', '').isalnum() else json.dumps(value)}"
        elif value and isinstance(value[0], dict):
            yield first
            for inner in value:
                assert isinstance(inner, dict)
                yield from _yaml_item(inner, f"{margin}    ")
        else:
            yield f"{first} [{', '.join(map(str, value))}]"


def _case(number: int, chance: Random) -> Case:
    checks: list[Check] = [
        {"must contain": f"RMA-{number}", "as": "names-the-case"},
        {"must contain any of": ["sorry", "apologise"], "as": "is-sorry"},
        {"must match": rf"RMA-{number}\d?", "as": "has-a-number"},
        {"should have words": "<= 180"},
    ]
    return {
        "name": f"case-{number}",
        "title": f"Case {number}: {_prose(chance, 6)}",
        "severity": chance.choice(["critical", "high", "medium", "low"]),
        "tags": ["refund", chance.choice(["photo", "boundary", "tone"])],
        "input": _paragraphs(chance, 8),
        "expect": _paragraphs(chance, 3),
        "checks": checks,
        "good": f"Sorry about that. RMA-{number} is open.\n" + _paragraphs(chance, 5),
        "bad": _paragraphs(chance, 5),
        "breaks": ["names-the-case", "is-sorry", "has-a-number"],
    }


def _spec(name: str, cases: list[Case]) -> str:
    head = [
        f"vendor v-{name}: Vendor of {name}",
        f"eval {name}: {name}",
        f"  for: v-{name}",
        "  category: Support Agent",
        "  version: 1.0.0",
    ]
    return "\n".join([*head, *(_spec_case(case) for case in cases)]) + "\n"


def _spec_case(case: Case) -> str:
    lines = [
        "",
        f"case {case['name']}: {case['title']}",
        f"  severity: {case['severity']}",
        f"  tags: {_listed(case['tags'])}",
        *_field("input", case["input"]),
        *_field("expect", case["expect"]),
        *(f"  {_check(check)}" for check in case["checks"] if isinstance(check, dict)),
        *_field("good", case["good"]),
        *_field(f"bad (breaks {_listed(case['breaks'])})", case["bad"]),
    ]
    return "\n".join(lines)


def _check(check: Check) -> str:
    """A check as a line: its first key and value, and its name."""
    said, value = next(iter(check.items()))
    if said.endswith("match"):
        written = f"/{value}/"
    elif said.endswith("words"):
        written = str(value)
    else:
        written = ", ".join(f'"{text}"' for text in ([value] if isinstance(value, str) else value))
    return f"{said} {written}" + (f" as {check['as']}" if "as" in check else "")


def _listed(items: object) -> str:
    assert isinstance(items, list)
    return ", ".join(items)


def _field(name: str, prose: object) -> list[str]:
    assert isinstance(prose, str)
    return [f"  {name}:", *(f"    {line}" for line in prose.rstrip("\n").split("\n"))]


def _paragraphs(chance: Random, lines: int) -> str:
    return "".join(f"{_prose(chance, 14)}.\n" for _ in range(lines))


def _prose(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))
