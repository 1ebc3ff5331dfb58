"""The way to a server: straight or through a proxy that the policy names, and whose certificates are trusted on it."""

import asyncio
import ipaddress
import re
import socket
import ssl
from dataclasses import dataclass
from functools import cache

import httpx

from evalc.model.settings import Network
from evalc.targets._faults import ASKS_FOR_CREDENTIALS

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
_MOST_HEADER_BYTES = 64 * 1024


class ProxyRefused(httpx.ProxyError):
    """The proxy lets nobody through to this server, or not without credentials."""


@dataclass(frozen=True, slots=True)
class Route:
    """How a server is reached: `proxy` is host and port, None for the straight way; `ca` is a file, empty for none."""

    proxy: tuple[str, int] | None = None
    ca: str = ""

    @classmethod
    def to(cls, url: httpx.URL, network: Network, *, ca: str) -> "Route":
        """The way to an address. What is on this machine, and what the policy lists as direct, needs no proxy."""
        if not network.proxy or _is_loopback(url.host) or any(_fits(url.host, name) for name in network.direct):
            return cls(None, ca)
        proxy = httpx.URL(network.proxy)
        return cls((proxy.host, proxy.port or 80), ca)

    def trust(self) -> ssl.SSLContext:
        """Whom to trust: the authorities of the system and of certifi, and those of the policy's file."""
        return _trust(self.ca)


async def open_tunnel(proxy: tuple[str, int], server: tuple[str, int]) -> socket.socket:
    """A socket that leads through a proxy to a server.

    Raises:
        httpx.ProxyError: The proxy does not let us through.
        OSError: It cannot be reached.
    """
    found = await _connect(proxy)
    try:
        loop = asyncio.get_running_loop()
        host, port = server
        authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        await loop.sock_sendall(found, f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            part = await loop.sock_recv(found, 4096)
            head += part
            if not part or len(head) > _MOST_HEADER_BYTES:
                raise httpx.ProxyError("the proxy closed the connection without an answer")
        status = _STATUS.match(head)
        if not status or status[1] != b"200":
            raise _refusal(status[1].decode() if status else "")
    except BaseException:
        found.close()
        raise
    return found


def _refusal(status: str) -> httpx.ProxyError:
    if status == "407":
        return ProxyRefused(ASKS_FOR_CREDENTIALS)
    if status.startswith("4"):
        return ProxyRefused(f"the proxy does not let calls through to it (status {status})")
    return httpx.ProxyError(f"the proxy cannot reach it (status {status or 'unknown'})")


async def _connect(proxy: tuple[str, int]) -> socket.socket:
    loop = asyncio.get_running_loop()
    error = OSError("it has no address")
    for family, kind, protocol, _, address in await loop.getaddrinfo(*proxy, type=socket.SOCK_STREAM):
        found = socket.socket(family, kind, protocol)
        found.setblocking(False)
        try:
            await loop.sock_connect(found, address)
        except OSError as failure:
            found.close()
            error = failure
        except BaseException:
            found.close()
            raise
        else:
            return found
    raise error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _fits(host: str, name: str) -> bool:
    """Whether a host is meant by a name: the host itself, or with a point at its beginning all below it."""
    return host.endswith(name) if name.startswith(".") else host == name


@cache
def _trust(ca: str) -> ssl.SSLContext:
    # Reading the certificates takes longer than many calls, so it is done once.
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if ca:
        context.load_verify_locations(cafile=ca)
    context.set_alpn_protocols(["http/1.1"])
    return context
