"""What an answer, a judge or a server says stays text, and repeats no key, in all that a run leaves behind."""

import base64
import json
import re
import unicodedata
from urllib.parse import quote

import pytest

from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import Call, Say, Status, Step, is_judgement, serve_chat, verdict_on

KEY = 'sk-"0123/456+789='
SAID = (
    KEY,
    json.dumps(KEY),
    quote(KEY, safe=""),
    base64.b64encode(KEY.encode()).decode(),
    base64.b64encode(b"Bearer " + KEY.encode()).decode(),
    base64.urlsafe_b64encode(b"ab" + KEY.encode()).decode(),
)
TRICKS = (
    "\x1b[2J\x1b]0;owned\x07\u202eLima\u2066\x00\x9b31m\r::error file=x::owned\n::set-output name=passed::yes\n"
    "##[error]owned\n=cmd|' /C calc'!A0\n]]></failure><script>window.owned = 1</script>\ufffe\n"
    "![owned](http://127.0.0.1:9/x.png) <img src=x onerror=owned()> {{ 7*7 }} {% raw %}"
)
AFTER = (
    ("gate",),
    *(("export", "latest", "--format", form) for form in ("csv", "json", "junit", "markdown", "sarif")),
    *(("gate", "--format", form) for form in ("csv", "json", "junit", "markdown", "sarif")),
    ("review", "--by", "A"),
    ("verify",),
    ("run", "--resume"),
    ("compare", "latest", "latest"),
    ("site", "--plain"),
)


def answer(call: Call) -> Step:
    """Every second question is refused, in the same words as the others are answered."""
    said = f"Lima {TRICKS} {' and '.join(SAID)}"
    if call.number == 1:
        return Status(400, json.dumps({"error": {"message": said}}).encode())
    return verdict_on(call, "not_met", reason=said) if is_judgement(call) else Say(said)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """A workspace with a run in it, and all that this run and the commands after it printed."""
    workspace = Workspace(tmp_path_factory.mktemp("run"))
    cache = str(workspace.folder / "cache")
    workspace.write("specs/capitals.evalc", CAPITALS)
    with serve_chat(answer) as server:
        bound = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m-1"\nkey = "SERVED_KEY"\n'
        workspace.write("evalc.toml", f"[targets.a]\n{bound}\n[judges.j]\n{bound}")
        asked = ("run", "--target", "a", "--judge", "j", "--record", "--events", "told.jsonl", "--otel", "otel")
        said = []
        for words in (asked, *AFTER):
            ended = workspace.evalc(*words, SERVED_KEY=KEY, XDG_CACHE_HOME=cache)
            assert ended.returncode < 4, (words, ended.stderr)
            said += [ended.stdout, ended.stderr]
    return workspace, "\n".join(said)


def test_no_key_is_in_anything_that_is_printed_or_written(left: tuple[Workspace, str]) -> None:
    """Logs are committed, uploaded and published; a key comes back in any answer, and in any dress."""
    workspace, said = left
    written = [path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file()]
    everything = b"\n".join([*written, said.encode()])

    assert [] == [form for form in SAID if form.encode() in everything]
    assert b"456+789" not in everything
    assert b"[secret SERVED_KEY]" in everything


def test_nothing_that_is_printed_is_a_command(left: tuple[Workspace, str]) -> None:
    """Neither for a terminal nor for GitHub, which reads what a step prints line by line."""
    _, said = left

    assert "owned" in said
    assert {"\n"} == {sign for sign in said if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert [] == re.findall(r"^\s*(?:::|##\[).*", said, re.MULTILINE)


def test_nothing_on_a_page_is_markup(left: tuple[Workspace, str]) -> None:
    """The browser looks at pages in `tests/site`; here it is a whole run that ends on one."""
    workspace, _ = left
    pages = [path.read_text("utf-8") for path in (workspace.folder / "build" / "pages").rglob("*.html")]

    assert any("&lt;img src=x onerror=owned()&gt;" in page for page in pages)
    assert [] == [page for page in pages if "<img src=x" in page or "<script>window.owned" in page]
