"""The catalog as programs that read prose want it: one list of links.

Source of the form: llmstxt.org, "The /llms.txt file".
"""

import re
from collections.abc import Iterator

from evalc.model.catalog import Eval
from evalc.pages._address import LIBRARY_PATH, eval_path
from evalc.pages._excerpt import cut_words
from evalc.pages._legible import make_legible
from evalc.pages._words import say
from evalc.pages.contract import Copy, Library

EVALS_LISTED = 500
"""How many evals the list has; `catalog.json` has all."""

_MARKS = re.compile(r"[\\`*_\[\]<>|#]")


def make_llms(library: Library) -> Copy:
    """`llms.txt`: what the site is, its files for machines, and its evals by their copies."""
    heads = library.heads
    base = library.address and library.address.rstrip("/") + "/"
    cases = sum(len(head.case_ids) for head in heads)
    lines = [
        f"# {say('site.library')}",
        "",
        f"> {say('llms.lead', n=len(heads), cases=cases)}",
        "",
        say("llms.how"),
        "",
        f"## {say('machines.title')}",
        "",
        f"- [catalog.json]({base}{LIBRARY_PATH}catalog.json): {say('machines.catalog')}",
        "",
        f"## {say('library.list')}",
        "",
        *(_line(library, library.eval(head.id), base) for head in heads[:EVALS_LISTED]),
        *_rest(len(heads) - EVALS_LISTED),
    ]
    return Copy("llms.txt", "\n".join(lines) + "\n")


def _line(library: Library, eval_: Eval, base: str) -> str:
    title = _plain(say("page.title", title=eval_.title, vendor=library.vendor(eval_.vendor).title))
    about = _plain(cut_words(eval_.description or eval_.about, 200).text)
    return f"- [{title}]({base}{eval_path(eval_.id)}eval.json)" + (f": {about}" if about else "")


def _rest(count: int) -> Iterator[str]:
    if count > 0:
        yield f"- {say('llms.rest', n=count)}"


def _plain(text: str) -> str:
    """A text on one line in which nothing is Markdown."""
    line = " ".join(make_legible(text).split())
    return _MARKS.sub(lambda match: "\\" + match[0], line)
