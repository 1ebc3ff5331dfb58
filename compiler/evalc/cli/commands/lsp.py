"""Serve editors."""

from argparse import ArgumentParser, Namespace

from evalc.cli import exit
from evalc.cli.commands.contract import Command


class LspCommand(Command):
    """Serve an editor: findings, completion, pages, renaming and more, over the Language Server Protocol.

    Speaks on standard input and output, and is started by the editor. Reads specs and the files that they name, writes
    none, and uses no network.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stdio", action="store_true", help="taken because many editors give it; always so")

    def run(self, arguments: Namespace) -> int:
        from evalc.lsp.server import create_server

        create_server().start_io()
        return exit.GOOD
