"""What every command promises."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser, Namespace


class Command(ABC):
    """A command of `evalc`; the module's name is its word, its docstring's first line its entry in the help."""

    @abstractmethod
    def configure(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""

    @abstractmethod
    def run(self, arguments: Namespace) -> int:
        """The exit code, after the command has done its work."""
