"""Following work by a link without an account, until some time after it ended."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint, new_token
from server.experience.links import make_link
from server.experience.problems import FeedbackLinkEnded
from server.experience.schemas import FeedbackLinkBody, FeedbackLinkOut
from server.experience.tables import FeedbackLink
from server.interventions.portal import portal_intervention
from server.interventions.portal_schemas import PortalInterventionOut
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Session
from server.regions.tables import Region
from server.residents.problems import TrackingEnded
from server.residents.schemas import TrackedOut, TrackedState
from server.residents.tables import TrackingLink
from server.sites.tables import Site

PATH = "/t/"
OPEN_FOR = timedelta(days=30)
"""From the end of the work; as long one may say how it was."""
NOBODY = UUID(int=0)
ON_THE_MOVE: dict[str, TrackedState] = {
    "expected": "planned",
    "on_the_way": "on_the_way",
    "on_site": "on_site",
    "interrupted": "interrupted",
}
NOT_TAKEN_ON = frozenset({"refused", "cancelled"})


async def new_link(session: Session, intervention_id: UUID, now: datetime) -> str:
    """A link to follow this work by, below the server's address; it is told this once."""
    token = new_token()
    session.add(
        TrackingLink(
            token_hash=fingerprint(token),
            intervention_id=intervention_id,
            made_at=now,
            feedback_link_id=None,
        )
    )
    await session.flush()
    return PATH + token


async def tracked(session: AnySession, token: str, now: datetime) -> TrackedOut:
    """How the work of a link goes on; of what was merged, how the other one does."""
    link, scope = await _open(session, token)
    shown = await portal_intervention(session, scope, link.intervention_id, now)
    open_until = None if shown.ended_at is None or shown.is_open else shown.ended_at + OPEN_FOR
    if open_until is not None and now >= open_until:
        raise TrackingEnded
    site = await session.get_one(Site, shown.site_id)
    region = await session.get_one(Region, site.region_id)
    visit = shown.visit if shown.is_open else None
    state = _state(shown)
    return TrackedOut(
        asset_name=shown.asset_name,
        site_name=shown.site_name,
        zone=site.zone,
        state=state,
        is_entrapment=shown.severity == "S1",
        reported_at=shown.reported_at,
        from_at=None if visit is None else visit.from_at,
        to_at=None if visit is None else visit.to_at,
        is_late=visit is not None and visit.is_late,
        arrived_at=shown.arrived_at,
        released_at=shown.released_at,
        restored_at=shown.restored_at,
        ended_at=None if shown.is_open else shown.ended_at,
        refusal=shown.refusal,
        office_phone=region.dispatch_phone,
        open_until=open_until,
        may_answer=state == "done" and not await _is_answered(session, link),
    )


async def survey(session: Session, token: str, now: datetime) -> FeedbackLinkOut:
    """The way to say how it was, for whoever holds the link: one answer, without a name."""
    shown = await tracked(session, token, now)
    link, scope = await _open(session, token)
    if not shown.may_answer:
        raise FeedbackLinkEnded
    earlier = link.feedback_link_id
    row = await session.get_one(Intervention, link.intervention_id)
    about = row.merged_into_id or row.id
    made = await make_link(session, scope, about, FeedbackLinkBody(channel="qr"), now)
    token_hash = fingerprint(made.path.rsplit("/", 1)[-1])
    link.feedback_link_id = await session.scalar(
        select(FeedbackLink.id).where(FeedbackLink.token_hash == token_hash)
    )
    if earlier is not None:
        # Handed out again since nobody used it: the first one ends, or there would be two answers.
        (await session.get_one(FeedbackLink, earlier)).expires_at = now
    await session.flush()
    return made


async def _open(session: AnySession, token: str) -> tuple[TrackingLink, Scope]:
    query = (
        select(TrackingLink, Intervention.customer_id)
        .join(Intervention, Intervention.id == TrackingLink.intervention_id)
        .where(TrackingLink.token_hash == fingerprint(token))
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise TrackingEnded
    return found[0], Scope(NOBODY, "QR", Role.MANAGER, customer_id=found[1])


async def _is_answered(session: AnySession, link: TrackingLink) -> bool:
    if link.feedback_link_id is None:
        return False
    given = await session.get_one(FeedbackLink, link.feedback_link_id)
    return given.answered_at is not None


def _state(shown: PortalInterventionOut) -> TrackedState:
    if not shown.is_open:
        return "not_taken_on" if shown.outcome in NOT_TAKEN_ON else "done"
    return "reported" if shown.visit is None else ON_THE_MOVE[shown.visit.state]
