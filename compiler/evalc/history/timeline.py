"""The specs of a folder through time, commit by commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evalc.history.blobs import BlobReader
from evalc.history.git import Repository
from evalc.history.loader import RevisionLoader, load_revision
from evalc.history.sides import existing_part, place_in
from evalc.model.flip import Commit

_MOST_COMMITS = 5_000


@dataclass(frozen=True, slots=True)
class Timeline:
    """The commits that changed a folder of specs, newest first, and its files at each; readable while it is open."""

    commits: tuple[str, ...]
    repository: Repository
    folder: str
    reader: BlobReader

    def specs_at(self, commit: str) -> RevisionLoader:
        """The files of the folder at a commit."""
        return load_revision(self.repository, commit, folder=self.folder, reader=self.reader)

    def facts_of(self, commit: str) -> Commit:
        """The commit as people know it.

        Raises:
            GitFailed: git cannot read it.
        """
        author, day, subject = self.repository.facts_of(commit)
        return Commit(id=commit, day=day, author=author, subject=subject)


@contextmanager
def open_timeline(root: Path) -> Iterator[Timeline]:
    """The history of a folder of specs, as far as this clone and the first parents of `HEAD` reach.

    Raises:
        HistoryError: there is no repository, or none with a commit.
    """
    repository = Repository.around(existing_part(root))
    folder = place_in(root, repository)
    with BlobReader(repository) as reader:
        yield Timeline(repository.commits_of(folder, most=_MOST_COMMITS), repository, folder, reader)
