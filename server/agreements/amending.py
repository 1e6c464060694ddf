"""When a version may begin: after its notice, next to no other draft, over no other version.

What the notice is stands in the version that is in force.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.agreements import VersionStatus, earliest_amendment
from dispatch.errors import Fault
from server.agreements.problems import DraftExists, NoticeTooShort, VersionsOverlap
from server.agreements.shown import HOLDING_STATUSES
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid

PREPARED = tuple(
    status.value
    for status in (
        VersionStatus.DRAFT,
        VersionStatus.NEGOTIATION,
        VersionStatus.VERIFIED,
        VersionStatus.FINAL_REVIEW,
        VersionStatus.APPROVED,
        VersionStatus.SIGNED,
    )
)
RUNNING = (VersionStatus.ACTIVE.value, VersionStatus.LEGAL_HOLD.value)


async def running_version(
    session: AnySession, agreement: Agreement, *, besides: AgreementVersion | None = None
) -> AgreementVersion | None:
    """The version the next one will follow."""
    query = select(AgreementVersion).where(
        AgreementVersion.agreement_id == agreement.id, AgreementVersion.status.in_(RUNNING)
    )
    if besides is not None:
        query = query.where(AgreementVersion.id != besides.id)
    return (await session.scalars(query)).first()


async def require_no_draft(session: Session, agreement: Agreement) -> None:
    """Refuse a second version in preparation: nobody could tell which follows."""
    query = select(AgreementVersion.number).where(
        AgreementVersion.agreement_id == agreement.id, AgreementVersion.status.in_(PREPARED)
    )
    number = await session.scalar(query)
    if number is not None:
        raise DraftExists(number=number)


def require_notice(running: AgreementVersion | None, valid_from: date, told_at: datetime) -> None:
    """Refuse an amendment before the notice that runs from the day it was written.

    A first version may begin whenever it was agreed, and one that follows a last day on that day.
    """
    if running is None or (running.valid_to is not None and running.valid_to <= valid_from):
        return
    amendment = running.terms["amendment"]
    earliest = earliest_on(running, told_at)
    if valid_from < earliest:
        raise NoticeTooShort(earliest_on=earliest.isoformat())
    if amendment["effective"] == "first_of_month" and valid_from.day != 1:
        sentence = "Amendments of this agreement begin on the first of a month."
        raise Invalid([Fault("valid_from", "not_first_of_month", sentence)])


def earliest_on(running: AgreementVersion, told_at: datetime) -> date:
    """The first day on which an amendment that is written then may hold."""
    amendment = running.terms["amendment"]
    today = told_at.astimezone(ZoneInfo(running.zone)).date()
    return earliest_amendment(today, amendment["notice_days"], amendment["effective"])


async def require_free(session: Session, agreement: Agreement, new: AgreementVersion) -> None:
    """Refuse days that other versions of the agreement hold, but for what the new one follows."""
    query = select(AgreementVersion).where(
        AgreementVersion.agreement_id == agreement.id,
        AgreementVersion.status.in_(HOLDING_STATUSES),
        AgreementVersion.id != new.id,
    )
    for other in (await session.scalars(query)).all():
        follows = other.status in RUNNING and other.valid_from < new.valid_from
        if not follows and _meet(other, new):
            raise VersionsOverlap(agreement=agreement.number, number=other.number)


def _meet(first: AgreementVersion, second: AgreementVersion) -> bool:
    ends_before = first.valid_to is not None and first.valid_to <= second.valid_from
    begins_after = second.valid_to is not None and second.valid_to <= first.valid_from
    return not ends_before and not begins_after
