"""Reading customers."""

from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Language
from server.accounts.scope import Scope
from server.customers.schemas import CustomerOut
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page


def shown_customer(row: Customer) -> CustomerOut:
    return CustomerOut(
        id=row.id,
        code=row.code,
        name=row.name,
        language=Language(row.language),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        contact_email=row.contact_email,
        version=row.version,
    )


async def customer_row(session: AnySession, scope: Scope, customer_id: UUID) -> Customer:
    """One customer: any for staff, their own for a manager."""
    row = await session.get(Customer, customer_id)
    if row is None or scope.customer_id not in {None, row.id}:
        raise NotFound
    return row


async def customer(session: AnySession, scope: Scope, customer_id: UUID) -> CustomerOut:
    return shown_customer(await customer_row(session, scope, customer_id))


async def customers(
    session: AnySession, scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[CustomerOut]:
    """Customers by name; they belong to no region, so staff of every region see them."""
    query = select(Customer)
    if scope.customer_id is not None:
        query = query.where(Customer.id == scope.customer_id)
    rows, following = await page(
        session, query, by=(Customer.name, Customer.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_customer(row) for row in rows], next_cursor=following)
