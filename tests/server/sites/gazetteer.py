"""An address service that knows what a test tells it, and counts who asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from server.sites.geocoding import Place
from server.sites.problems import GeocoderUnavailable

HILL = Place("Carrer Major 1, Ordino", 42.5562, 1.5331, "nominatim")


@dataclass(slots=True)
class Gazetteer:
    """`is_down` makes it as silent as a service that does not answer."""

    known: dict[str, Sequence[Place]] = field(default_factory=dict)
    is_down: bool = False
    asked: list[str] = field(default_factory=list)

    async def places(self, address: str) -> Sequence[Place]:
        self.asked.append(address)
        if self.is_down:
            raise GeocoderUnavailable
        return self.known.get(address, ())
