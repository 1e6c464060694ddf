"""Which addresses a push may be sent to: those of the browsers' own push services, no other.

An endpoint comes from a phone, and the server calls it: what is not listed is never called.
"""

from dataclasses import dataclass

from server.kit.hosts import is_among, is_named_host

SERVICES = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "web.push.apple.com",
)


@dataclass(frozen=True, slots=True)
class PushServices:
    """`named` is what the operator adds: a host, `*.` and a host, or an origin with its scheme.

    >>> PushServices().accepts("https://fcm.googleapis.com/fcm/send/abc")
    True
    >>> PushServices().accepts("https://fcm.googleapis.com.example.org/")
    False
    >>> PushServices(("http://127.0.0.1:8080",)).accepts("http://127.0.0.1:8080/push/1")
    True
    """

    named: tuple[str, ...] = ()

    def accepts(self, endpoint: str) -> bool:
        """Whether a push may be sent there."""
        return is_among(SERVICES, endpoint) or is_among(self.named, endpoint)

    def is_named_host(self, host: str) -> bool:
        """Whether the operator vouches for this host, wherever it may be."""
        return is_named_host(self.named, host)
