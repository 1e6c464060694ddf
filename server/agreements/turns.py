"""One change of a customer's agreements at a time, and what each change is announced as.

What is changed is decided in `actions` and `steps`.
"""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.orm.attributes import flag_modified

from server.accounts.scope import Scope
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.tables import Agreement, AgreementVersion
from server.customers.tables import Customer
from server.kit.database import Session
from server.kit.events import About, Happening, announce

# Corporate agreements have no customer's row to wait at: they wait for this number instead.
CORPORATE_TURN = 0x70616C696572


async def take_turn(session: Session, customer_id: UUID | None) -> bool:
    """Let one change of a customer's agreements wait for another; whether the customer exists."""
    if customer_id is None:
        # SQLite has one writer anyway.
        if session.get_bind().dialect.name == "postgresql":
            number = {"number": CORPORATE_TURN}
            await session.execute(text("select pg_advisory_xact_lock(:number)"), number)
        return True
    query = select(Customer.id).where(Customer.id == customer_id).with_for_update(key_share=True)
    return await session.scalar(query) is not None


async def touch(session: Session, row: Agreement) -> None:
    """Whoever looked at the agreement before has now seen an older one."""
    flag_modified(row, "name")
    await session.flush()


def local_today(row: AgreementVersion, now: datetime) -> date:
    """The day it is where a version holds."""
    return now.astimezone(ZoneInfo(row.zone)).date()


async def tell(
    session: Session,
    scope: Scope,
    row: Agreement,
    kind: str,
    *,
    now: datetime,
    version: AgreementVersion | None = None,
) -> None:
    """Announce a change; to a customer's managers only what was promised to themselves."""
    about = About(customer_id=row.customer_id if row.kind == CUSTOMER_KIND else None)
    data: dict[str, object] = {"agreement_id": str(row.id), "number": row.number}
    if version is not None:
        data |= {"version_id": str(version.id), "version_number": version.number}
    await announce(session, scope.actor, now, Happening(kind, about, data))
