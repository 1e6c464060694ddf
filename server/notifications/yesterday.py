"""What would have reached somebody yesterday, by the choices they have stored."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.tables import Event
from server.notifications.choices import Channel, Rules, channels_of
from server.notifications.choosing_queries import rules_of
from server.notifications.choosing_schemas import WouldHearOut, YesterdayOut
from server.notifications.codes import codes_of
from server.notifications.queries import code_of, concerning, told_facts

MOST = 100


async def yesterday(
    session: AnySession, scope: Scope, zone: ZoneInfo, now: datetime
) -> YesterdayOut:
    """The notices of the day before today, each with the channels by which it reaches one."""
    day = now.astimezone(zone).date() - timedelta(days=1)
    begins, ends = (
        datetime.combine(each, time(), tzinfo=zone) for each in (day, day + timedelta(days=1))
    )
    rules = await rules_of(session, scope.account_id, scope.role)
    query = concerning(scope).where(Event.at >= begins, Event.at < ends)
    count = await session.scalar(select(func.count()).select_from(query.subquery()))
    rows = (await session.scalars(query.order_by(Event.seq).limit(MOST))).all()
    return YesterdayOut(
        day=day.isoformat(),
        zone=zone.key,
        items=[_would_hear(scope, rules, row) for row in rows],
        more=max(0, int(count or 0) - len(rows)),
    )


def _would_hear(scope: Scope, rules: Rules, row: Event) -> WouldHearOut:
    topic = codes_of(scope.role)[row.kind]
    channels = [each for each in channels_of(scope.role) if rules.wants(topic, each)]
    held_until = rules.mail_at(row.data.get("severity"), row.at)
    is_held = Channel.EMAIL in channels and held_until > row.at
    return WouldHearOut(
        seq=row.seq,
        at=row.at,
        code=code_of(scope.role, row),
        topic=topic,
        facts=told_facts(row),
        site_id=row.site_id,
        channels=[each.value for each in channels],
        held_until=held_until if is_held else None,
    )
