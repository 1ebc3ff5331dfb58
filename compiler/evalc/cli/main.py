"""The command line: `evalc COMMAND ...`."""

import atexit
import gc
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence

from evalc.base.family import find_member, member_names
from evalc.base.suggest import closest
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import show_everything, silence

_FAMILY = "evalc.cli.commands"

_EXTRAS = {
    "httpx": "run",
    "rich": "run",
    "mkdocs": "site",
    "material": "site",
    "jsonschema_rs": "schema",
    "pygls": "lsp",
    "ruamel": "import",
    "opentelemetry": "otel",
}
"""Which extra brings a package that a command needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one call; everything that a command did not foresee is caught here and named as our bug."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    # Modules and trees are made by the ten thousand and stay: looking for garbage among them takes a tenth of a start.
    gc.set_threshold(100_000)
    # So does looking for garbage at the end, when all memory goes back anyway.
    atexit.register(gc.freeze)
    # Looking for plug-ins of pydantic reads the metadata of every installed package, and ours is no place for them.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    show_everything(sys.stdout, sys.stderr)
    try:
        return _run(words)
    except KeyboardInterrupt:
        print("evalc: interrupted", file=sys.stderr)
        return exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as in `evalc check | head`: the flush at exit must not fail again.
        silence(sys.stdout)
        return exit.GOOD
    except ModuleNotFoundError as missing:
        extra = _EXTRAS.get((missing.name or "").partition(".")[0])
        if extra is None:
            return _report_bug(missing, words)
        print(f"evalc: {words[0]} needs {missing.name}: pip install 'evalc[{extra}]'", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    except Exception as error:
        return _report_bug(error, words)


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())
        return exit.GOOD if words else exit.WRONG_SPEC_OR_COMMAND
    if words[0] in ("-V", "--version"):
        from evalc import __version__

        print(f"evalc {__version__}")
        return exit.GOOD
    found = find_member(_FAMILY, words[0], Command) if not words[0].startswith("-") else None
    if found is None:
        near = closest(words[0], member_names(_FAMILY))
        hint = f"; did you mean `{near}`?" if near else ""
        print(f"evalc: there is no command `{words[0]}`{hint} (`evalc --help` lists them)", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    command = found()
    parser = ArgumentParser(
        prog=f"evalc {words[0]}",
        description=_documentation(found),
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    command.configure(parser)
    try:
        parsed = parser.parse_args(words[1:])
    except SystemExit as stopped:
        return exit.GOOD if stopped.code in (0, None) else exit.WRONG_SPEC_OR_COMMAND
    return command.run(parsed)


def _formatter(prog: str) -> RawDescriptionHelpFormatter:
    # Where no width is given, argparse asks `shutil` for it, whose import takes a tenth of a warm check.
    try:
        width = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns
    except (OSError, ValueError):
        width = 80
    return RawDescriptionHelpFormatter(prog, width=width - 2)


def _documentation(command: type[Command]) -> str:
    # `inspect.cleandoc` does the same, and importing it takes longer than a warm check.
    return "\n".join(line.removeprefix("    ") for line in (command.__doc__ or "").split("\n")).strip()


def _overview() -> str:
    lines = ["evalc: evals as plain text, compiled, run and published", "", "usage: evalc COMMAND [...]", ""]
    names = member_names(_FAMILY)
    width = max(map(len, names))
    for name in names:
        member = find_member(_FAMILY, name, Command)
        assert member is not None, name
        summary = _documentation(member).partition("\n")[0]
        lines.append(f"  {name:<{width}}  {summary}")
    lines += ["", "`evalc COMMAND --help` tells more. `evalc --version` prints the version."]
    return "\n".join(lines)


def _report_bug(error: Exception, words: Sequence[str]) -> int:
    import traceback

    from evalc import __version__

    print("evalc: this is a mistake of evalc, not yours. Please report what follows.", file=sys.stderr)
    print(f"  evalc {__version__}, Python {sys.version.split()[0]}, evalc {' '.join(words)}", file=sys.stderr)
    print("".join(traceback.format_exception(error)), end="", file=sys.stderr)
    return exit.OUR_BUG
