"""Which addresses the server may call: what the operator lists, no private network by accident."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

ANYWHERE = "*"
LONGEST = 1000
# One plain reading of an address, so that no two readers can disagree about its host.
ENDPOINT = re.compile(
    r"(?P<origin>https?://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?)"
    r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*"
)


@dataclass(frozen=True, slots=True)
class ListedHosts:
    """`named` is a host, `*.` and a host, an origin with its scheme; `*` is the public internet.

    >>> ListedHosts(("hooks.example.org",)).accepts("https://hooks.example.org/palier")
    True
    >>> ListedHosts(("hooks.example.org",)).accepts("http://hooks.example.org/palier")
    False
    >>> ListedHosts(("*",)).accepts("https://10.0.0.7/")
    False
    """

    named: tuple[str, ...] = ()

    def accepts(self, url: str) -> bool:
        """Whether the server may call there."""
        if is_among([each for each in self.named if each != ANYWHERE], url):
            return True
        found = ENDPOINT.fullmatch(url)
        if ANYWHERE not in self.named or found is None or len(url) > LONGEST:
            return False
        # What a name leads to is looked at when it is called; a number is looked up by nobody.
        return _is_usual(found) and not _is_number(found["host"])

    def vouches(self, host: str) -> bool:
        """Whether the operator vouches for this host, wherever it may be."""
        return is_named_host(self.named, host)


def is_named_host(entries: Iterable[str], host: str) -> bool:
    """Whether one of these hosts or origins is this host."""
    entries = tuple(entries)
    origins = (ENDPOINT.fullmatch(f"{entry}/") for entry in entries)
    return _stands_in(host, entries) or host in {o["host"] for o in origins if o}


def is_among(entries: Iterable[str], url: str) -> bool:
    """Whether an address is at one of these hosts, over HTTPS, or at one of these origins."""
    found = ENDPOINT.fullmatch(url)
    if found is None or len(url) > LONGEST:
        return False
    if found["origin"] in entries:
        return True
    return _is_usual(found) and _stands_in(found["host"], entries)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; empty where it is none."""
    found = ENDPOINT.fullmatch(url)
    return found["origin"] if found else ""


def _is_usual(found: re.Match[str]) -> bool:
    return found["origin"].startswith("https://") and found["port"] in {None, "443"}


def _stands_in(host: str, entries: Iterable[str]) -> bool:
    return any(
        host.endswith(entry[1:]) if entry.startswith("*.") else host == entry for entry in entries
    )


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
