"""GitHub, and GitHub Enterprise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from evalc.forges._rest import Answer, Rest
from evalc.forges.contract import Forge, WrongSetting


class _Author(Answer):
    type: str


class _Comment(Answer):
    id: int
    html_url: str
    body: str | None = None
    user: _Author | None = None


class _PullRequest(Answer):
    number: int


class _Event(Answer):
    pull_request: _PullRequest | None = None


_COMMENT = TypeAdapter(_Comment)
_COMMENTS = TypeAdapter(list[_Comment])


class GitHub(Forge):
    """A pull request on GitHub, commented on with the token of a job of GitHub Actions, which comments as a bot.

    Source: GitHub Docs, "REST API endpoints for issue comments" and "Variables".
    """

    def __init__(self, rest: Rest, *, page: str, repository: str, number: int, summary: Path | None) -> None:
        self._rest = rest
        self._page = page
        self._comments = f"repos/{repository}/issues"
        self._number = number
        self._summary = summary

    @classmethod
    def here(cls, environment: Mapping[str, str], *, number: int | None) -> Self | None:
        if environment.get("GITHUB_ACTIONS") != "true":
            return None
        found = number or _number_of(environment.get("GITHUB_EVENT_PATH", ""))
        if found is None:
            raise WrongSetting("this job of GitHub Actions is not about a pull request; `--number` names one")
        token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
        if not token:
            raise WrongSetting("the token of the job lacks: `env: { GITHUB_TOKEN: ${{ github.token }} }` hands it on")
        headers = {
            "authorization": f"Bearer {token}",
            "accept": "application/vnd.github+json",
            "x-github-api-version": "2022-11-28",
        }
        rest = Rest(environment.get("GITHUB_API_URL", "https://api.github.com"), headers)
        summary = environment.get("GITHUB_STEP_SUMMARY")
        repository = environment.get("GITHUB_REPOSITORY", "")
        server = environment.get("GITHUB_SERVER_URL", "")
        return cls(
            rest,
            page=f"{server}/{repository}" if server else "",
            repository=repository,
            number=found,
            summary=Path(summary) if summary else None,
        )

    @property
    def files_url(self) -> str:
        return f"{self._page}/blob" if self._page else ""

    def put_comment(self, text: str, *, marker: str) -> str:
        earlier = next(
            (
                comment.id
                for comment in self._rest.pages(f"{self._comments}/{self._number}/comments", _COMMENTS)
                if (comment.body or "").startswith(marker) and comment.user and comment.user.type == "Bot"
            ),
            None,
        )
        if earlier is None:
            path, method = f"{self._comments}/{self._number}/comments", "POST"
        else:
            path, method = f"{self._comments}/comments/{earlier}", "PATCH"
        return self._rest.send(method, path, body={"body": text}, kind=_COMMENT).html_url

    def add_summary(self, text: str) -> bool:
        if self._summary is None:
            return False
        with self._summary.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")
        return True


def _number_of(event: str) -> int | None:
    """The pull request that an event is about, None where it is about none."""
    if not event:
        return None
    try:
        pull_request = _Event.model_validate_json(Path(event).read_bytes()).pull_request
    except (OSError, ValidationError) as error:
        raise WrongSetting(f"GITHUB_EVENT_PATH names {event}, which tells of no event") from error
    return pull_request.number if pull_request else None
