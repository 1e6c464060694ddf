"""How soon the agreements in force promise to be at the sites of a region, by severity.

What a region means to do where none of them speaks is the region's own.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    Question,
    Severity,
    TargetDuration,
    resolve,
)
from server.accounts.scope import Scope
from server.agreements.places import Given, places
from server.agreements.schemas import RegionPromiseOut, RegionPromisesOut
from server.agreements.snapshot import Held, held_for
from server.kit.database import AnySession
from server.regions.queries import region_row


async def region_promises(
    session: AnySession, scope: Scope, region_id: UUID, now: datetime
) -> RegionPromisesOut:
    """One line for each severity, over all sites of the region and the services they are given."""
    await region_row(session, scope, region_id)
    given = [each for each in await places(session, scope) if each.site.region_id == region_id]
    customers = {each.site.customer_id for each in given}
    held = {each: await held_for(session, each, now) for each in customers}
    lines = []
    for severity in Severity:
        found = [[*_promised(held[each.site.customer_id], each, severity)] for each in given]
        lines.append(_line(severity, found))
    return RegionPromisesOut(lines)


def _promised(held: Held, given: Given, severity: Severity) -> Iterator[int | None]:
    """Each response promised at a site, in seconds of service; None for one named by its day."""
    site = given.site
    for service in given.services:
        question = Question(
            service=service,
            severity=severity,
            region=str(site.region_id),
            site=str(site.id),
            asset=None,
            customer=str(site.customer_id),
        )
        for target in resolve(held.values, AgreementKind.CUSTOMER, question).targets:
            if target.clock is ClockKind.RESPONSE:
                promise = target.promise
                yield promise.seconds if isinstance(promise, TargetDuration) else None


def _line(severity: Severity, found: Iterable[list[int | None]]) -> RegionPromiseOut:
    sites = [*found]
    seconds = [each for site in sites for each in site if each is not None]
    return RegionPromiseOut(
        severity=severity.value,
        sites=len(sites),
        promised=sum(bool(site) for site in sites),
        least_seconds=min(seconds, default=None),
        most_seconds=max(seconds, default=None),
    )
