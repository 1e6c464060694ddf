"""Who looks after an agreement, and who does while they are away."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.tables import Account
from server.agreements.problems import OwnerMissing
from server.agreements.schemas import KeeperOut, KeepersOut
from server.agreements.tables import Agreement
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid

KEEPERS = (Role.ADMIN.value, Role.EXPERIENCE.value, Role.DISPATCHER.value)
NAMED = {"owner_id": "owner_name", "backup_id": "backup_name"}


async def keepers(session: AnySession) -> KeepersOut:
    """Everybody who may look after an agreement, by name."""
    query = select(Account.id, Account.name).where(
        Account.role.in_(KEEPERS), Account.is_disabled.is_(False), Account.is_program.is_(False)
    )
    rows = (await session.execute(query.order_by(Account.name, Account.id))).all()
    return KeepersOut([KeeperOut(id=id_, name=name) for id_, name in rows])


async def with_names(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """What is given with each name that follows from an account; a name alone names no account."""
    found = dict(given)
    faults = []
    for column, name in NAMED.items():
        if given.get(column) is not None:
            account = await session.get(Account, given[column])
            if account is None or account.is_disabled or account.role not in KEEPERS:
                faults.append(Fault(column, "unknown", "Nobody with this account can do it."))
            else:
                found[name] = account.name
        elif name in given:
            found[column] = None
        elif column in given:
            found[name] = ""
    if faults:
        raise Invalid(faults)
    return found


def require_two(row: Agreement) -> None:
    """Refuse a backup who is the owner: they are away at the same time."""
    ids = row.owner_id is not None and row.owner_id == row.backup_id
    if ids or (row.owner_name and row.owner_name == row.backup_name and not row.backup_id):
        sentence = "Somebody else looks after it while the owner is away."
        raise Invalid([Fault("backup_id", "same_person", sentence)])


async def require_owner(session: AnySession, row: Agreement) -> None:
    """Refuse to approve what nobody looks after, or only somebody who has left."""
    owner = None if row.owner_id is None else await session.get(Account, row.owner_id)
    if not row.owner_name or (owner is not None and owner.is_disabled):
        raise OwnerMissing


async def owners_gone(session: AnySession) -> list[tuple[Agreement, UUID]]:
    """Agreements whose owner does not come in any more, with that account."""
    query = (
        select(Agreement, Account.id)
        .join(Account, Account.id == Agreement.owner_id)
        .where(Account.is_disabled.is_(True))
        .order_by(Agreement.number)
    )
    return [(row, account) for row, account in (await session.execute(query)).all()]
