"""Which services at which sites nobody has promised anything for, on a day.

What a covered call is promised is decided in `resolving`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dispatch.agreements.kinds import AgreementKind
from dispatch.agreements.versions import AgreementVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A site of a customer, with the services it is given; `site` is its id as text."""

    customer: str
    region: str
    site: str
    services: tuple[str, ...]


def uncovered(
    places: Iterable[Place], versions: Iterable[AgreementVersion], day: date
) -> tuple[tuple[str, str], ...]:
    """List each site and service that no customer agreement covers on a day, places in order.

    Covered means named in a service row; a covered service may still be promised nothing.

    >>> uncovered([Place("acme", "north", "mill", ("lifts",))], [], date(2026, 6, 2))
    (('mill', 'lifts'),)
    """
    holding = [
        version
        for version in versions
        if version.kind is AgreementKind.CUSTOMER and version.holds_on(day)
    ]
    return tuple(
        (place.site, service)
        for place in places
        for service in place.services
        if not any(
            version.customer in {None, place.customer} and version.covers(service, place.site)
            for version in holding
        )
    )
