"""Reading accounts and finding who is asking."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs
from sqlalchemy import func, select

from server.accounts.schemas import AccountOut, ApiKeyOut, Language, MemberOut, Role
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint
from server.accounts.tables import Account, ApiKey, FailedSignIn, SignedIn
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page


def scope_of(account: Account) -> Scope:
    """What this account may see."""
    regions = account.region_ids
    return Scope(
        account_id=account.id,
        name=account.name,
        role=Role(account.role),
        region_ids=None if regions is None else frozenset(UUID(r) for r in regions),
        customer_id=account.customer_id,
        technician_id=account.technician_id,
    )


def shown_account(account: Account) -> AccountOut:
    return AccountOut(
        id=account.id,
        email=account.email,
        name=account.name,
        role=Role(account.role),
        language=Language(account.language),
        customer_id=account.customer_id,
        technician_id=account.technician_id,
        region_ids=None if account.region_ids is None else [UUID(r) for r in account.region_ids],
        is_disabled=account.is_disabled,
        version=account.version,
    )


async def signed_in(
    session: AnySession, token: str, now: datetime
) -> tuple[SignedIn, Account] | None:
    """The open session behind a cookie, if it is still good and its account enabled."""
    query = (
        select(SignedIn, Account)
        .join(Account, Account.id == SignedIn.account_id)
        .where(
            SignedIn.token_hash == fingerprint(token),
            SignedIn.expires_at > now,
            Account.is_disabled.is_(False),
        )
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def key_holder(session: AnySession, key: str, now: datetime) -> tuple[ApiKey, Account] | None:
    """A program's key that still holds, and the enabled account it acts for."""
    query = (
        select(ApiKey, Account)
        .join(Account, Account.id == ApiKey.account_id)
        .where(ApiKey.key_hash == fingerprint(key), Account.is_disabled.is_(False))
        .where(ApiKey.expires_at.is_(None) | (ApiKey.expires_at > now))
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def by_email(session: AnySession, email: str) -> Account | None:
    return await session.scalar(select(Account).where(Account.email == email.lower()))


async def account(session: AnySession, account_id: UUID) -> Account:
    """One account by id, for its owner or an administrator."""
    found = await session.get(Account, account_id)
    if found is None:
        raise NotFound
    return found


async def member_row(session: AnySession, account_id: UUID) -> Account:
    """One person's account; a program's is none of these."""
    found = await account(session, account_id)
    if found.is_program:
        raise NotFound
    return found


async def members(
    session: AnySession, _scope: Scope, now: datetime, *, limit: int | None, cursor: str | None
) -> Page[MemberOut]:
    """Everybody who may sign in; the guard lets administrators and auditors in only."""
    query = select(Account).where(Account.is_program.is_(False))
    rows, following = await page(session, query, by=(Account.id,), limit=limit, cursor=cursor)
    return Page(items=await shown_members(session, rows, now), next_cursor=following)


async def shown_members(
    session: AnySession, rows: Sequence[Account], now: datetime
) -> list[MemberOut]:
    """Accounts with how many sessions are open and whether an invitation holds."""
    query = (
        select(SignedIn.account_id, func.count())
        .where(SignedIn.account_id.in_([row.id for row in rows]), SignedIn.expires_at > now)
        .group_by(SignedIn.account_id)
    )
    open_sessions = {row[0]: row[1] for row in await session.execute(query)}
    return [
        MemberOut(
            **structs.asdict(shown_account(row)),
            last_seen_at=row.last_seen_at,
            sessions=open_sessions.get(row.id, 0),
            has_password=bool(row.password_hash),
            invited_until=_still(row.invite_until, now),
        )
        for row in rows
    ]


def _still(until: datetime | None, now: datetime) -> datetime | None:
    return until if until is not None and until > now else None


async def has_other_administrator(session: AnySession, than: UUID) -> bool:
    """Whether somebody else can set things up: a person, let in, with a password."""
    query = select(Account.id).where(
        Account.role == Role.ADMIN.value,
        Account.id != than,
        Account.is_disabled.is_(False),
        Account.is_program.is_(False),
        Account.password_hash != "",
    )
    return await session.scalar(query.limit(1)) is not None


async def api_keys(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[ApiKeyOut]:
    """Every key by which a program comes in; none of them is shown."""
    rows, following = await page(
        session, select(ApiKey), by=(ApiKey.id,), limit=limit, cursor=cursor
    )
    query = select(Account).where(Account.id.in_([row.account_id for row in rows]))
    holders = {row.id: row for row in await session.scalars(query)}
    items = [shown_key(row, holders[row.account_id]) for row in rows]
    return Page(items=items, next_cursor=following)


def shown_key(row: ApiKey, holder: Account, key: str = "") -> ApiKeyOut:
    """A key with what it may do; the key itself only where it was just made."""
    shown = shown_account(holder)
    return ApiKeyOut(
        id=row.id,
        name=row.name,
        key=key,
        email="" if holder.is_program else holder.email,
        role=shown.role,
        region_ids=shown.region_ids,
        customer_id=shown.customer_id,
        created_at=row.created_at,
        made_by=row.made_by_name,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        version=row.version,
    )


async def failures(session: AnySession, since: datetime, *, email: str, address: str) -> int:
    """Wrong tries for this address book entry from this network address since then."""
    query = select(func.count()).where(
        FailedSignIn.email == email, FailedSignIn.address == address, FailedSignIn.at > since
    )
    return int(await session.scalar(query) or 0)
