"""Saying how it was, once the work is over."""

from datetime import datetime, timedelta

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.interventions import Decided
from server.accounts.scope import Scope
from server.experience import queries
from server.experience.irritation_actions import note_of_feedback
from server.experience.problems import FeedbackClosed
from server.experience.schemas import FeedbackBody, FeedbackByLinkBody, FeedbackOut
from server.experience.tables import Feedback
from server.interventions.dossier import lock_interventions, sees
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import Invalid

OPEN_FOR = timedelta(days=30)
PORTAL, MADE_IT_EASY = "portal", "made_it_easy"


async def give_feedback(
    session: Session, scope: Scope, data: FeedbackBody, now: datetime
) -> FeedbackOut:
    """Say how it was; said again, the newer answer stands and the older one is kept."""
    require_something(data)
    row = await _intervention(session, scope, data)
    require_open(row, now)
    before = await _standing(session, row, scope)
    if before is not None:
        before.replaced_at = now
        # The database lets only one answer of a role stand at a time.
        await session.flush()
    given = Feedback(
        intervention_id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        role=scope.role.value,
        channel=PORTAL,
        csat=data.csat,
        effort=data.effort,
        effort_wording="" if data.effort is None else MADE_IT_EASY,
        comment=data.comment,
        is_irritated=data.is_irritated,
        given_at=now,
    )
    session.add(given)
    await session.flush()
    await tell_given(session, row, given, is_anew=before is not None)
    return await queries.shown_feedback(session, given)


async def tell_given(
    session: Session, row: Intervention, given: Feedback, *, is_anew: bool
) -> None:
    """Announce an answer; what it asks to be talked about waits from now on."""
    about = About(row.region_id, row.customer_id, row.site_id, row.id)
    facts = {
        "number": row.number,
        "csat": given.csat,
        "effort": given.effort,
        "is_irritated": given.is_irritated,
        "is_anew": is_anew,
    }
    # By role here as well: who it was is nobody's business.
    who, now = Actor(None, given.role), given.given_at
    await announce(session, who, now, Happening("feedback_given", about, facts))
    await note_of_feedback(session, row, given, now)


def require_open(row: Intervention, now: datetime) -> None:
    """Refuse what comes before the end of the work, or more than thirty days after it."""
    ended_at = row.decided_at if row.decided == Decided.CLOSED.value else None
    if ended_at is None or now >= ended_at + OPEN_FOR:
        raise FeedbackClosed


def require_something(data: FeedbackBody | FeedbackByLinkBody) -> None:
    if data.csat is None and data.effort is None and not data.comment and not data.is_irritated:
        raise Invalid([Fault("csat", "nothing_said", "Say at least one thing about it.")])


async def _intervention(session: Session, scope: Scope, data: FeedbackBody) -> Intervention:
    """One of the caller's own, locked; any other looks unknown."""
    found = await lock_interventions(session, [data.intervention_id])
    if not found or not sees(scope, found[0]):
        raise Invalid([Fault("intervention_id", "unknown", "There is no such intervention.")])
    return found[0]


async def _standing(session: Session, row: Intervention, scope: Scope) -> Feedback | None:
    query = select(Feedback).where(
        Feedback.intervention_id == row.id,
        Feedback.role == scope.role.value,
        Feedback.link_id.is_(None),
        Feedback.replaced_at.is_(None),
    )
    found: Feedback | None = await session.scalar(query)
    return found
