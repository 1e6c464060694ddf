"""Calling out into the public internet, and nowhere else unless the operator vouches for a host.

Which addresses are called at all is each caller's own list.
"""

import ipaddress
import socket
from collections.abc import Callable

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver


class OutsideOnly(AbstractResolver):
    """Names lead to addresses of the public internet, unless somebody vouches for the host.

    Whoever answers for a name could otherwise make the server call itself, or its neighbours.
    """

    def __init__(
        self, vouches: Callable[[str], bool], asked: AbstractResolver | None = None
    ) -> None:
        self._vouches = vouches
        self._asked = asked or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._asked.resolve(host, port, family)
        if self._vouches(host):
            return found
        outside = [each for each in found if _is_outside(each["host"])]
        if not outside:
            raise OSError(None, f"{host} is not on the public internet")
        return outside

    async def close(self) -> None:
        await self._asked.close()


def _is_outside(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_global)
