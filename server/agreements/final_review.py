"""The last look at a version by everybody it concerns: who got it, read it, what they answered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from dispatch.agreements import VersionCommand, VersionStatus, move_version
from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.agreements import queries
from server.agreements.negotiation_schemas import FinalAnswerBody, ManagerOut, RecipientOut
from server.agreements.negotiation_tables import Recipient
from server.agreements.owners import KEEPERS
from server.agreements.problems import NothingToAnswer
from server.agreements.schemas import RecipientBody
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.turns import tell, touch
from server.kit.database import AnySession, Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound

CUSTOMER = "customer"
APPROVED = "approved"


async def send_out(
    session: Session,
    agreement: Agreement,
    row: AgreementVersion,
    given: Sequence[RecipientBody],
    *,
    now: datetime,
) -> None:
    """Give the version to everybody who is to answer; whatever was answered before is past."""
    people = [await _named(session, agreement, each, place) for place, each in enumerate(given)]
    sides = {each.side for each in given}
    if agreement.customer_id is not None and CUSTOMER not in sides:
        sentence = "Somebody of the customer has to see it."
        raise Invalid([Fault("recipients", "customer_missing", sentence)])
    if not given:
        raise Invalid([Fault("recipients", "missing", "Say who is to answer.")])
    for each, name in zip(given, people, strict=True):
        session.add(
            Recipient(
                version_id=row.id,
                account_id=each.account_id,
                name=name,
                side=each.side,
                sent_at=now,
                answer=None,
            )
        )
    await session.flush()


async def _named(session: Session, agreement: Agreement, given: RecipientBody, place: int) -> str:
    if given.account_id is None:
        if not given.name:
            raise Invalid([Fault(f"recipients.{place}.name", "missing", "Say who it is.")])
        return given.name
    account = await session.get(Account, given.account_id)
    of_customer = account is not None and account.role == Role.MANAGER.value
    is_theirs = (
        account is not None
        and of_customer
        and account.customer_id == agreement.customer_id
        and agreement.kind == CUSTOMER
    )
    is_ours = account is not None and account.role in KEEPERS
    fits = is_theirs if given.side == CUSTOMER else is_ours
    if account is None or account.is_disabled or not fits:
        sentence = "Nobody on this side has this account."
        raise Invalid([Fault(f"recipients.{place}.account_id", "unknown", sentence)])
    return account.name


async def mark_read(
    session: Session, scope: Scope, ids: tuple[UUID, UUID], now: datetime
) -> RecipientOut:
    """The caller has the version before them; only the first time counts."""
    _, version = await _circulating(session, scope, ids)
    mine = await _mine(session, scope, version)
    mine.read_at = mine.read_at or now
    await session.flush()
    return shown_recipient(mine, scope)


async def answer(
    session: Session, scope: Scope, ids: tuple[UUID, UUID], data: FinalAnswerBody, *, now: datetime
) -> RecipientOut:
    """Approve or object, once; whoever keeps agreements notes it for who has no account here."""
    agreement, version = await _circulating(session, scope, ids)
    mine = (
        await _mine(session, scope, version)
        if data.recipient_id is None
        else await _without_account(session, scope, version, data.recipient_id)
    )
    if mine.answer is not None:
        raise AlreadyDecided(decision=mine.answer)
    mine.read_at = mine.read_at or now
    mine.answer, mine.comment, mine.answered_at = data.answer, data.comment, now
    mine.recorded_by = scope.name
    await session.flush()
    await tell(session, scope, agreement, "agreement_version_answered", now=now, version=version)
    await _conclude(session, scope, agreement, version, now)
    return shown_recipient(mine, scope)


async def recipients_of(session: AnySession, version: AgreementVersion) -> list[Recipient]:
    """Who got the version when it was sent out last, by name."""
    last = select(func.max(Recipient.sent_at)).where(Recipient.version_id == version.id)
    query = select(Recipient).where(
        Recipient.version_id == version.id, Recipient.sent_at == last.scalar_subquery()
    )
    return list(await session.scalars(query.order_by(Recipient.name, Recipient.id)))


async def managers_of(session: AnySession, agreement: Agreement) -> list[ManagerOut]:
    """The customer's people who may be asked."""
    if agreement.customer_id is None:
        return []
    query = select(Account.id, Account.name).where(
        Account.customer_id == agreement.customer_id,
        Account.role == Role.MANAGER.value,
        Account.is_disabled.is_(False),
    )
    rows = (await session.execute(query.order_by(Account.name, Account.id))).all()
    return [ManagerOut(id=id_, name=name) for id_, name in rows]


def shown_recipient(row: Recipient, scope: Scope) -> RecipientOut:
    return RecipientOut(
        id=row.id,
        name=row.name,
        side=row.side,  # type: ignore[arg-type]
        has_account=row.account_id is not None,
        is_me=row.account_id == scope.account_id,
        sent_at=row.sent_at,
        read_at=row.read_at,
        answer=row.answer,  # type: ignore[arg-type]
        comment=row.comment,
        answered_at=row.answered_at,
        recorded_by=row.recorded_by,
    )


async def _conclude(
    session: Session,
    scope: Scope,
    agreement: Agreement,
    version: AgreementVersion,
    now: datetime,
) -> None:
    """Once everybody has approved it is approved; one objection keeps it where it is."""
    everybody = await recipients_of(session, version)
    if any(each.answer != APPROVED for each in everybody):
        return
    of_customer = [each for each in everybody if each.side == CUSTOMER]
    if of_customer:
        last = max(of_customer, key=lambda each: each.answered_at or now)
        version.approved_by, version.approved_at = last.name, last.answered_at
    status = move_version(VersionStatus(version.status), VersionCommand.APPROVE)
    version.status = status.value
    await touch(session, agreement)
    await tell(session, scope, agreement, "agreement_version_approved", now=now, version=version)


async def _circulating(
    session: Session, scope: Scope, ids: tuple[UUID, UUID]
) -> tuple[Agreement, AgreementVersion]:
    agreement, version = await queries.version_talked_about(session, scope, *ids)
    await session.refresh(agreement, with_for_update=True)
    await session.refresh(version)
    if version.status != VersionStatus.FINAL_REVIEW.value:
        raise NothingToAnswer
    return agreement, version


async def _mine(session: Session, scope: Scope, version: AgreementVersion) -> Recipient:
    for each in await recipients_of(session, version):
        if each.account_id == scope.account_id:
            return each
    raise NothingToAnswer


async def _without_account(
    session: Session, scope: Scope, version: AgreementVersion, recipient_id: UUID
) -> Recipient:
    if scope.role in {Role.ADMIN, Role.EXPERIENCE}:
        for each in await recipients_of(session, version):
            if each.id == recipient_id and each.account_id is None:
                return each
    raise NotFound
