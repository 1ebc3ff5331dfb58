"""Explain a word."""

import shutil
import sys
from argparse import ArgumentParser, Namespace

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import Painter, wants_colour

_WIDEST = 100


class ExplainCommand(Command):
    """Explain a finding, a check, a rule, a field, or any other word of the language.

    WORD is what stands in brackets in a message, such as `near-slot`, or what a spec says: `severity`, `be one of`,
    `must satisfy`. Where a word stands for several things all are shown; `case.severity` is the field of one block.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="*", metavar="WORD", help="what to explain")
        parser.add_argument(
            "--list", action="store_true", help="list all that can be explained, or the kinds that WORD names"
        )

    def run(self, arguments: Namespace) -> int:
        asked = " ".join(arguments.words)
        if arguments.list:
            return _list(asked.split())
        if not asked:
            print("evalc: name what to explain; `evalc explain --list` lists it", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        return _explain(asked)


def _explain(asked: str) -> int:
    from evalc.base.visible import visible
    from evalc.reference.contents import find_entries, near_names
    from evalc.reference.text import entry_text

    entries = find_entries(asked)
    if not entries:
        near = " or ".join(f"`{name}`" for name in near_names(asked))
        hint = f"did you mean {near}?" if near else "`evalc explain --list` lists all that can be explained"
        print(f"evalc: there is nothing called `{visible(asked)}`; {hint}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    painter = Painter(colour=wants_colour())
    pages = [entry_text(entry, width=_width(), emphasis=lambda text: painter(text, "bold")) for entry in entries]
    print("\n\n".join(pages), end="")
    return exit.GOOD


def _list(kinds: list[str]) -> int:
    from evalc.reference.contents import all_entries
    from evalc.reference.text import PLURALS, overview_text

    known = {plural: kind for kind, plural in PLURALS.items()} | {kind: kind for kind in PLURALS}
    strange = [kind for kind in kinds if kind not in known]
    if strange:
        print(f"evalc: there is no kind `{strange[0]}`; the kinds are {', '.join(PLURALS.values())}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    wanted = {known[kind] for kind in kinds} or set(PLURALS)
    painter = Painter(colour=wants_colour())
    entries = [entry for entry in all_entries() if entry.kind in wanted]
    print(overview_text(entries, width=_width(), emphasis=lambda text: painter(text, "bold")), end="")
    return exit.GOOD


def _width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
