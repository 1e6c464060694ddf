"""Visits with all a technician needs on site: what to do, where, by when, what was done there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from dispatch.interventions import Role as Part
from server.accounts.scope import Scope
from server.interventions.asset_cards import AssetCard, asset_cards
from server.interventions.checklist import shown_checklist
from server.interventions.dossier import LASTING, Dossier, all_dossiers
from server.interventions.parts_used import shown_parts, wanted_parts
from server.interventions.phone_schemas import VisitDetailOut
from server.interventions.promised_files import shown_files
from server.interventions.shown import shown_asset, shown_facts, shown_site, shown_visit
from server.interventions.shown_clocks import customers_clocks
from server.interventions.spending import shown_spending
from server.interventions.standing import ENDED, OPEN, part_of
from server.interventions.tables import Intervention, Visit
from server.interventions.trails import customers_trails
from server.kit.database import AnySession

# A key that was taken has to be put back as well.
KEEPS_KEY = timedelta(days=1)


async def visit_details(
    session: AnySession, scope: Scope, rows: Sequence[Visit], now: datetime
) -> list[VisitDetailOut]:
    """These visits whole, in their order."""
    ids = {row.intervention_id for row in rows}
    found = (await session.scalars(select(Intervention).where(Intervention.id.in_(ids)))).all()
    by_id = {made.intervention.id: made for made in await all_dossiers(session, found)}
    cards = await asset_cards(session, {row.asset_id for row in found if row.asset_id})
    part = part_of(scope)
    return [
        _detail(dossier, row, part, None if asset is None else cards[asset.id], now)
        for row in rows
        for dossier in (by_id[row.intervention_id],)
        for asset in (dossier.asset,)
    ]


def _detail(
    dossier: Dossier, visit: Visit, part: Part | None, card: AssetCard | None, now: datetime
) -> VisitDetailOut:
    """Nothing of what others promise us is in it."""
    row = dossier.intervention
    current = [f for f in dossier.facts if f.kind in LASTING or f.round == dossier.round]
    return VisitDetailOut(
        visit=shown_visit(dossier, visit, part),
        number=row.number,
        severity=row.severity,  # type: ignore[arg-type]
        work_type=row.work_type,  # type: ignore[arg-type]
        summary=row.summary,
        description=row.description,
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        reported_at=row.reported_at,
        intervention_status=row.status,  # type: ignore[arg-type]
        site=shown_site(dossier.site, has_key=_has_key(visit, part, now), at=visit.starts_at),
        asset=shown_asset(dossier.asset),
        asset_card=None if card is None else card.but(visit, now),
        clocks=customers_clocks(dossier, now),
        facts=shown_facts(current),
        trails=[] if row.status in ENDED else customers_trails(dossier, now),
        checklist=shown_checklist(dossier),
        files=shown_files(dossier, visit),
        exclusions=row.exclusions,
        parts=shown_parts(dossier, visit),
        wanted_parts=wanted_parts(dossier),
        spending=shown_spending(dossier, visit),
        duration_seconds=row.duration_seconds,
    )


def _has_key(visit: Visit, part: Part | None, now: datetime) -> bool:
    """Who sends people there always; who goes there until the day after, not once it was taken."""
    if part is not Part.TECHNICIAN:
        return part is Part.DISPATCHER
    finished_at = visit.finished_at
    return visit.status in OPEN or (finished_at is not None and now - finished_at < KEEPS_KEY)
