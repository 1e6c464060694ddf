"""Alarms: the few things a dispatcher must decide now. All else is a notice.

Somebody is trapped and nobody goes; a promise is about to break and nobody goes; an urgent visit
was declined; an urgent visit is not answered. Each rings for everybody until they have seen it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from dispatch.agreements import Severity
from dispatch.clocks import ClockState
from dispatch.interventions import InterventionStatus, VisitStatus
from server.accounts.scope import Scope
from server.interventions.clocks import CUSTOMER
from server.interventions.not_answered import NOT_ANSWERED
from server.interventions.standing_boards import WAITING
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.at_once import AtOnce
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.problems import NotFound
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.notifications.alarm_schemas import AlarmKind, AlarmOut, AlarmsOut, SeenByOut
from server.notifications.push_words import URGENT
from server.notifications.tables import AlarmAcknowledgement
from server.notifications.unheard import UNHEARD
from server.regions.queries import region_row
from server.sites.tables import Site

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ringing:
    """One reason to ring; `name` is the same as long as it is the same matter."""

    name: str
    kind: AlarmKind
    work: Intervention
    since: datetime
    due_at: datetime | None = None


async def alarms(
    session: AnySession,
    scope: Scope,
    *,
    region_id: UUID,
    now: datetime,
    at_once: Mapping[UUID, AtOnce] | None = None,
) -> AlarmsOut:
    """What needs a decision in a region now, with who has seen it."""
    region = await region_row(session, scope, region_id)
    newest = await newest_settled(session)
    asked = AtOnce() if at_once is None else at_once[region.id]
    told = await asked.answer(newest, now, lambda: _told(session, region.id, now))
    return AlarmsOut(
        [_shown(each, told.seen[each.name], told.sites, scope) for each in told.ringing]
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What rings, who has seen it, and the names of the sites: the same for whoever asks."""

    ringing: list[Ringing]
    seen: dict[str, list[AlarmAcknowledgement]]
    sites: dict[UUID, str]


async def _told(session: AnySession, region_id: UUID, now: datetime) -> _Told:
    ringing = await _ringing(session, region_id, now)
    seen = await _seen(session, [each.name for each in ringing])
    query = select(Site.id, Site.name).where(Site.id.in_({each.work.site_id for each in ringing}))
    sites = {row.id: row.name for row in await session.execute(query)}
    return _Told(ringing, seen, sites)


async def see(
    session: Session, scope: Scope, *, region_id: UUID, name: str, now: datetime
) -> AlarmsOut:
    """The caller has seen this one; everybody else learns who did."""
    region = await region_row(session, scope, region_id)
    ringing = await _ringing(session, region.id, now)
    found = next((each for each in ringing if each.name == name), None)
    if found is None:
        raise NotFound
    key = (name, scope.account_id)
    if await session.get(AlarmAcknowledgement, key) is None:
        old = AlarmAcknowledgement.at < now - KEPT
        await session.execute(delete(AlarmAcknowledgement).where(old))
        session.add(
            AlarmAcknowledgement(alarm=name, account_id=scope.account_id, name=scope.name, at=now)
        )
        await session.flush()
        about = About(region_id=region.id, intervention_id=found.work.id)
        what = Happening("alarm_seen", about, {"kind": found.kind, "number": found.work.number})
        await announce(session, scope.actor, now, what)
    return await alarms(session, scope, region_id=region_id, now=now)


async def _ringing(session: AnySession, region_id: UUID, now: datetime) -> list[Ringing]:
    """One alarm for each piece of work: the newest matter; the gravest work first."""
    query = select(Intervention).where(
        Intervention.region_id == region_id, Intervention.status.in_(WAITING)
    )
    waiting = {row.id: row for row in await session.scalars(query)}
    newest: dict[UUID, Ringing] = {}
    for each in (
        *_trapped(waiting.values()),
        *await _about_to_break(session, waiting, now),
        *await _declined(session, waiting),
        *await _not_answered(session, region_id),
        *await _unheard(session, waiting),
    ):
        known = newest.get(each.work.id)
        if known is None or known.since < each.since:
            newest[each.work.id] = each
    return sorted(newest.values(), key=_gravity)


def _gravity(each: Ringing) -> tuple[bool, str, datetime]:
    """Somebody trapped to whom nobody goes comes before everything."""
    return each.kind != "entrapment", each.work.severity, each.since


def _trapped(waiting: Collection[Intervention]) -> Iterator[Ringing]:
    for row in waiting:
        if row.severity == Severity.ENTRAPMENT.value:
            yield Ringing(f"entrapment:{row.id}", "entrapment", row, row.reported_at)


async def _about_to_break(
    session: AnySession, waiting: dict[UUID, Intervention], now: datetime
) -> list[Ringing]:
    """Promises to customers that are at risk, of work to which nobody goes."""
    query = select(StoredClock).where(
        StoredClock.intervention_id.in_(waiting),
        StoredClock.party == CUSTOMER,
        StoredClock.stopped_at.is_(None),
        StoredClock.state != ClockState.ENDED.value,
        StoredClock.at_risk_at <= now,
        StoredClock.due_at > now,
    )
    found = []
    for clock in await session.scalars(query):
        assert clock.at_risk_at is not None
        assert clock.due_at is not None
        row = waiting[clock.intervention_id]
        name = f"about_to_break:{row.id}:{clock.kind}:{int(clock.due_at.timestamp())}"
        found.append(Ringing(name, "about_to_break", row, clock.at_risk_at, clock.due_at))
    return found


async def _declined(session: AnySession, waiting: dict[UUID, Intervention]) -> list[Ringing]:
    """Urgent work whose technician said no, and nobody goes since."""
    urgent = [row.id for row in waiting.values() if row.severity in URGENT]
    query = select(Event.visit_id, Event.intervention_id, Event.at).where(
        Event.intervention_id.in_(urgent), Event.kind == "visit_declined"
    )
    return [
        Ringing(f"declined:{visit}", "declined", waiting[intervention], at)
        for visit, intervention, at in (await session.execute(query)).all()
        if intervention is not None
    ]


async def _not_answered(session: AnySession, region_id: UUID) -> list[Ringing]:
    """Urgent visits that were sent and that nobody has answered."""
    query = (
        select(Visit.id, Intervention, Event.at)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Event, Event.visit_id == Visit.id)
        .where(
            Intervention.region_id == region_id,
            Visit.status == VisitStatus.DISPATCHED.value,
            Event.kind == NOT_ANSWERED,
        )
    )
    rows = (await session.execute(query)).all()
    return [Ringing(f"not_answered:{row[0]}", "not_answered", row[1], row[2]) for row in rows]


async def _unheard(session: AnySession, waiting: dict[UUID, Intervention]) -> list[Ringing]:
    """Reports of customers nobody has looked at in time."""
    drafts = [row.id for row in waiting.values() if row.status == InterventionStatus.DRAFT.value]
    query = select(Event.intervention_id, Event.at).where(
        Event.intervention_id.in_(drafts), Event.kind == UNHEARD
    )
    return [
        Ringing(f"unanswered_report:{intervention}", "unanswered_report", waiting[intervention], at)
        for intervention, at in (await session.execute(query)).all()
        if intervention is not None
    ]


async def _seen(session: AnySession, names: Sequence[str]) -> dict[str, list[AlarmAcknowledgement]]:
    query = (
        select(AlarmAcknowledgement)
        .where(AlarmAcknowledgement.alarm.in_(names))
        .order_by(AlarmAcknowledgement.at)
    )
    found: defaultdict[str, list[AlarmAcknowledgement]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.alarm].append(row)
    return found


def _shown(
    each: Ringing, seen: Sequence[AlarmAcknowledgement], sites: dict[UUID, str], scope: Scope
) -> AlarmOut:
    return AlarmOut(
        alarm=each.name,
        kind=each.kind,
        intervention_id=each.work.id,
        number=each.work.number,
        site_name=sites[each.work.site_id],
        severity=each.work.severity,  # type: ignore[arg-type]
        since=each.since,
        due_at=each.due_at,
        seen_by=[SeenByOut(row.name, row.at) for row in seen],
        is_seen=any(row.account_id == scope.account_id for row in seen),
    )
