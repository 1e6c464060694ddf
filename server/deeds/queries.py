"""Reading deeds, and telling them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.deeds.schemas import DeedOut, DeedsOut
from server.deeds.tables import Deed
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.regions.queries import region_row
from server.roster.tables import Technician
from server.sites.tables import Site

MOST = 50
SHOWN_FOR = timedelta(hours=24)

Named = tuple[str, str]


async def deeds(session: AnySession, scope: Scope, *, region_id: UUID, now: datetime) -> DeedsOut:
    """What was done in a region these last hours, newest first."""
    region = await region_row(session, scope, region_id)
    query = (
        select(Deed)
        .where(Deed.region_id == region.id, Deed.at > now - SHOWN_FOR)
        .order_by(Deed.at.desc(), Deed.id.desc())
        .limit(MOST)
    )
    rows = (await session.scalars(query)).all()
    return DeedsOut(await shown_deeds(session, scope, rows))


async def shown_deeds(session: AnySession, scope: Scope, deeds: Sequence[Deed]) -> list[DeedOut]:
    """Each deed, told by its first row."""
    names = await names_of(session, [deed.first_id for deed in deeds])
    given_to = {deed.technician_id for deed in deeds if deed.technician_id is not None}
    query = select(Technician.id, Technician.name).where(Technician.id.in_(given_to))
    people = {row.id: row.name for row in await session.execute(query)}
    return [
        DeedOut(
            id=deed.id,
            region_id=deed.region_id,
            kind=deed.kind,  # type: ignore[arg-type]
            at=deed.at,
            author_name=deed.author_name,
            is_own=deed.account_id == scope.account_id,
            is_undo=deed.undoes_id is not None,
            is_undone=deed.undone_by_id is not None,
            row_count=deed.row_count,
            number=names[deed.first_id][0],
            site_name=names[deed.first_id][1],
            technician_name=None if deed.technician_id is None else people[deed.technician_id],
        )
        for deed in deeds
    ]


async def names_of(session: AnySession, interventions: Collection[UUID]) -> dict[UUID, Named]:
    """The number and the site of each intervention."""
    query = (
        select(Intervention.id, Intervention.number, Site.name)
        .join(Site, Site.id == Intervention.site_id)
        .where(Intervention.id.in_(interventions))
    )
    return {each: (number, site) for each, number, site in (await session.execute(query)).all()}
