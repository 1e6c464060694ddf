"""Reading accounts and finding who is asking."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from server.accounts.schemas import AccountOut, Language, Role
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


async def key_holder(session: AnySession, key: str) -> Account | None:
    """The enabled account a program's key acts for."""
    query = (
        select(Account)
        .join(ApiKey, ApiKey.account_id == Account.id)
        .where(ApiKey.key_hash == fingerprint(key), Account.is_disabled.is_(False))
    )
    return await session.scalar(query)


async def by_email(session: AnySession, email: str) -> Account | None:
    return await session.scalar(select(Account).where(Account.email == email.lower()))


async def account(session: AnySession, account_id: UUID) -> Account:
    """One account by id, for its owner or an administrator."""
    found = await session.get(Account, account_id)
    if found is None:
        raise NotFound
    return found


async def accounts(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[AccountOut]:
    """Every account; the guard lets administrators and auditors in only."""
    rows, following = await page(
        session, select(Account), by=(Account.id,), limit=limit, cursor=cursor
    )
    return Page(items=[shown_account(row) for row in rows], next_cursor=following)


async def failures(session: AnySession, since: datetime, *, email: str, address: str) -> int:
    """Wrong tries for this address book entry from this network address since then."""
    query = select(func.count()).where(
        FailedSignIn.email == email, FailedSignIn.address == address, FailedSignIn.at > since
    )
    return int(await session.scalar(query) or 0)
