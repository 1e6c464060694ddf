"""From an address to places on the map, asked of the service the operator chose.

One request a second at most, each answer remembered: the public services ask for both
(https://operations.osmfoundation.org/policies/nominatim/).
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, runtime_checkable
from urllib.parse import urlsplit

from geopy.adapters import AioHTTPAdapter
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import AsyncRateLimiter
from geopy.geocoders import BANFrance, Nominatim, Photon
from geopy.geocoders.base import Geocoder as GeopyGeocoder

from server.settings import Geocoder as Service
from server.settings import SettingRefused, Settings
from server.sites.problems import GeocoderNotConfigured, GeocoderUnavailable
from server.sites.search import folded

MOST_PLACES = 5
MOST_REMEMBERED = 2000
LONGEST_LABEL = 200
ANSWER_WITHIN_SECONDS = 5
SECONDS_BETWEEN_REQUESTS = 1.0
SERVICES: dict[Service, Callable[..., GeopyGeocoder]] = {
    "nominatim": Nominatim,
    "photon": Photon,
    "ban": BANFrance,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One possible place of an address, degrees WGS 84, and the service that said so."""

    label: str
    lat: float
    lon: float
    source: str


@runtime_checkable
class Geocoder(Protocol):
    """Whoever turns an address into places, likeliest first; none when it knows none.

    Raises `GeocoderNotConfigured` or `GeocoderUnavailable`.
    """

    async def places(self, address: str) -> Sequence[Place]: ...


class NoGeocoder:
    """What an installation without an address service has."""

    async def places(self, address: str) -> Sequence[Place]:
        del address
        raise GeocoderNotConfigured


class GeopyPlaces:
    """A geopy service, asked slowly and never twice for the same address."""

    def __init__(self, service: Service, geocode: Callable[..., Any], *, pause: float) -> None:
        self._service = service
        self._ask = AsyncRateLimiter(
            geocode, min_delay_seconds=pause, max_retries=0, swallow_exceptions=False
        )
        self._known: dict[str, tuple[Place, ...]] = {}

    async def places(self, address: str) -> Sequence[Place]:
        """Ask the service, or remember what it answered."""
        words = folded(address)
        if not words:
            return ()
        if words not in self._known:
            self._known[words] = await self._asked(address)
            if len(self._known) > MOST_REMEMBERED:
                del self._known[next(iter(self._known))]
        return self._known[words]

    async def _asked(self, address: str) -> tuple[Place, ...]:
        try:
            found = await self._ask(address, exactly_one=False, limit=MOST_PLACES)
        except (GeopyError, ValueError, LookupError, TypeError, AttributeError) as error:
            # geopy passes on the bare errors of reading a document that is not what it expects.
            raise GeocoderUnavailable from error
        return tuple(
            Place(
                str(place.address)[:LONGEST_LABEL], place.latitude, place.longitude, self._service
            )
            for place in found or ()
            # geopy gives what has no position the place where equator and meridian meet.
            if place.latitude or place.longitude
        )


@asynccontextmanager
async def open_geocoder(
    settings: Settings, *, pause: float = SECONDS_BETWEEN_REQUESTS
) -> AsyncIterator[Geocoder]:
    """The address service of these settings, its connections closed at the end."""
    if settings.geocoder == "none":
        yield NoGeocoder()
        return
    if not settings.geocoder_user_agent:
        raise SettingRefused(
            "PALIER_GEOCODER_USER_AGENT", "address services want to know who asks: name yourself"
        )
    async with _service(settings) as service:
        yield GeopyPlaces(settings.geocoder, service.geocode, pause=pause)


def _service(settings: Settings) -> GeopyGeocoder:
    make = partial(
        SERVICES[settings.geocoder],
        user_agent=settings.geocoder_user_agent,
        timeout=ANSWER_WITHIN_SECONDS,
        adapter_factory=AioHTTPAdapter,
    )
    if not settings.geocoder_url:
        return make()
    address = urlsplit(settings.geocoder_url)
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise SettingRefused(
            "PALIER_GEOCODER_URL", "give a whole address such as https://photon.example.org"
        )
    return make(scheme=address.scheme, domain=f"{address.netloc}{address.path}".rstrip("/"))
