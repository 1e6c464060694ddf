"""From the event log into the outbox: one mail for each person and thing they asked to be told.

What a notice says is what its mail says; sending is `server.mail`.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.accounts import queries as accounts
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.breaches.tables import WatchRun
from server.kit.database import AnySession, Database, Session
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.mail.outbox import Letter, post
from server.mail.writing import NOTICE
from server.notifications.choices import Channel, Rules, channels_of
from server.notifications.choosing_queries import rules_of_all
from server.notifications.codes import codes_of
from server.notifications.queries import code_of, concerning, told_facts
from server.notifications.reporters import FRESH, TOGETHER, tell_reporters
from server.regions.tables import Region

COLLECTED = "mail"
UTC_ZONE = "UTC"
# Whoever reports something wants to know that it arrived.
TOLD_OF_OWN = frozenset({"intervention_reported"})
OFTEN = frozenset({"visit_moved", "office_commented"})
"""What is told each time, since each time it is another hour, or another word."""
Who = tuple[Role, UUID | None, frozenset[UUID] | None]


async def collect(database: Database, now: datetime) -> int:
    """Put into the outbox what people are to be mailed of what happened since the last look.

    The place in the log moves on in the same transaction, so each event is taken once.
    """
    async with database.read() as session:
        newest, seen = await newest_settled(session), await session.get(WatchRun, COLLECTED)
    if seen is not None and newest <= seen.found:
        return 0
    async with database.write() as session:
        # Whoever starts to send mail does not begin with the past.
        told = 0 if seen is None else await _post(session, seen.found, newest, now)
        await session.merge(WatchRun(duty=COLLECTED, done_at=now, found=newest))
    return told


async def _post(session: Session, after: int, until: int, now: datetime) -> int:
    kinds = select(Event.kind).where(Event.seq > after, Event.seq <= until).distinct()
    happened = set(await session.scalars(kinds))
    people = await _readers(session, happened)
    rules = await rules_of_all(
        session, {row.id: scope.role for scope, rows in people for row in rows}
    )
    regions = await session.scalars(select(Region).order_by(Region.code))
    zones = {row.id: row.zone for row in regions}
    told = 0
    for scope, rows in people:
        query = concerning(scope).where(
            Event.seq > after, Event.seq <= until, Event.at >= now - FRESH
        )
        for event in await session.scalars(query.order_by(Event.seq)):
            for row in rows:
                if _is_told(rules[row.id], row, event):
                    zone = _zone(zones, event, scope)
                    at = rules[row.id].mail_at(event.data.get("severity"), now + TOGETHER)
                    told += await post(session, _letter(scope.role, row, event, zone), now, at)
    return told + await tell_reporters(session, after, until, now)


def _zone(zones: Mapping[UUID, str], event: Event, scope: Scope) -> str:
    """Where it happened; what happened nowhere is told by the clock of the reader's own region."""
    if (found := zones.get(event.region_id or scope.account_id)) is not None:
        return found
    own = (each for each in zones if scope.region_ids is None or each in scope.region_ids)
    return next((zones[each] for each in own), UTC_ZONE)


async def _readers(session: AnySession, happened: set[str]) -> list[tuple[Scope, list[Account]]]:
    """Everybody with a mailbox whom such events may concern, together with who sees the same."""
    roles = [
        role
        for role in Role
        if Channel.EMAIL in channels_of(role) and happened & set(codes_of(role))
    ]
    query = select(Account).where(
        Account.role.in_([each.value for each in roles]),
        Account.is_disabled.is_(False),
        Account.is_program.is_(False),
    )
    same: defaultdict[Who, list[Account]] = defaultdict(list)
    scopes: dict[Who, Scope] = {}
    for row in await session.scalars(query.order_by(Account.id)):
        scope = accounts.scope_of(row)
        who = (scope.role, scope.customer_id, scope.region_ids)
        same[who].append(row)
        scopes[who] = scope
    return [(scopes[who], rows) for who, rows in same.items()]


def _is_told(rules: Rules, row: Account, event: Event) -> bool:
    is_own = event.actor_id == row.id and event.kind not in TOLD_OF_OWN
    return not is_own and rules.wants(codes_of(rules.role)[event.kind], Channel.EMAIL)


def _letter(role: Role, row: Account, event: Event, zone: str) -> Letter:
    return Letter(
        address=row.email,
        language=row.language,
        topic=NOTICE,
        key=key_of(role, event),
        account_id=row.id,
        about=str(event.intervention_id or ""),
        facts=facts_of(role, event, zone),
    )


def key_of(role: Role, event: Event) -> str:
    """What of a passage or an intervention is told a customer once; the office hears each time."""
    code = code_of(role, event)
    if role is not Role.MANAGER or event.kind in OFTEN or event.intervention_id is None:
        return f"{event.seq}:{code}"
    whose = event.intervention_id if code == "delayed" else event.visit_id or event.intervention_id
    return f"{whose}:{code}"


def facts_of(role: Role, event: Event, zone: str) -> dict[str, Any]:
    """What a notice carries, where it is said, and where one sees more of it."""
    is_manager = role is Role.MANAGER
    return {
        **told_facts(event),
        "code": code_of(role, event),
        "page": "portal" if is_manager else "admin",
        "path": _path(event, is_manager=is_manager),
        "zone": zone,
        "at": event.at.isoformat(),
    }


def _path(event: Event, *, is_manager: bool) -> str:
    if is_manager:
        return "/portal/" if event.site_id is None else f"/portal/#/site/{event.site_id}"
    if agreement := event.data.get("agreement_id"):
        return f"/admin/#/agreements/{agreement}/reviews"
    return "/board/"
