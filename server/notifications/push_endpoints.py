"""Which addresses a push may be sent to: those of the browsers' own push services, no other.

An endpoint comes from a phone, and the server calls it: what is not listed is never called.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SERVICES = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "web.push.apple.com",
)
LONGEST = 1000
# One plain reading of an address, so that no two readers can disagree about its host.
ENDPOINT = re.compile(
    r"(?P<origin>https?://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?)"
    r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*"
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
        origins = (ENDPOINT.fullmatch(f"{entry}/") for entry in self.named)
        return _stands_in(host, self.named) or host in {o["host"] for o in origins if o}


def is_among(entries: Iterable[str], endpoint: str) -> bool:
    """Whether an address is at one of these hosts, over HTTPS, or at one of these origins."""
    found = ENDPOINT.fullmatch(endpoint)
    if found is None or len(endpoint) > LONGEST:
        return False
    if found["origin"] in entries:
        return True
    is_usual = found["origin"].startswith("https://") and found["port"] in {None, "443"}
    return is_usual and _stands_in(found["host"], entries)


def origin_of(endpoint: str) -> str:
    """Whom a signature is for: the push service of an accepted endpoint."""
    found = ENDPOINT.fullmatch(endpoint)
    return found["origin"] if found else ""


def _stands_in(host: str, entries: Iterable[str]) -> bool:
    return any(
        host.endswith(entry[1:]) if entry.startswith("*.") else host == entry for entry in entries
    )
