"""What tells apart two states of evalc's own code."""

from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from evalc.base.assets import asset_folder
from evalc.base.digest import Content, digest


@cache
def code_identity() -> str:
    """A digest that changes when the code, the grammar or the theme does, also in a checkout that somebody works on."""
    folders: list[Path | Traversable] = [Path(__file__).resolve().parents[1]]
    folders += [asset_folder("grammar"), asset_folder("theme", loose="site/theme")]
    states: list[Content] = []
    for folder in map(str, folders):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                state = path.stat()
                states.append([str(path.relative_to(folder)), state.st_size, state.st_mtime_ns])
    return digest(states, length=32)
