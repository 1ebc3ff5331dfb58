"""`python watched.py NOTES COMMAND ...`: evalc as a command; files, addresses and programs that it wants are noted.

An audit hook of Python sees what the whole process does, libraries included. Sockets are refused.
"""

import json
import os
import sys
from pathlib import Path

_NETWORK = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
)
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
_UNPICKLED = ("pickle.find_class", "marshal.loads")


def main(notes: Path, words: list[str]) -> None:
    """Run a command; what it asked for is in the notes, one JSON list a line."""
    # pydantic and lark are looked for where they are installed, not in the folder of this program.
    del sys.path[0]
    noted = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            note(event, os.path.join(os.getcwd(), os.fsdecode(arguments[0])))
        elif event in _PROGRAMS or event == "pickle.find_class":
            note(event, repr(arguments[0]))
        elif event in _NETWORK:
            note(event, repr(arguments[1:]))
            raise PermissionError(f"{event} is not for a check")

    def note(*what: str) -> None:
        os.write(noted, json.dumps(what).encode() + b"\n")

    sys.addaudithook(watch)
    from evalc.cli.main import main as evalc

    sys.argv = ["evalc", *words]
    sys.exit(evalc(words))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
