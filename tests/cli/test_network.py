"""Ways to an endpoint: proxies, authorities of one's own, and IPv6, over real sockets."""

import socket
from pathlib import Path

import pytest

from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import ChatServer, Say, serve_chat
from tests.servers.proxy import Proxy, serve_proxy

KEY = "sk-0123456789abcdef"
CA = Path(__file__).parents[1] / "servers/self-signed.pem"
UNJUDGED = CAPITALS.replace('  must satisfy "Names one city only" as names-one\n', "")


def port_of(server: ChatServer) -> int:
    """The port of a server."""
    return int(server.url.rpartition(":")[2].partition("/")[0])


def run(workspace: Workspace, base_url: str, *, network: str = "", **environment: str) -> str:
    """What a run of one case says, at an address, by these lines of [network]."""
    workspace.write("specs/capitals.evalc", UNJUDGED)
    workspace.write("ca.pem", CA.read_text())
    target = f'[targets.t]\ntype = "openai"\nbase_url = "{base_url}"\nmodel = "m"\nkey = "KEY"\n'
    workspace.write("evalc.toml", f"{target}[limits]\nmax_attempts = 1\n[network]\n{network}")
    ended = workspace.evalc("run", "--target", "t", "atlas/capitals/france", KEY=KEY, **environment)
    return ended.stdout + ended.stderr


@pytest.mark.parametrize("is_secure", [True, False])
def test_calls_go_through_the_proxy_that_the_policy_names(workspace: Workspace, is_secure: bool) -> None:
    """Many a company has no other way out; through a tunnel the proxy sees neither question nor key."""
    scheme = "https" if is_secure else "http"
    with serve_chat(lambda call: Say("It is Paris."), is_secure=is_secure) as server:
        with serve_proxy(port_of(server)) as proxy:
            said = run(workspace, f"{scheme}://models.example/v1", network=f'proxy = "{proxy.url}"\nca = "ca.pem"\n')
        (call,) = server.calls

    assert "1 of 1: 1 passed" in said, said
    assert ("/v1/chat/completions", f"Bearer {KEY}") == (call.path, call.headers["authorization"])
    first = (
        "CONNECT models.example:443 HTTP/1.1"
        if is_secure
        else "POST http://models.example/v1/chat/completions HTTP/1.1"
    )
    assert [first] == proxy.lines
    assert is_secure != (KEY in proxy.heads[0])


def test_a_proxy_of_the_environment_is_not_used(workspace: Workspace) -> None:
    """A key goes where the policy says, and the environment of a job is written by many."""
    with serve_chat(lambda call: Say("It is Paris.")) as server, serve_proxy(port_of(server)) as proxy:
        said = run(
            workspace, "http://models.invalid/v1", HTTP_PROXY=proxy.url, HTTPS_PROXY=proxy.url, ALL_PROXY=proxy.url
        )

    assert "`t` cannot be reached: its name cannot be resolved" in said
    assert [] == proxy.lines


def reached_straight(workspace: Workspace, server: ChatServer, host: str, *, direct: str = "") -> tuple[str, Proxy]:
    """What a run says at a host with a proxy in the policy, which lets nobody through."""
    with serve_proxy(1, status=403) as proxy:
        network = f'proxy = "{proxy.url}"\n{direct}'
        return run(workspace, f"http://{host}:{port_of(server)}/v1", network=network), proxy


def test_this_machine_and_what_is_direct_need_no_proxy(workspace: Workspace) -> None:
    """A model on one's own desk is not behind the company's proxy."""
    with serve_chat(lambda call: Say("It is Paris.")) as server:
        by_address = reached_straight(workspace, server, "127.0.0.1")
        by_name = reached_straight(workspace, server, "localhost")
        by_policy = reached_straight(workspace, server, "models.invalid", direct='direct = [".invalid"]\n')
        by_proxy = reached_straight(workspace, server, "models.invalid")

    assert ["1 of 1: 1 passed" in said for said, _ in (by_address, by_name)] == [True, True]
    assert "its name cannot be resolved" in by_policy[0]
    assert [[], [], []] == [proxy.lines for _, proxy in (by_address, by_name, by_policy)]
    assert 1 == len(by_proxy[1].lines)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            407,
            "`t` is out of reach, look at `proxy` and `direct` under [network]: the proxy asks for credentials",
        ),
        (
            403,
            "stopped: `t` is out of reach, look at `proxy` and `direct` under [network]: the proxy does not let calls",
        ),
        (502, "`t` cannot be reached: the proxy cannot reach it (status 502)"),
    ],
)
def test_a_proxy_that_refuses_is_told_apart_from_the_server(workspace: Workspace, status: int, said: str) -> None:
    """Whoever looks for the fault looks at the right machine."""
    with serve_proxy(1, status=status) as proxy:
        assert said in run(workspace, "https://models.example/v1", network=f'proxy = "{proxy.url}"\n')


def test_a_proxy_that_wants_credentials_for_a_plain_call_ends_the_target(workspace: Workspace) -> None:
    """It answers in the place of the server then, and to each question alike."""
    with serve_proxy(1, status=407) as proxy:
        said = run(workspace, "http://models.example/v1", network=f'proxy = "{proxy.url}"\n')

    assert "stopped: `t` is out of reach, look at `proxy` and `direct` under [network]: the proxy asks for" in said


def test_a_proxy_that_is_away_is_said(workspace: Workspace) -> None:
    """The server may well be there."""
    said = run(workspace, "https://models.example/v1", network='proxy = "http://127.0.0.1:9"\n')

    assert "`t` cannot be reached: the proxy: connection refused" in said


def test_an_authority_of_ones_own_is_trusted_by_the_policy_alone(workspace: Workspace) -> None:
    """A company signs its own servers; without its certificates the message says why, and what to do."""
    with serve_chat(lambda call: Say("It is Paris."), is_secure=True) as server:
        stranger = run(workspace, server.url)
        trusted = run(workspace, server.url, network='ca = "ca.pem"\n')
        by_system = run(workspace, server.url, SSL_CERT_FILE=str(CA))
        missing = run(workspace, server.url, network='ca = "nowhere.pem"\n')
        empty = run(workspace, server.url, network='ca = "evalc.toml"\n')

    assert "`t` cannot prove who it is, so nothing was sent: self-signed certificate" in stranger
    assert "`ca` under [network] names the certificates of an authority of yours" in stranger
    assert ["1 of 1: 1 passed" in said for said in (trusted, by_system)] == [True, True]
    assert "`t` cannot be asked: `ca` under [network] is nowhere.pem, and no such file or directory" in missing
    assert "`ca` under [network] is evalc.toml, and it holds no certificates" in empty


def test_an_address_of_ipv6_is_asked(workspace: Workspace) -> None:
    """In brackets, as in any address."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        port = listener.getsockname()[1]
    said = run(workspace, f"http://[::1]:{port}/v1")

    assert "`t` cannot be reached: connection refused" in said
