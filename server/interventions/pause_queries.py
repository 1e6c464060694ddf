"""Reading pauses across interventions: above all those that wait for a second person."""

from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.interventions.schemas import WaitingPauseOut
from server.interventions.shown import shown_pause
from server.interventions.tables import Intervention, PauseOfWork
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page
from server.sites.tables import Site


async def pauses(
    session: AnySession,
    scope: Scope,
    *,
    is_waiting: bool,
    region_id: UUID | None,
    limit: int | None,
    cursor: str | None,
) -> Page[WaitingPauseOut]:
    """The pauses of the caller's regions, the first recorded first; `is_waiting` undecided ones."""
    query = select(PauseOfWork).join(Intervention, Intervention.id == PauseOfWork.intervention_id)
    if scope.region_ids is not None:
        query = query.where(Intervention.region_id.in_(scope.region_ids))
    if region_id is not None:
        query = query.where(Intervention.region_id == region_id)
    if is_waiting:
        query = query.where(PauseOfWork.needs_approval, PauseOfWork.decided_at.is_(None))
    rows, following = await page(
        session,
        query,
        by=(PauseOfWork.recorded_at, PauseOfWork.id),
        limit=limit,
        cursor=cursor,
    )
    around = await session.execute(
        select(Intervention, Site, Customer.name)
        .join(Site, Site.id == Intervention.site_id)
        .join(Customer, Customer.id == Intervention.customer_id)
        .where(Intervention.id.in_({row.intervention_id for row in rows}))
    )
    found = {each.id: (each, site, customer) for each, site, customer in around}
    return Page([_shown(row, *found[row.intervention_id], scope=scope) for row in rows], following)


def _shown(
    row: PauseOfWork, intervention: Intervention, site: Site, customer: str, *, scope: Scope
) -> WaitingPauseOut:
    return WaitingPauseOut(
        pause=shown_pause(row, scope),
        intervention_id=intervention.id,
        number=intervention.number,
        summary=intervention.summary,
        site_name=site.name,
        customer_name=customer,
        region_id=intervention.region_id,
        zone=site.zone,
    )
