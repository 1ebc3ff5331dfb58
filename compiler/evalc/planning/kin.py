"""Which family of models a name belongs to, so that a judge that grades its own kin is noticed."""

import re
from collections.abc import Iterable, Iterator

from evalc.model.plan import TargetCard

# What the names of models begin with, or what stands behind a sign in them. A distilled model is of both families.
_MARKS = {
    "AI21": "jamba",
    "Alibaba": "qwen|qwq|qvq",
    "Allen AI": "olmo|tulu",
    "Amazon": "nova|titan",
    "Anthropic": "claude",
    "Baidu": "ernie",
    "ByteDance": "doubao",
    "Cohere": "command|aya",
    "DeepSeek": "deepseek",
    "Google": "gemini|gemma|palm",
    "IBM": "granite",
    "LG": "exaone",
    "Meta": "llama",
    "Microsoft": "phi",
    "MiniMax": "minimax",
    "Mistral": "mistral|mixtral|ministral|codestral|devstral|magistral|pixtral",
    "Moonshot": "kimi|moonshot",
    "NVIDIA": "nemotron",
    "OpenAI": "gpt|chatgpt|o1|o3|o4",
    "Tencent": "hunyuan",
    "xAI": "grok",
    "Zhipu": "glm|chatglm",
}
_FAMILIES = {family: re.compile(rf"(?:^|[^a-z])(?:{marks})(?![a-z]{{3}})") for family, marks in _MARKS.items()}
_FAMILY_OF_TYPE = {"anthropic": "Anthropic", "google": "Google"}


def families_of(card: TargetCard) -> frozenset[str]:
    """The families that a target or judge belongs to by its type and the name of its model; none where that is open."""
    found = {family for family, marks in _FAMILIES.items() if marks.search(card.model.lower())}
    return frozenset(found | {_FAMILY_OF_TYPE.get(card.type, "")} - {""})


def kin(targets: Iterable[TargetCard], judges: Iterable[TargetCard]) -> Iterator[tuple[TargetCard, TargetCard, str]]:
    """Each target with a judge of its family, and what they have in common: `the same model` or the family's name."""
    judges = tuple(judge for judge in judges if judge.model)
    for target in targets:
        for judge in judges:
            common = families_of(target) & families_of(judge)
            if target.model == judge.model:
                yield target, judge, "the same model"
            elif common:
                yield target, judge, f"models of {min(common)}"
