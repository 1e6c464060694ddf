"""Changing who may come in: rights, invitations, sessions ended. Every change is an event."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from server.accounts import queries, secrets
from server.accounts.actions import about, role_faults
from server.accounts.problems import AccountShut, InvitationEnded, LastAdministrator
from server.accounts.schemas import (
    AccountChangeBody,
    InvitationBody,
    InvitationOut,
    MemberOut,
    Role,
    WelcomeBody,
    WelcomeOut,
)
from server.accounts.scope import Scope
from server.accounts.tables import Account, SignedIn
from server.accounts.whose import unknown_faults
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import Actor, announce
from server.kit.problems import Invalid
from server.kit.turns import wait_for_turn
from server.kit.work import require_version
from server.mail.outbox import Letter, post
from server.mail.writing import INVITATION

INVITED_FOR = timedelta(days=7)
NAMED_ELSEWHERE = frozenset({"technician_id", "customer_id", "region_ids"})


async def change(
    session: Session,
    scope: Scope,
    account_id: UUID,
    data: AccountChangeBody,
    *,
    expected: int,
    now: datetime,
) -> MemberOut:
    """Change what is named. Another role, or a door that is shut, ends the sessions at once."""
    # Two administrators who take the role from each other must not both succeed.
    await wait_for_turn(session, "administrators")
    row = await queries.member_row(session, account_id)
    require_version(row.version, expected)
    was_admin = _sets_up(row)
    changed = _apply(row, data)
    named = {name: getattr(row, name) for name in changed if name in NAMED_ELSEWHERE}
    faults = [
        *role_faults(Role(row.role), row.technician_id, row.customer_id),
        *await unknown_faults(session, **named),
    ]
    if faults:
        raise Invalid(faults)
    if was_admin and not _sets_up(row):
        with session.no_autoflush:
            if not await queries.has_other_administrator(session, row.id):
                raise LastAdministrator
    if {"role", "is_disabled"} & set(changed):
        await _end_sessions(session, row)
    await session.flush()
    if changed:
        await announce(session, scope.actor, now, about(row, "account_changed", changed=changed))
    return await _shown(session, row, now)


def _sets_up(row: Account) -> bool:
    return row.role == Role.ADMIN.value and not row.is_disabled and bool(row.password_hash)


def _apply(row: Account, data: AccountChangeBody) -> list[str]:
    """Put it into the row; the names of what is different now."""
    wanted = changes(data, may_be_empty={"technician_id", "customer_id", "region_ids"})
    if (regions := wanted.get("region_ids")) is not None:
        wanted["region_ids"] = [str(each) for each in regions]
    role = wanted.get("role", row.role)
    if role != Role.TECHNICIAN.value:
        wanted["technician_id"] = None
    if role != Role.MANAGER.value:
        wanted["customer_id"] = None
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


async def end_sessions(
    session: Session, scope: Scope, account_id: UUID, now: datetime
) -> MemberOut:
    """They are signed out on every browser and phone."""
    row = await queries.member_row(session, account_id)
    await _end_sessions(session, row)
    await announce(session, scope.actor, now, about(row, "account_signed_out"))
    return await _shown(session, row, now)


async def _end_sessions(session: Session, row: Account) -> None:
    await session.execute(delete(SignedIn).where(SignedIn.account_id == row.id))


async def invite(
    session: Session,
    scope: Scope,
    account_id: UUID,
    data: InvitationBody,
    *,
    expected: int,
    now: datetime,
) -> InvitationOut:
    """A new link by which they choose a password: the one before it ends.

    An old password holds until a new one is chosen.
    """
    row = await queries.member_row(session, account_id)
    require_version(row.version, expected)
    if row.is_disabled:
        raise AccountShut
    token = secrets.new_token() if data.is_on else ""
    row.invite_hash = secrets.fingerprint(token) if token else None
    row.invite_until = now + INVITED_FOR if token else None
    await session.flush()
    kind = "account_invited" if token else "account_invitation_withdrawn"
    await announce(session, scope.actor, now, about(row, kind))
    path = f"/#/invitation/{token}" if token else ""
    mailed_to = row.email if token and data.is_mailed else ""
    if mailed_to:
        await post(session, _invitation(row, path), now, now)
    return InvitationOut(path, row.invite_until, row.version, mailed_to)


def _invitation(row: Account, path: str) -> Letter:
    """The link is a secret until it is sent; it is told in the mail alone, never in its facts."""
    return Letter(
        address=row.email,
        language=row.language,
        topic=INVITATION,
        key=f"invitation:{row.invite_hash}",
        account_id=row.id,
        facts={"name": row.name, "until": str(row.invite_until)},
        secret=path,
    )


async def welcome(session: Session, data: WelcomeBody, hashed: str, now: datetime) -> WelcomeOut:
    """Whoever holds the link has chosen a password: the link is used up, old sessions end."""
    query = select(Account).where(
        Account.invite_hash == secrets.fingerprint(data.token),
        Account.invite_until > now,
        Account.is_disabled.is_(False),
    )
    row = await session.scalar(query)
    if row is None:
        raise InvitationEnded
    row.password_hash, row.invite_hash, row.invite_until = hashed, None, None
    await _end_sessions(session, row)
    await session.flush()
    await announce(session, Actor(row.id, row.name), now, about(row, "account_password_chosen"))
    return WelcomeOut(row.email)


async def _shown(session: Session, row: Account, now: datetime) -> MemberOut:
    (shown,) = await queries.shown_members(session, [row], now)
    return shown
