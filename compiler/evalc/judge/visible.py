"""Untrusted text as a judge may see it: nothing hidden, nothing that looks like a part of the prompt."""

import re
import unicodedata

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Signs that look like several angle brackets at once.
_WIDE_BRACKETS = "⋘⋙≪≫"

_JOINER = re.compile("((?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f]))")
_SELECTORS = re.compile("[\ufe00-\ufe0f]{2,}|[\U000e0100-\U000e01ef]")

# Brackets and bars come in full width and small forms too.
_OPEN, _CLOSE, _BAR, _COLON = "<\uff1c\ufe64", ">\uff1e\ufe65", "|\uff5c", ":\uff1a"
_SHOWN_OPEN, _SHOWN_CLOSE = "\u2039", "\u203a"

_FENCE = re.compile(f"[{_OPEN}]{{3,}}|[{_CLOSE}]{{3,}}")
_ROLE = r"(?:system|user|assistant|human|developer|tool|judge|grader|model|instructions?|rubric|criterion|verdict)"
_DOCUMENT = "(?:answer|calls|conversation|example|reference)"
_TAG = re.compile(
    rf"[{_OPEN}](?P<token>[{_BAR}][^<>\n]{{1,60}}[{_BAR}]|</?SYS>"
    rf"|(?:/|end )? ?(?:{_ROLE}|s|bos|eos|(?:start|end)_of_turn|{_DOCUMENT})(?: [^<>\n]{{0,60}})?)[{_CLOSE}]"
    r"|\[(?P<sign>/?(?:INST|SYS|SYSTEM))\]",
    re.IGNORECASE,
)
_ROLE_LINE = re.compile(
    rf"^(?=[^\w\n]*_*{_ROLE}\b[ \t]*(?:message|prompt|note|override)?[*_ \t]*[{_COLON}])",
    re.IGNORECASE | re.MULTILINE,
)
_SHOWN = (
    "answer|submission|response|document|data|conversation|reference|example|instructions?|prompt|input|output|text"
)
_END_LINE = re.compile(
    rf"^(?=[^\w\n]*(?:end|begin|start)(?:ning)?[ \t]+(?:of[ \t]+)?(?:the[ \t]+)?(?:{_SHOWN})[^\w\n]*$)",
    re.IGNORECASE | re.MULTILINE,
)


def make_visible(text: str) -> str:
    """The text with nothing hidden in it and nothing that looks like a part of a prompt.

    Hidden characters become `⟨U+202E⟩`; the brackets of fences, special tokens and role tags become single quotes of
    the kind U+2039 and U+203A; a line that begins like a message of another role, or that says that a document ends or
    begins, has `⟨text⟩` before it. A joiner between letters of other scripts than Latin and a single variation selector
    stay, for words and emoji need them.
    """
    text = _without_hidden(text.replace("\r\n", "\n"))
    text = _FENCE.sub(lambda found: (_SHOWN_OPEN if found[0][0] in _OPEN else _SHOWN_CLOSE) * len(found[0]), text)
    text = _TAG.sub(_tag_shown, text)
    return _END_LINE.sub("⟨text⟩ ", _ROLE_LINE.sub("⟨text⟩ ", text))


def _tag_shown(found: re.Match[str]) -> str:
    inner = (found["token"] or found["sign"]).replace("<", _SHOWN_OPEN).replace(">", _SHOWN_CLOSE)
    return f"{_SHOWN_OPEN}{inner}{_SHOWN_CLOSE}"


def _without_hidden(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _SELECTORS.sub(lambda found: "".join(map(_shown, found[0])), text)
    hidden = {ord(sign): _shown(sign) for sign in set(text) if _is_hidden(sign)}
    # The joiners that stay are every second part.
    parts = _JOINER.split(text)
    return "".join(part if at % 2 else part.translate(hidden) for at, part in enumerate(parts))


def _is_hidden(sign: str) -> bool:
    return sign in _WIDE_BRACKETS or (sign not in "\n\t" and unicodedata.category(sign) in _HIDDEN_CATEGORIES)


def _shown(sign: str) -> str:
    return f"⟨U+{ord(sign):04X}⟩"
