"""The promise card of a site: for each service, what is promised, from the version in force.

The figures are those the clocks count with; how they are put into words is the pages' business.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.agreements import AgreementKind, Question, Severity, Target, resolve
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.agreements import versions_in_force as holding
from dispatch.hours import Calendar
from server.accounts.scope import Scope
from server.agreements.places import places
from server.agreements.portal_schemas import (
    CardHoursOut,
    CardPromiseOut,
    PromiseCardOut,
    PromiseCardsOut,
)
from server.agreements.schemas import PromiseOut
from server.agreements.snapshot import held_versions, versions_value
from server.agreements.tables import AgreementVersion
from server.agreements.values import promise_as_json, service_row
from server.kit.database import AnySession
from server.kit.names import NamesOut
from server.kit.problems import NotFound
from server.services.tables import Service
from server.sites.tables import Site


async def promise_cards(
    session: AnySession, scope: Scope, site_id: UUID, now: datetime
) -> PromiseCardsOut:
    """One card for each service the site is given or promised.

    What is promised for a kind of asset that does not stand there is no promise to this site.
    """
    found = await places(session, scope, site_id=site_id)
    if not found:
        raise NotFound
    site, given = found[0].site, found[0].services
    rows = await held_versions(session, now, customer_id=site.customer_id)
    held = holding(await versions_value(session, rows), now)
    promised = {
        row.service
        for version in held
        if version.kind is AgreementKind.CUSTOMER
        for row in version.services
        if row.covers(row.service, str(site.id))
    }
    wanted = sorted({*given, *promised})
    services = await session.scalars(
        select(Service).where(Service.code.in_(wanted)).order_by(Service.code)
    )
    versions = {str(version.id): version for _, version in rows}
    return PromiseCardsOut(
        [
            _card(service, site, (held, versions), now)
            for service in services
            if service.asset_kind is None or service.code in given
        ]
    )


def _card(
    service: Service,
    site: Site,
    agreed: tuple[Sequence[VersionValue], dict[str, AgreementVersion]],
    now: datetime,
) -> PromiseCardOut:
    held, versions = agreed
    resolved = [
        resolve(held, AgreementKind.CUSTOMER, _question(service, site, severity))
        for severity in Severity
    ]
    covering = resolved[0].versions
    rows = [row for each in covering for row in _rows(versions[each], service, site)]
    numbers = {each.id: each.agreement for each in held}
    return PromiseCardOut(
        site_id=site.id,
        site_name=site.name,
        service=service.code,
        service_names=NamesOut(**service.names),
        agreement_number=numbers[covering[0]] if covering else None,
        version_number=versions[covering[0]].number if covering else None,
        day=now.astimezone(ZoneInfo(site.zone)).date(),
        promises=[_promise(target) for each in resolved for target in each.targets],
        exclusions=next((row["exclusions"] for row in rows if row["exclusions"]), []),
        availability_percent=_first(row["availability_percent"] for row in rows),
    )


def _question(service: Service, site: Site, severity: Severity) -> Question:
    return Question(
        service=service.code,
        severity=severity,
        region=str(site.region_id),
        site=str(site.id),
        asset=None,
        customer=str(site.customer_id),
    )


def _rows(version: AgreementVersion, service: Service, site: Site) -> Iterator[dict[str, Any]]:
    for row in version.terms["services"]:
        if service_row(row).covers(service.code, str(site.id)):
            yield row


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _promise(target: Target) -> CardPromiseOut:
    return CardPromiseOut(
        severity=target.severity.value,
        clock=target.clock.value,
        promise=PromiseOut(**promise_as_json(target.promise)),
        hours=_hours(target.calendar),
    )


def _hours(calendar: Calendar) -> CardHoursOut:
    return CardHoursOut(
        zone=calendar.zone,
        always_open=calendar.always_open,
        weekly={
            str(weekday): [(window.opens, window.closes) for window in windows]
            for weekday, windows in enumerate(calendar.weekly)
            if windows
        },
    )
