"""What every importer promises."""

from abc import ABC, abstractmethod
from typing import NamedTuple

from evalc.analysis.loader import Loader


class Imported(NamedTuple):
    """A spec made of another tool's file, and a sentence for all that has no counterpart in it."""

    text: str
    cases: int
    remarks: tuple[str, ...]


class ImportProblem(Exception):
    """A file is not what it was taken for; the text is a sentence with a cure."""


class Importer(ABC):
    """A format of another tool; the module's name is its word on the command line.

    What is imported is data from anywhere: nothing of it runs, and no file outside of its folder is read. What the
    language has no word for is kept as a comment where it would stand, and told.
    """

    @abstractmethod
    def read(self, path: str, loader: Loader, *, vendor: str) -> Imported:
        """The spec that says what a file says, in its canonical layout.

        Args:
            path: The file, from the loader's folder.
            vendor: The name of whose product is tested.

        Raises:
            ImportProblem: The file is not of this format.
            ReadProblem: It, or a file that it names, cannot be read.
        """
