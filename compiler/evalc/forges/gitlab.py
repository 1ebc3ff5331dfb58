"""GitLab, on gitlab.com or anywhere else."""

from collections.abc import Mapping
from typing import Self

from pydantic import TypeAdapter

from evalc.forges._rest import Answer, Rest
from evalc.forges.contract import Forge, WrongSetting

TOKEN = "EVALC_GITLAB_TOKEN"  # noqa: S105  # The name of a variable.


class _User(Answer):
    id: int


class _Note(Answer):
    id: int
    body: str
    author: _User


_USER = TypeAdapter(_User)
_NOTE = TypeAdapter(_Note)
_NOTES = TypeAdapter(list[_Note])


class GitLab(Forge):
    """A merge request on GitLab, commented on with an access token of the project, since a job's own may not.

    Source: GitLab Docs, "Notes API" and "Predefined CI/CD variables reference".
    """

    def __init__(self, rest: Rest, *, project: str, notes: str, number: str) -> None:
        self._rest = rest
        self._project = project
        self._notes = notes
        self._number = number

    @classmethod
    def here(cls, environment: Mapping[str, str], *, number: int | None) -> Self | None:
        if environment.get("GITLAB_CI") != "true":
            return None
        found = str(number or environment.get("CI_MERGE_REQUEST_IID", ""))
        if not found:
            raise WrongSetting("this pipeline of GitLab is not about a merge request; `--number` names one")
        token = environment.get(TOKEN)
        if not token:
            raise WrongSetting(f"a job's own token may not comment: give an access token of the project in {TOKEN}")
        rest = Rest(environment.get("CI_API_V4_URL", "https://gitlab.com/api/v4"), {"private-token": token})
        notes = f"projects/{environment.get('CI_PROJECT_ID', '')}/merge_requests/{found}/notes"
        return cls(rest, project=environment.get("CI_PROJECT_URL", ""), notes=notes, number=found)

    @property
    def files_url(self) -> str:
        return f"{self._project}/-/blob" if self._project else ""

    def put_comment(self, text: str, *, marker: str) -> str:
        ourselves = self._rest.get("user", _USER).id
        earlier = next(
            (
                note.id
                for note in self._rest.pages(self._notes, _NOTES)
                if note.body.startswith(marker) and note.author.id == ourselves
            ),
            None,
        )
        path, method = (self._notes, "POST") if earlier is None else (f"{self._notes}/{earlier}", "PUT")
        note = self._rest.send(method, path, body={"body": text}, kind=_NOTE)
        return f"{self._project}/-/merge_requests/{self._number}#note_{note.id}"

    def add_summary(self, text: str) -> bool:
        return False
