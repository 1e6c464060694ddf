"""Which addresses a webhook may be: what the operator lists, no private network by accident."""

import ipaddress
from dataclasses import dataclass

from server.notifications.push_endpoints import ENDPOINT, LONGEST, PushServices, is_among

ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class WebhookHosts:
    """`named` is a host, `*.` and a host, an origin with its scheme; `*` is the public internet.

    >>> WebhookHosts(("hooks.example.org",)).accepts("https://hooks.example.org/palier")
    True
    >>> WebhookHosts(("hooks.example.org",)).accepts("http://hooks.example.org/palier")
    False
    >>> WebhookHosts(("*",)).accepts("https://10.0.0.7/")
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
        is_usual = found["origin"].startswith("https://") and found["port"] in {None, "443"}
        # What a name leads to is looked at when it is called; a number is looked up by nobody.
        return is_usual and not _is_number(found["host"])

    def vouches(self, host: str) -> bool:
        """Whether the operator vouches for this host, wherever it may be."""
        return PushServices(self.named).is_named_host(host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
