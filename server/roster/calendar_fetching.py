"""Fetching a calendar from the address it is kept at: listed hosts only, no redirect followed."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp

from dispatch.errors import Fault
from server.kit.hosts import ListedHosts
from server.kit.outside import OutsideOnly
from server.kit.problems import Invalid

ANSWER_WITHIN_SECONDS = 10
LARGEST_CALENDAR = 1_000_000

Fetch = Callable[[str], Awaitable[str]]


def fetching(named: tuple[str, ...]) -> Fetch:
    """A way to fetch from listed hosts; what cannot be fetched is a fault of `url`."""
    hosts = ListedHosts(named)

    async def fetch(url: str) -> str:
        # Calendar programs write the address of a feed with a scheme of its own.
        address = f"https://{url[9:]}" if url.lower().startswith("webcal://") else url
        if not hosts.accepts(address):
            sentence = "This server may not call there. Ask whoever runs it to list the host."
            raise Invalid([Fault("url", "host_not_listed", sentence)])
        try:
            return await _fetched(address, hosts)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            sentence = "Nothing that can be read was found at this address."
            raise Invalid([Fault("url", "not_fetched", sentence)]) from error

    return fetch


async def _fetched(url: str, hosts: ListedHosts) -> str:
    connector = aiohttp.TCPConnector(resolver=OutsideOnly(hosts.vouches))
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_SECONDS)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=timeout) as http,
        http.get(url, allow_redirects=False) as answer,
    ):
        if answer.status != 200:  # noqa: PLR2004
            raise ValueError(answer.status)
        found = bytearray()
        async for piece in answer.content.iter_chunked(65_536):
            found += piece
            if len(found) > LARGEST_CALENDAR:
                raise Invalid([Fault("url", "too_long", "This calendar is too long to be read.")])
    # TLS connections close in the next turn of the loop.
    await asyncio.sleep(0)
    return found.decode("utf-8-sig", errors="replace")
