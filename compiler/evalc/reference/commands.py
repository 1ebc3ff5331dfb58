"""The commands of evalc, read from their parsers."""

import argparse
from argparse import ArgumentParser
from collections.abc import Iterator
from inspect import cleandoc
from typing import NamedTuple, Protocol, runtime_checkable

from evalc.base.family import find_member, member_names

_FAMILY = "evalc.cli.commands"


@runtime_checkable
class Documented(Protocol):
    """What a command shows of itself: its docstring, and the parser that it configures."""

    def configure(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""


class ArgumentEntry(NamedTuple):
    """An argument as it is written, such as `--out FOLDER`, and what it is for."""

    written: str
    about: str


class CommandEntry(NamedTuple):
    """A command: its paragraphs, how it is called, its arguments, and the commands below it."""

    name: str
    paragraphs: tuple[str, ...]
    usage: str
    arguments: tuple[ArgumentEntry, ...]
    below: tuple["CommandEntry", ...] = ()


def command_entries() -> Iterator[CommandEntry]:
    """All commands, in alphabetical order."""
    for name in member_names(_FAMILY):
        command = find_member(_FAMILY, name, Documented)
        assert command is not None, name
        parser = ArgumentParser(prog=f"evalc {name}", formatter_class=_Wide)
        command().configure(parser)
        yield _entry(name, cleandoc(command.__doc__ or ""), parser)


class _Wide(argparse.HelpFormatter):
    """The same lines whatever the width of somebody's terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=76)


def _entry(name: str, about: str, parser: ArgumentParser) -> CommandEntry:
    arguments: list[ArgumentEntry] = []
    below: list[CommandEntry] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            below += [_entry(f"{name} {word}", helps.get(word, ""), each) for word, each in action.choices.items()]
        elif action.help != argparse.SUPPRESS and action.dest != "help":
            arguments.append(ArgumentEntry(_written(action), action.help or ""))
    parser.formatter_class = _Wide
    usage = parser.format_usage().removeprefix("usage: ").rstrip()
    paragraphs = tuple(" ".join(part.split()) for part in about.split("\n\n") if part.strip())
    return CommandEntry(name, paragraphs, usage, tuple(arguments), tuple(below))


def _written(action: argparse.Action) -> str:
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
    shown = " ".join(value) if isinstance(value, tuple) else value
    if not action.option_strings:
        return shown
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {shown}"
