"""What every forge promises, and why it may take no comment."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Self


class ForgeError(Exception):
    """A forge did not do what it was asked; the message says what there is and what to do."""


class WrongSetting(ForgeError):
    """The environment of the job lacks something, or has something that cannot be used."""


class Refused(ForgeError):
    """The job's token may not do that, as in a pull request from a fork."""


class Unreachable(ForgeError):
    """There was no answer, or none that can be read."""


class Forge(ABC):
    """One pull request on a forge, as a job of its CI is told of it."""

    @classmethod
    @abstractmethod
    def here(cls, environment: Mapping[str, str], *, number: int | None) -> Self | None:
        """The forge whose job has this environment, or None where it is another's.

        Args:
            number: The pull request, where the environment does not say it.

        Raises:
            WrongSetting: It is this forge's job, and something lacks.
        """

    @property
    @abstractmethod
    def files_url(self) -> str:
        """The address below which files are shown, each as `COMMIT/PATH#LNUMBER`; empty where it is not known."""

    @abstractmethod
    def put_comment(self, text: str, *, marker: str) -> str:
        """The address of the comment, which replaces an earlier one of ours that begins with the same line.

        A comment of anybody else is left alone, whatever it begins with.

        Raises:
            Refused: The token may not comment.
            Unreachable: The forge gave no answer that can be used.
        """

    @abstractmethod
    def add_summary(self, text: str) -> bool:
        """Whether the text now stands on the page of the job, which needs no token."""
