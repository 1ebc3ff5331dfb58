"""Calls of a forge's REST interface."""

import time
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from evalc.forges.contract import Refused, Unreachable, WrongSetting

PAGE_SIZE = 100

_TIMEOUT_S = 30.0
_MOST_BYTES = 16 * 1024 * 1024
_MOST_PAGES = 50
# A call that changes nothing may be made again: forges answer so while they are being deployed.
_PASSING = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
_WAITS_S = (1.0, 3.0)
_REFUSING = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})

Item = TypeVar("Item")


class Answer(BaseModel):
    """Some members of a JSON object that a forge answered with."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Passing(Unreachable):
    """There was no answer now, and there may be one soon."""


class Rest:
    """A forge's interface below one address. The token goes to that address alone, and no redirect is followed."""

    def __init__(
        self, base_url: str, headers: Mapping[str, str], *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        try:
            url = httpx.URL(base_url)
        except httpx.InvalidURL:
            raise WrongSetting(f"{base_url!r} is no address of a forge") from None
        if url.scheme not in ("http", "https") or not url.host:
            raise WrongSetting(f"{base_url!r} is no address of a forge")
        self._host = url.host
        self._sleep = sleep
        self._client = httpx.Client(
            base_url=url, headers=dict(headers), timeout=_TIMEOUT_S, trust_env=False, follow_redirects=False
        )

    def pages(self, path: str, kind: TypeAdapter[list[Item]]) -> Iterator[Item]:
        """The items of a listing, page after page."""
        for page in range(1, _MOST_PAGES + 1):
            items = self._read(kind, self._get(path, {"per_page": str(PAGE_SIZE), "page": str(page)}))
            yield from items
            if len(items) < PAGE_SIZE:
                return

    def get(self, path: str, kind: TypeAdapter[Item]) -> Item:
        """What there is at a path."""
        return self._read(kind, self._get(path, {}))

    def send(self, method: str, path: str, *, body: Mapping[str, str], kind: TypeAdapter[Item]) -> Item:
        """What the forge says to a change, which is asked for once."""
        return self._read(kind, self._call(method, path, body=body))

    def _get(self, path: str, query: Mapping[str, str]) -> bytes:
        for wait_s in _WAITS_S:
            try:
                return self._call("GET", path, query=query)
            except _Passing:
                self._sleep(wait_s)
        return self._call("GET", path, query=query)

    def _call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Mapping[str, str] | None = None
    ) -> bytes:
        try:
            with self._client.stream(method, path, params=query, json=body) as response:
                content = self._content(response)
        except httpx.TransportError as error:
            raise _Passing(f"{self._host} cannot be reached: {error}") from error
        status = response.status_code
        if status in _PASSING:
            raise _Passing(f"{self._host} answered with status {status}")
        if status in _REFUSING:
            raise Refused(f"the token of this job may not do that on {self._host} (status {status})")
        if not response.is_success:
            raise Unreachable(f"{self._host} answered with status {status}")
        return content

    def _content(self, response: httpx.Response) -> bytes:
        content = b""
        for part in response.iter_bytes():
            content += part
            if len(content) > _MOST_BYTES:
                raise Unreachable(f"{self._host} answered with more than {_MOST_BYTES:,} bytes")
        return content

    def _read(self, kind: TypeAdapter[Item], content: bytes) -> Item:
        try:
            return kind.validate_json(content)
        except ValidationError as error:
            raise Unreachable(f"{self._host} answered with something else than its documentation says") from error
