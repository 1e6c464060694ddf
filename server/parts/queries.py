"""Reading the catalogue of parts."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.names import NamesOut
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page, money
from server.parts.schemas import PartOut
from server.parts.tables import Part

PRINT_DIGITS = 16


def shown_part(row: Part) -> PartOut:
    return PartOut(
        id=row.id,
        code=row.code,
        names=NamesOut(**row.names),
        unit=row.unit,  # type: ignore[arg-type]
        price_eur=money(row.price_eur),
        is_withdrawn=row.is_withdrawn,
        version=row.version,
    )


async def part_row(session: AnySession, part_id: UUID) -> Part:
    row = await session.get(Part, part_id)
    if row is None:
        raise NotFound
    return row


async def part(session: AnySession, _scope: Scope, part_id: UUID) -> PartOut:
    """One part; what the house puts in is no secret among its people."""
    return shown_part(await part_row(session, part_id))


async def parts(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[PartOut]:
    """The whole catalogue by code, withdrawn parts included."""
    rows, following = await page(
        session, select(Part), by=(Part.code, Part.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_part(row) for row in rows], next_cursor=following)


async def catalogue_print(session: AnySession) -> str:
    """What changes whenever any part does: 16 hexadecimal digits over codes and versions."""
    rows = await session.execute(select(Part.code, Part.version).order_by(Part.code))
    told = "\n".join(f"{code} {version}" for code, version in rows.all())
    return sha256(told.encode()).hexdigest()[:PRINT_DIGITS]


async def whole_catalogue(session: AnySession) -> list[PartOut]:
    """All of it by code, as a phone keeps it."""
    return [shown_part(row) for row in await session.scalars(select(Part).order_by(Part.code))]


async def parts_by_code(session: AnySession, codes: Iterable[str]) -> dict[str, Part]:
    """The parts there are of these."""
    if not (wanted := set(codes)):
        return {}
    found = await session.scalars(select(Part).where(Part.code.in_(wanted)))
    return {row.code: row for row in found}
