"""Reading what people said, as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience.schemas import FeedbackOut
from server.experience.tables import Feedback
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page
from server.sites.tables import Site


@dataclass(frozen=True, slots=True)
class WantedFeedback:
    """Which feedback a list asks for."""

    intervention_id: UUID | None = None
    region_id: UUID | None = None
    customer_id: UUID | None = None


async def feedback(
    session: AnySession,
    scope: Scope,
    wanted: WantedFeedback,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[FeedbackOut]:
    """What was said and still stands, the newest first."""
    rows, following = await page(
        session,
        _within(select(Feedback).where(Feedback.replaced_at.is_(None)), scope, wanted),
        by=(Feedback.given_at, Feedback.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    names = await _names(session, rows)
    return Page([_shown(row, *names[row.id]) for row in rows], following)


async def shown_feedback(session: AnySession, row: Feedback) -> FeedbackOut:
    names = await _names(session, [row])
    return _shown(row, *names[row.id])


def _within(query: Select[Feedback], scope: Scope, wanted: WantedFeedback) -> Select[Feedback]:
    if scope.role is Role.MANAGER:
        query = query.where(Feedback.customer_id == scope.customer_id)
    elif scope.region_ids is not None:
        query = query.where(Feedback.region_id.in_(scope.region_ids))
    asked = (
        (Feedback.intervention_id, wanted.intervention_id),
        (Feedback.region_id, wanted.region_id),
        (Feedback.customer_id, wanted.customer_id),
    )
    return query.where(*(column == value for column, value in asked if value is not None))


async def _names(session: AnySession, rows: Sequence[Feedback]) -> Mapping[UUID, tuple[str, str]]:
    """The number of the intervention and the name of the site, by feedback."""
    query = (
        select(Feedback.id, Intervention.number, Site.name)
        .join(Intervention, Intervention.id == Feedback.intervention_id)
        .join(Site, Site.id == Feedback.site_id)
        .where(Feedback.id.in_([row.id for row in rows]))
    )
    return {id_: (number, name) for id_, number, name in (await session.execute(query)).all()}


def _shown(row: Feedback, number: str, site_name: str) -> FeedbackOut:
    return FeedbackOut(
        id=row.id,
        intervention_id=row.intervention_id,
        number=number,
        site_id=row.site_id,
        site_name=site_name,
        customer_id=row.customer_id,
        region_id=row.region_id,
        role=row.role,
        channel=row.channel,  # type: ignore[arg-type]
        csat=row.csat,
        effort=row.effort,
        effort_wording=row.effort_wording,  # type: ignore[arg-type]
        comment=row.comment,
        is_irritated=row.is_irritated,
        given_at=row.given_at,
    )
