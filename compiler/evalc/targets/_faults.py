"""How asking over HTTP can fail, one class a cause."""

from evalc.targets.contract import TargetError


class Throttled(TargetError):
    """The server asks for fewer calls."""

    kind = "throttled"

    def __init__(self, name: str, said: str, *, retry_after_s: float | None) -> None:
        pause = "" if retry_after_s is None else f", and for a pause of {round(retry_after_s, 1):.10g} s"
        super().__init__(f"`{name}` asks for fewer calls{pause}: {said}", retry_after_s=retry_after_s)


class ServerFailed(TargetError):
    """The server has a fault of its own."""

    def __init__(self, name: str, said: str, *, retry_after_s: float | None) -> None:
        super().__init__(f"`{name}` has a fault: {said}", retry_after_s=retry_after_s)


class TimedOut(TargetError):
    """The whole answer did not come in time."""

    may_be_charged = True

    def __init__(self, name: str, waited_s: float) -> None:
        super().__init__(f"`{name}` gave no whole answer within {waited_s:g} s")


class Unreachable(TargetError):
    """No connection could be made."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` cannot be reached: {reason}")


class ConnectionLost(TargetError):
    """The connection ended before the answer did, so the call may have been charged."""

    may_be_charged = True

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` broke off before the end of its answer: {reason}")


ASKS_FOR_CREDENTIALS = "the proxy asks for credentials (status 407), and evalc has none for proxies"


class NoWayThrough(TargetError):
    """The proxy lets no calls through."""

    kind = "target-fatal"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` is out of reach, look at `proxy` and `direct` under [network]: {reason}")


class Untrusted(TargetError):
    """The server cannot prove who it is."""

    kind = "target-fatal"

    def __init__(self, name: str, reason: str) -> None:
        cure = "; `ca` under [network] names the certificates of an authority of yours" if _is_stranger(reason) else ""
        super().__init__(f"`{name}` cannot prove who it is, so nothing was sent: {reason}{cure}")


def _is_stranger(reason: str) -> bool:
    """Whether a certificate is sound, but made by nobody who is known."""
    return "self-signed" in reason or "self signed" in reason or "issuer" in reason


class CaUnreadable(TargetError):
    """The policy names certificates that cannot be read."""

    kind = "target-fatal"

    def __init__(self, name: str, path: str, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot be asked: `ca` under [network] is {path}, and {reason}")


class KeyRefused(TargetError):
    """The server does not take the key, or not for this."""

    kind = "target-fatal"

    def __init__(self, name: str, said: str, *, variable: str | None) -> None:
        key = f"the key in {variable}" if variable else "calls without a key"
        super().__init__(f"`{name}` does not take {key}: {said}")


class OutOfQuota(TargetError):
    """What was paid for is used up, so that waiting does not help."""

    kind = "target-fatal"

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"`{name}` has no quota left: {said}")


class NotThere(TargetError):
    """There is no such path, method or model."""

    kind = "target-fatal"

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"`{name}` does not have what the policy names, look at its address and model: {said}")


class Redirected(TargetError):
    """The server sends us elsewhere, where neither the question nor the key is meant to go."""

    kind = "target-fatal"

    def __init__(self, name: str, status: int) -> None:
        super().__init__(
            f"`{name}` sends callers elsewhere (status {status}); no redirect is followed, so put the final address "
            "into the policy"
        )


class QuestionRefused(TargetError):
    """The server does not take this question; the next one may be fine."""

    kind = "case-fatal"

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"`{name}` does not take this question: {said}")


class TooLarge(TargetError):
    """The answer is larger than the limit."""

    kind = "bad-answer"
    may_be_charged = True

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(f"`{name}` answered with more than {limit} bytes, so reading stopped")


class Unreadable(TargetError):
    """The answer is complete, and no answer of the protocol."""

    kind = "bad-answer"
    may_be_charged = True

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the answer of `{name}` cannot be read: {reason}")


class KeyMissing(TargetError):
    """The environment does not have the key, or has none that can be sent."""

    kind = "target-fatal"

    def __init__(self, name: str, variable: str, *, reason: str) -> None:
        super().__init__(f"`{name}` needs a key in the environment variable {variable}, which {reason}")
