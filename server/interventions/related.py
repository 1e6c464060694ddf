"""What belongs to an intervention: reports merged into it, work tied to it, likely duplicates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.interventions import LIKELY_WITHIN, Reported, alike
from server.accounts.scope import Scope
from server.interventions.dossier import sees
from server.interventions.related_schemas import LikelyOut, RelatedOut, RelatedReportOut
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention, Tie
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.sites.tables import Asset

# More than these nobody reads on the way to a decision.
MOST_LIKELY = 5


async def related(session: AnySession, scope: Scope, intervention_id: UUID) -> RelatedOut:
    """All of it for one intervention of the caller's; any other looks unknown."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    into = None
    if row.merged_into_id is not None:
        into = await session.get(Intervention, row.merged_into_id)
    merged = await _in_order(session, Intervention.merged_into_id == row.id)
    tied = await _in_order(session, Intervention.id.in_(await _tied(session, row.id)))
    likely = [] if row.status in ENDED else await _likely(session, row)
    known = [*merged, *tied, *([] if into is None else [into]), *(each for each, _ in likely)]
    names = await _asset_names(session, known)
    settled = {each.id for each in tied}
    return RelatedOut(
        intervention_id=row.id,
        merged_into=None if into is None else _brief(into, names),
        merged=[_brief(each, names) for each in merged],
        tied=[_brief(each, names) for each in tied if sees(scope, each)],
        likely=[
            LikelyOut(_brief(each, names), why)  # type: ignore[arg-type]
            for each, why in likely
            if each.id not in settled
        ],
    )


async def _in_order(session: AnySession, condition: object) -> Sequence[Intervention]:
    query = select(Intervention).where(condition).order_by(Intervention.reported_at)  # type: ignore[arg-type]
    return (await session.scalars(query)).all()


async def _tied(session: AnySession, intervention_id: UUID) -> list[UUID]:
    query = select(Tie).where(
        or_(Tie.first_id == intervention_id, Tie.second_id == intervention_id)
    )
    ties = await session.scalars(query)
    return [each.second_id if each.first_id == intervention_id else each.first_id for each in ties]


async def _likely(session: AnySession, row: Intervention) -> list[tuple[Intervention, str]]:
    """Open reports at the same site, by the rule of likeness."""
    query = select(Intervention).where(
        Intervention.site_id == row.site_id,
        Intervention.status.not_in(ENDED),
        Intervention.reported_at >= row.reported_at - LIKELY_WITHIN,
        Intervention.reported_at <= row.reported_at + LIKELY_WITHIN,
    )
    found = {str(each.id): each for each in await session.scalars(query)}
    likely = alike(_reported(row), [_reported(each) for each in found.values()])
    return [(found[each.id], why.value) for each, why in likely[:MOST_LIKELY]]


def _reported(row: Intervention) -> Reported:
    asset = None if row.asset_id is None else str(row.asset_id)
    return Reported(str(row.id), str(row.site_id), asset, row.work_type, row.reported_at)


async def _asset_names(session: AnySession, rows: Sequence[Intervention]) -> dict[UUID | None, str]:
    wanted = {row.asset_id for row in rows if row.asset_id is not None}
    if not wanted:
        return {}
    query = select(Asset.id, Asset.name).where(Asset.id.in_(wanted))
    return {each.id: each.name for each in (await session.execute(query)).all()}


def _brief(row: Intervention, names: dict[UUID | None, str]) -> RelatedReportOut:
    return RelatedReportOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        severity=row.severity,  # type: ignore[arg-type]
        source=row.source,  # type: ignore[arg-type]
        summary=row.summary,
        description=row.description,
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        asset_name=names.get(row.asset_id),
        reported_at=row.reported_at,
        version=row.version,
    )
