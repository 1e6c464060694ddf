"""Reporting an intervention and changing what was said about it.

What becomes of it is in `decisions`, its visits in `booking` and `visit_actions`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.agreements import proposed
from dispatch.errors import Fault
from dispatch.interventions import Fact, FactKind, InterventionStatus
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.interventions.clocks import refresh
from server.interventions.correcting import correct
from server.interventions.dossier import Dossier, locked_dossier, sees
from server.interventions.events import tell
from server.interventions.evidence import record_fact
from server.interventions.numbering import next_number
from server.interventions.promises import promise, resolved
from server.interventions.schemas import (
    InterventionChangeBody,
    InterventionOut,
    ReportBody,
)
from server.interventions.severity import Found, change_severity
from server.interventions.shown import shown_intervention
from server.interventions.tables import Intervention
from server.interventions.usual_work import is_planned, is_triaged
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version
from server.parts.queries import parts_by_code
from server.services import usual_work
from server.services.checklists import joined
from server.services.queries import service_called, service_for
from server.services.tables import Service
from server.severity.queries import matrix_for
from server.sites import queries as sites
from server.sites.tables import Asset, Site

# Typing takes a while and clocks differ a little; what is further off needs a reason, or is wrong.
NOW_ENOUGH = timedelta(minutes=1)
AS_REPORTED = {
    "severity",
    "work_type",
    "source",
    "summary",
    "description",
    "caller_name",
    "caller_phone",
    "reported_at_reason",
    "window_from",
    "window_to",
    "repeat_of_id",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the trouble is; the asset is not always known."""

    site: Site
    asset: Asset | None
    customer: Customer


async def report(
    session: Session, scope: Scope, data: ReportBody, now: datetime
) -> InterventionOut:
    """Take a call: find what was promised and set the clocks going."""
    dossier = await report_dossier(session, scope, data, now)
    return shown_intervention(dossier, scope, now)


async def report_dossier(
    session: Session, scope: Scope, data: ReportBody, now: datetime
) -> Dossier:
    """The same for those who show it in their own way."""
    reported_at = _reported_at(data, now)
    _require_window(data)
    place = await _place(session, scope, data)
    await _require_repeat(session, scope, data, place)
    service = await _service(session, data, place)
    row = _row(data, place, reported_at, service)
    await _propose(session, row, data)
    dossier = await open_work(session, scope, row, place, service=service, now=now)
    await tell(session, scope.actor, now, kind="intervention_reported", dossier=dossier)
    return dossier


async def open_work(
    session: Session,
    scope: Scope,
    row: Intervention,
    place: Place,
    *,
    service: Service | None,
    now: datetime,
) -> Dossier:
    """Number new work, write down what was promised for it and set its clocks going."""
    row.service = "" if service is None else service.code
    row.asks_for_review = usual_work.asks_for_review(service, row.work_type)
    promises = await resolved(session, row, row.severity)
    row.agreement_version_id = promises.version_id
    row.exclusions = promises.exclusions
    row.checklist = joined([] if service is None else service.checklist, promises.checklist)
    row.number = await next_number(
        session, row.reported_at.astimezone(ZoneInfo(place.site.zone)).year
    )
    session.add(row)
    await session.flush()
    dossier = Dossier(row, place.site, place.customer, place.asset)
    dossier.catalogue = await parts_by_code(session, (each["part"] for each in row.wanted_parts))
    call = Fact(FactKind.CALL_RECEIVED, row.reported_at)
    record_fact(session, dossier, call, by=scope.account_id, now=now)
    if not is_planned(row.source, row.work_type):
        await promise(session, dossier, promises)
    refresh(dossier, now)
    await session.flush()
    return dossier


async def change(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    data: InterventionChangeBody,
    *,
    expected: int,
    now: datetime,
) -> InterventionOut:
    """Change what is named, on the version the caller saw."""
    dossier = await locked_dossier(session, scope, intervention_id)
    require_version(dossier.intervention.version, expected)
    named = changes(data)
    severity, reason = named.pop("severity", None), named.pop("severity_reason", "")
    if severity is not None and severity != dossier.intervention.severity:
        await change_severity(session, scope, dossier, Found(severity, reason), now)
    is_more = bool(named)
    await correct(session, scope, dossier, named, now)
    for name, value in named.items():
        setattr(dossier.intervention, name, value)
    await session.flush()
    if is_more:
        await tell(session, scope.actor, now, kind="intervention_changed", dossier=dossier)
    return shown_intervention(dossier, scope, now)


async def _propose(session: Session, row: Intervention, data: ReportBody) -> None:
    """Keep what was answered, and the severity both answers propose."""
    row.impact = data.impact and data.impact.value
    row.urgency = data.urgency and data.urgency.value
    if data.impact is not None and data.urgency is not None:
        matrix = await matrix_for(session, row.customer_id)
        row.severity_proposed = proposed(matrix, data.impact, data.urgency).value


def _reported_at(data: ReportBody, now: datetime) -> datetime:
    """When the call came in; long ago only for a reason, later than now never."""
    if data.reported_at is None:
        return now.replace(microsecond=0)
    if data.reported_at > now + NOW_ENOUGH:
        raise Invalid([Fault("reported_at", "in_future", "A call cannot come in later than now.")])
    if data.reported_at < now - NOW_ENOUGH and not data.reported_at_reason:
        sentence = "Say why this call is written down later than it came in."
        raise Invalid([Fault("reported_at_reason", "missing", sentence)])
    return min(data.reported_at, now).replace(microsecond=0)


def _require_window(data: ReportBody) -> None:
    is_empty = data.window_from and data.window_to and data.window_to <= data.window_from
    if is_empty:
        raise Invalid([Fault("window_to", "not_after_start", "The window ends before it begins.")])


async def _place(session: Session, scope: Scope, data: ReportBody) -> Place:
    if data.asset_id is None and data.site_id is None:
        raise Invalid([Fault("asset_id", "missing", "Name the lift, or at least the site.")])
    try:
        asset = None
        if data.asset_id is not None:
            asset = await sites.asset_row(session, scope, data.asset_id)
        site_id = data.site_id if asset is None else asset.site_id
        assert site_id is not None
        site = await sites.site_row(session, scope, site_id)
    except NotFound:
        path = "asset_id" if data.asset_id is not None else "site_id"
        raise Invalid([Fault(path, "unknown", "There is nothing here with this id.")]) from None
    if asset is not None and data.site_id not in {None, asset.site_id}:
        raise Invalid([Fault("asset_id", "elsewhere", "This lift is not at that site.")])
    customer = await session.get(Customer, site.customer_id)
    assert customer is not None
    return Place(site, asset, customer)


async def _require_repeat(session: Session, scope: Scope, data: ReportBody, place: Place) -> None:
    """What comes back is at the same site; a foreign intervention looks unknown."""
    if data.repeat_of_id is None:
        return
    first = await session.get(Intervention, data.repeat_of_id)
    if first is None or not sees(scope, first):
        sentence = "There is nothing here with this id."
        raise Invalid([Fault("repeat_of_id", "unknown", sentence)])
    if first.site_id != place.site.id:
        sentence = "The intervention this repeats was at another site."
        raise Invalid([Fault("repeat_of_id", "elsewhere", sentence)])


async def _service(session: Session, data: ReportBody, place: Place) -> Service | None:
    """The service this is: the one that was named, or the one made for such work."""
    if data.service is not None:
        named = await service_called(session, data.service)
        if named is None:
            raise Invalid([Fault("service", "unknown", "There is no service with this code.")])
        return named
    kind = None if place.asset is None else place.asset.kind
    return await service_for(session, data.work_type, kind)


def _row(
    data: ReportBody, place: Place, reported_at: datetime, service: Service | None
) -> Intervention:
    kind = None if place.asset is None else place.asset.kind
    usual_seconds = usual_work.duration_seconds(service, data.work_type, data.severity, kind)
    usual_skills = usual_work.skills(service, data.severity, kind)
    is_qualified = is_triaged(data.source, data.severity)
    status = InterventionStatus.QUALIFIED if is_qualified else InterventionStatus.DRAFT
    return Intervention(
        **data.model_dump(include=AS_REPORTED),
        region_id=place.site.region_id,
        customer_id=place.site.customer_id,
        site_id=place.site.id,
        asset_id=None if place.asset is None else place.asset.id,
        reported_at=reported_at,
        duration_seconds=data.duration_seconds or usual_seconds,
        skills=usual_skills if data.skills is None else data.skills,
        wanted_parts=usual_work.parts(service),
        is_qualified=is_qualified,
        status=status.value,
    )
