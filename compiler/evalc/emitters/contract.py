"""What every emitter promises."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from evalc.model.catalog import Spec


@dataclass(frozen=True, slots=True)
class EmittedFile:
    """A file to write: its path below the eval's own folder, with `/`, and its text."""

    path: str
    text: str
    is_executable: bool = False


class Emitter(ABC):
    """A kind of file that `evalc compile` makes of an eval. Equal specs give equal bytes."""

    @abstractmethod
    def emit(self, spec: Spec) -> tuple[EmittedFile, ...]:
        """The files of one eval, in the order of their paths."""
