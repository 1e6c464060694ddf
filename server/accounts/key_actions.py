"""Keys by which programs call: made, renewed, revoked. The key itself is kept as its hash only."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat

from dispatch.errors import Fault
from server.accounts import queries, secrets
from server.accounts.actions import about, role_faults
from server.accounts.schemas import ApiKeyBody, ApiKeyChangeBody, ApiKeyOut, Language, Role
from server.accounts.scope import Scope
from server.accounts.tables import Account, ApiKey
from server.accounts.whose import unknown_faults
from server.kit.database import Session
from server.kit.events import announce
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version

# Nobody can write to it: a name that no mail server will ever have (RFC 2606).
NOBODYS = "keys.invalid"
PREFIX = "palier_"


async def create(session: Session, scope: Scope, data: ApiKeyBody, now: datetime) -> ApiKeyOut:
    """A key with an account of its own. It opens nothing until it was made anew and told."""
    if faults := [
        *role_faults(Role(data.role), None, data.customer_id),
        *await unknown_faults(session, customer_id=data.customer_id, region_ids=data.region_ids),
        *_expiry_faults(data.expires_at, now),
    ]:
        raise Invalid(faults)
    account_id = uuid_utils.compat.uuid7()
    holder = Account(
        id=account_id,
        email=f"{account_id}@{NOBODYS}",
        name=data.name,
        role=data.role,
        language=Language.ENGLISH.value,
        password_hash="",
        customer_id=data.customer_id if data.role is Role.MANAGER else None,
        region_ids=None if data.region_ids is None else [str(each) for each in data.region_ids],
        is_program=True,
    )
    session.add(holder)
    await session.flush()
    row = ApiKey(
        key_hash=secrets.fingerprint(secrets.new_token()),
        name=data.name,
        account_id=holder.id,
        created_at=now,
        made_by_name=scope.name,
        expires_at=data.expires_at,
    )
    session.add(row)
    await session.flush()
    await announce(session, scope.actor, now, about(holder, "account_key_made"))
    return queries.shown_key(row, holder)


async def change(
    session: Session,
    scope: Scope,
    key_id: UUID,
    data: ApiKeyChangeBody,
    *,
    expected: int,
    now: datetime,
) -> ApiKeyOut:
    """Change what is named; a key made anew is told in this answer and never again."""
    row, holder = await _found(session, key_id)
    require_version(row.version, expected)
    if faults := _expiry_faults(data.expires_at, now):
        raise Invalid(faults)
    if data.name is not None:
        row.name = data.name
        if holder.is_program:
            holder.name = data.name
    if "expires_at" in data.model_fields_set:
        row.expires_at = data.expires_at
    key = f"{PREFIX}{secrets.new_token()}" if data.is_renewed else ""
    if key:
        row.key_hash = secrets.fingerprint(key)
    await session.flush()
    kind = "account_key_renewed" if key else "account_key_changed"
    await announce(session, scope.actor, now, about(holder, kind, key=row.name))
    return queries.shown_key(row, holder, key)


async def revoke(
    session: Session, scope: Scope, key_id: UUID, *, expected: int, now: datetime
) -> None:
    """The key opens nothing any more, from this moment on."""
    row, holder = await _found(session, key_id)
    require_version(row.version, expected)
    await session.delete(row)
    if holder.is_program:
        holder.is_disabled = True
    await session.flush()
    await announce(session, scope.actor, now, about(holder, "account_key_revoked", key=row.name))


async def _found(session: Session, key_id: UUID) -> tuple[ApiKey, Account]:
    row = await session.get(ApiKey, key_id)
    if row is None:
        raise NotFound
    return row, await queries.account(session, row.account_id)


def _expiry_faults(expires_at: datetime | None, now: datetime) -> list[Fault]:
    if expires_at is None or expires_at > now:
        return []
    return [Fault("expires_at", "in_the_past", "A key cannot have ended before it is given out.")]
