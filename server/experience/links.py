"""Saying how it was by a link: without an account, once, and without telling who one is."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint, new_token
from server.experience.actions import (
    MADE_IT_EASY,
    OPEN_FOR,
    PORTAL,
    require_open,
    require_something,
    tell_given,
)
from server.experience.irritation_queries import RESIDENT
from server.experience.problems import FeedbackLinkEnded
from server.experience.schemas import (
    FeedbackAskedOut,
    FeedbackByLinkBody,
    FeedbackLinkBody,
    FeedbackLinkOut,
    FeedbackSaidOut,
)
from server.experience.tables import Feedback, FeedbackLink
from server.interventions.dossier import lock_interventions, sees
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid, NotFound
from server.sites.tables import Asset, Site

COMPLETED_WITHIN = timedelta(minutes=30)
"""One tap answers; so long the rest of it may follow."""
PATH = "/portal/#/feedback/"


async def make_link(
    session: Session, scope: Scope, intervention_id: UUID, data: FeedbackLinkBody, now: datetime
) -> FeedbackLinkOut:
    """A link for one answer about work that is over; it ends when the portal stops asking."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    if data.channel == PORTAL and scope.role is not Role.MANAGER:
        raise Invalid([Fault("channel", "not_yours", "Only managers answer for themselves.")])
    require_open(row, now)
    assert row.decided_at is not None
    token = new_token()
    link = FeedbackLink(
        token_hash=fingerprint(token),
        intervention_id=row.id,
        channel=data.channel,
        created_at=now,
        expires_at=row.decided_at + OPEN_FOR,
    )
    session.add(link)
    await session.flush()
    return FeedbackLinkOut(PATH + token, link.expires_at)


async def asked(session: AnySession, token: str, now: datetime) -> FeedbackAskedOut:
    """What the link asks about."""
    link = await _link(session, token, now)
    row = await session.get_one(Intervention, link.intervention_id)
    return await _asked(session, link, row)


async def answer(session: Session, data: FeedbackByLinkBody, now: datetime) -> FeedbackAskedOut:
    """Say how it was; within half an hour what was not said yet may follow."""
    require_something(data)
    link = await _link(session, data.token, now, lock=True)
    (row,) = await lock_interventions(session, [link.intervention_id])
    before = await _standing(session, link)
    if before is not None:
        before.replaced_at = now
        # The database lets only one answer of a link stand at a time.
        await session.flush()
    given = _given(link, row, data, before, now)
    session.add(given)
    link.answered_at = link.answered_at or now
    await session.flush()
    await tell_given(session, row, given, is_anew=before is not None)
    return await _asked(session, link, row)


def _given(
    link: FeedbackLink,
    row: Intervention,
    data: FeedbackByLinkBody,
    before: Feedback | None,
    now: datetime,
) -> Feedback:
    """What is said now, and beside it what was said before and is not said anew."""
    csat, effort, comment = data.csat, data.effort, data.comment
    if before is not None:
        csat = before.csat if csat is None else csat
        effort = before.effort if effort is None else effort
        comment = comment or before.comment
    return Feedback(
        intervention_id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        role=_role(link),
        channel=link.channel,
        csat=csat,
        effort=effort,
        effort_wording="" if effort is None else MADE_IT_EASY,
        comment=comment,
        is_irritated=data.is_irritated or (before is not None and before.is_irritated),
        given_at=now,
        link_id=None if link.channel == PORTAL else link.id,
    )


def _role(link: FeedbackLink) -> str:
    """A manager's answer takes the place of the one their side gave before."""
    return Role.MANAGER.value if link.channel == PORTAL else RESIDENT


async def _link(
    session: AnySession, token: str, now: datetime, *, lock: bool = False
) -> FeedbackLink:
    query = select(FeedbackLink).where(FeedbackLink.token_hash == fingerprint(token))
    link = await session.scalar(query.with_for_update() if lock else query)
    if link is None or now >= _open_until(link):
        raise FeedbackLinkEnded
    return link


def _open_until(link: FeedbackLink) -> datetime:
    if link.answered_at is None:
        return link.expires_at
    return min(link.expires_at, link.answered_at + COMPLETED_WITHIN)


async def _standing(session: AnySession, link: FeedbackLink) -> Feedback | None:
    query = select(Feedback).where(Feedback.replaced_at.is_(None))
    if link.channel == PORTAL:
        query = query.where(
            Feedback.intervention_id == link.intervention_id,
            Feedback.role == _role(link),
            Feedback.link_id.is_(None),
        )
    else:
        query = query.where(Feedback.link_id == link.id)
    found: Feedback | None = await session.scalar(query)
    return found


async def _asked(session: AnySession, link: FeedbackLink, row: Intervention) -> FeedbackAskedOut:
    site = await session.get_one(Site, row.site_id)
    asset = None if row.asset_id is None else await session.get(Asset, row.asset_id)
    said = await _standing(session, link)
    return FeedbackAskedOut(
        site_name=site.name,
        asset_name=None if asset is None else asset.name,
        work_type=row.work_type,
        ended_at=row.decided_at or link.created_at,
        zone=site.zone,
        said=None
        if said is None
        else FeedbackSaidOut(said.csat, said.effort, said.comment, said.is_irritated),
        open_until=_open_until(link),
    )
