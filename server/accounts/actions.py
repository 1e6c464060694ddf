"""Signing in and out, making accounts and keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete

from dispatch.errors import Fault
from server.accounts import queries, secrets
from server.accounts.problems import TooManyTries, WrongCredentials
from server.accounts.schemas import AccountBody, AccountOut, Language, Role
from server.accounts.tables import Account, ApiKey, FailedSignIn, SignedIn
from server.accounts.whose import unknown_faults
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import AlreadyExists, Invalid

TRIES = 5
TRIES_WINDOW = timedelta(minutes=1)
# A phone stays signed in through a fortnight of bad signal; a desk signs in every day.
LIFETIME = {Role.TECHNICIAN: timedelta(days=14)}
USUAL_LIFETIME = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the token is shown once, to its owner."""

    token: str
    csrf: str
    account: Account
    expires_at: datetime


async def refuse_hammering(session: Session, email: str, address: str, now: datetime) -> None:
    """Six wrong tries in a minute are too many."""
    if await queries.failures(session, now - TRIES_WINDOW, email=email, address=address) >= TRIES:
        raise TooManyTries(int(TRIES_WINDOW.total_seconds()))


async def record_failure(session: Session, email: str, address: str, now: datetime) -> None:
    """Remember a wrong try and forget those that no longer count."""
    await session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - TRIES_WINDOW))
    session.add(FailedSignIn(email=email, address=address, at=now))


async def open_session(session: Session, account: Account, now: datetime) -> Opened:
    """Start a session with a fresh token; old tokens never come back."""
    await session.execute(delete(SignedIn).where(SignedIn.expires_at < now))
    token, csrf = secrets.new_token(), secrets.new_token()
    expires_at = now + LIFETIME.get(Role(account.role), USUAL_LIFETIME)
    session.add(
        SignedIn(
            token_hash=secrets.fingerprint(token),
            account_id=account.id,
            csrf=csrf,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return Opened(token, csrf, account, expires_at)


async def close_session(session: Session, token: str) -> None:
    await session.execute(delete(SignedIn).where(SignedIn.token_hash == secrets.fingerprint(token)))


async def create(session: Session, actor: Actor, data: AccountBody, now: datetime) -> AccountOut:
    """A new account; technicians and managers say whose they are."""
    faults = [
        *role_faults(data.role, data.technician_id, data.customer_id),
        *await unknown_faults(
            session,
            technician_id=data.technician_id,
            customer_id=data.customer_id,
            region_ids=data.region_ids,
        ),
    ]
    if faults:
        raise Invalid(faults)
    if await queries.by_email(session, data.email) is not None:
        raise AlreadyExists(email=data.email)
    row = Account(
        email=data.email,
        name=data.name,
        role=data.role.value,
        language=data.language.value,
        password_hash=await secrets.hashed(data.password) if data.password else "",
        customer_id=data.customer_id,
        technician_id=data.technician_id,
        region_ids=None if data.region_ids is None else [str(r) for r in data.region_ids],
    )
    session.add(row)
    await session.flush()
    await announce(session, actor, now, about(row, "account_created"))
    return queries.shown_account(row)


def about(row: Account, kind: str, **more: object) -> Happening:
    """What happened to an account; whose it is, is looked up: names may have to be forgotten."""
    facts = {"account_id": str(row.id), "role": row.role}
    return Happening(kind, About(), {**facts, **more})


def role_faults(role: Role, technician_id: UUID | None, customer_id: UUID | None) -> list[Fault]:
    """A technician's account and a manager's say whose they are."""
    faults = []
    if role is Role.TECHNICIAN and technician_id is None:
        faults.append(Fault("technician_id", "missing", "Say which technician signs in here."))
    if role is Role.MANAGER and customer_id is None:
        faults.append(Fault("customer_id", "missing", "Say whose buildings this manager sees."))
    return faults


async def change_language(session: Session, account_id: UUID, language: Language) -> Account:
    row = await queries.account(session, account_id)
    row.language = language.value
    await session.flush()
    return row


async def disable(session: Session, email: str) -> None:
    """Shut an account: its sessions end at once."""
    row = await queries.by_email(session, email)
    if row is None:
        raise WrongCredentials(f"No account has the address {email}.")
    row.is_disabled = True
    await session.execute(delete(SignedIn).where(SignedIn.account_id == row.id))


async def add_key(session: Session, email: str, name: str, now: datetime) -> str:
    """A new API key for an account; the answer is the only time it is shown."""
    row = await queries.by_email(session, email)
    if row is None:
        raise WrongCredentials(f"No account has the address {email}.")
    key = secrets.new_token()
    session.add(
        ApiKey(key_hash=secrets.fingerprint(key), name=name, account_id=row.id, created_at=now)
    )
    return key


async def mark_notices_seen(session: Session, account_id: UUID, up_to: int) -> None:
    """Notices up to this one have been read; the mark never goes back."""
    row = await queries.account(session, account_id)
    row.seen_notice = max(row.seen_notice, up_to)
