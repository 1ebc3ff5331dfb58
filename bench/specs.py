"""Specs of any size, and the same content in other formats."""

import json
from random import Random
from typing import TypeAlias

Content: TypeAlias = dict[str, list[dict[str, str | list[str]]]]
"""Cases by the names of their evals."""

_WORDS = (
    "the order was late and box dented when it came customer asks for refund policy says thirty days from delivery "
    "photo attached please check status of account before you answer with care number plan basic premium warranty"
).split()
_CASES_A_FILE = 250


def make_content(cases: int) -> Content:
    """So many cases of some 2.3 KB each, the same at every call."""
    chance = Random(20260304)  # Text to read, and no secret.
    content: Content = {}
    for number in range(cases):
        content.setdefault(f"desk-{number // _CASES_A_FILE}", []).append(_case(number, chance))
    return content


def as_specs(content: Content) -> dict[str, str]:
    """The content as specs by their paths."""
    return {f"{name}.evalc": _spec(name, cases) for name, cases in content.items()}


def as_toml(content: Content) -> str:
    """The content as TOML, prose in multi-line texts."""
    lines: list[str] = []
    for name, cases in content.items():
        for case in cases:
            lines.append(f"[[{name}]]")
            for key, value in case.items():
                if isinstance(value, str) and "\n" in value:
                    lines.append(f'{key} = """\n{value}"""')
                else:
                    lines.append(f"{key} = {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def as_yaml(content: Content) -> str:
    """The content as YAML, prose in block scalars."""
    lines: list[str] = []
    for name, cases in content.items():
        lines.append(f"{name}:")
        for case in cases:
            mark = "-"
            for key, value in case.items():
                if isinstance(value, str) and "\n" in value:
                    lines.append(f"  {mark} {key}: |")
                    lines += [f"      {line}" for line in value.rstrip("\n").split("\n")]
                else:
                    lines.append(f"  {mark} {key}: {json.dumps(value)}")
                mark = " "
    return "\n".join(lines) + "\n"


def _case(number: int, chance: Random) -> dict[str, str | list[str]]:
    return {
        "name": f"case-{number}",
        "title": f"Case {number}: {_prose(chance, 6)}",
        "severity": chance.choice(["critical", "high", "medium", "low"]),
        "tags": ["refund", chance.choice(["photo", "boundary", "tone"])],
        "input": _paragraphs(chance, 8),
        "expect": _paragraphs(chance, 3),
        "contain": [f"RMA-{number}", "sorry"],
        "pattern": rf"RMA-{number}\d?",
        "good": f"Sorry about that. RMA-{number} is open.\n" + _paragraphs(chance, 5),
        "bad": _paragraphs(chance, 5),
    }


def _spec(name: str, cases: list[dict[str, str | list[str]]]) -> str:
    head = [
        f"vendor v-{name}: Vendor of {name}",
        f"eval {name}: {name}",
        f"  for: v-{name}",
        "  category: Support Agent",
        "  version: 1.0.0",
    ]
    return "\n".join([*head, *(_spec_case(case) for case in cases)]) + "\n"


def _spec_case(case: dict[str, str | list[str]]) -> str:
    first, second = list(case["contain"])
    lines = [
        "",
        f"case {case['name']}: {case['title']}",
        f"  severity: {case['severity']}",
        f"  tags: {', '.join(case['tags'])}",
        *_field("input", str(case["input"])),
        *_field("expect", str(case["expect"])),
        f'  must contain "{first}" as names-the-case',
        f'  must contain any of "{second}", "apologise" as is-sorry',
        f"  must match /{case['pattern']}/ as has-a-number",
        "  should have words <= 180",
        *_field("good", str(case["good"])),
        *_field("bad (breaks names-the-case, is-sorry, has-a-number)", str(case["bad"])),
    ]
    return "\n".join(lines)


def _field(name: str, prose: str) -> list[str]:
    return [f"  {name}:", *(f"    {line}" for line in prose.rstrip("\n").split("\n"))]


def _paragraphs(chance: Random, lines: int) -> str:
    return "".join(f"{_prose(chance, 14)}.\n" for _ in range(lines))


def _prose(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))
