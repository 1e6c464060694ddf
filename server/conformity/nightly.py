"""Looking every night whether what is promised can be kept by those who are to keep it.

Each customer's agreement is held against the agreements with our divisions and suppliers, and
against the hours its regions have. How that is compared is decided elsewhere.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.agreements.findings import against_others
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.shown import holds_on
from server.agreements.snapshot import held_versions
from server.agreements.tables import Agreement
from server.agreements.turns import local_today
from server.conformity.tables import ConformityFinding
from server.kit.database import AnySession, Database
from server.measures.capacity import capacity
from server.measures.schemas import SkillCapacityOut
from server.regions.tables import Region
from server.sites.tables import Site

CAPACITY_SHORT = "capacity_short"
Short = Mapping[UUID, SkillCapacityOut]


async def check_all(database: Database, now: datetime) -> int:
    """Find what contradicts agreements in force now; how much that is."""
    async with database.read() as session:
        found = await _found(session, now)
    await _keep(database, found)
    return len(found)


async def _found(session: AnySession, now: datetime) -> list[ConformityFinding]:
    short = await _short(session, now)
    found = []
    for agreement, version in await held_versions(session, now):
        if agreement.kind != CUSTOMER_KIND or not holds_on(version, local_today(version, now)):
            continue
        for each in await against_others(session, agreement, version):
            row = ConformityFinding(
                code=each.code,
                other_number=each.other_number,
                service=each.service,
                severity=each.severity,
                clock=each.clock,
                region_id=each.region_id,
                facts=each.facts,
            )
            found.append(_marked(row, agreement, now))
        for region_id in await _regions(session, agreement) & short.keys():
            row = ConformityFinding(
                code=CAPACITY_SHORT, region_id=region_id, facts=_facts(short[region_id])
            )
            found.append(_marked(row, agreement, now))
    return found


async def _short(session: AnySession, now: datetime) -> Short:
    """Regions whose work outgrows the hours they have, with how much."""
    found = {}
    for region in await session.scalars(select(Region).order_by(Region.id)):
        today = now.astimezone(ZoneInfo(region.zone)).date()
        whole = (await capacity(session, region, today)).skills[0]
        if whole.is_alert:
            found[region.id] = whole
    return found


async def _regions(session: AnySession, agreement: Agreement) -> set[UUID]:
    query = select(Site.region_id).distinct()
    if agreement.customer_id is not None:
        query = query.where(Site.customer_id == agreement.customer_id)
    return set(await session.scalars(query))


def _facts(whole: SkillCapacityOut) -> dict[str, str]:
    return {"rise_points": whole.rise_points or "", "load": whole.weeks[-1].load or ""}


def _marked(row: ConformityFinding, agreement: Agreement, now: datetime) -> ConformityFinding:
    """What the finding is about, without figures that change from night to night."""
    about = (row.code, row.other_number, row.service, row.severity, row.clock, row.region_id)
    row.agreement_id, row.found_at = agreement.id, now
    row.mark = " ".join(str(each) for each in (agreement.id, *about))
    return row


async def _keep(database: Database, found: Iterable[ConformityFinding]) -> None:
    """What was known keeps its first night, what is mended goes, what is new comes."""
    by_mark = {row.mark: row for row in found}
    async with database.write() as session:
        for known in await session.scalars(select(ConformityFinding)):
            again = by_mark.pop(known.mark, None)
            if again is None:
                await session.delete(known)
            else:
                known.facts = again.facts
        session.add_all(by_mark.values())
