"""Making, renaming and withdrawing parts."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.parts import queries
from server.parts.schemas import CatalogueBody, ImportedOut, PartBody, PartChangeBody, PartOut
from server.parts.tables import Part


async def create_part(session: Session, scope: Scope, data: PartBody, now: datetime) -> PartOut:
    """A new part; every phone is told of it."""
    row = Part(**data.model_dump(mode="json", exclude={"price_eur"}), price_eur=data.price_eur)
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="part_created", now=now)
    return queries.shown_part(row)


async def change_part(
    session: Session,
    scope: Scope,
    part_id: UUID,
    data: PartChangeBody,
    *,
    expected: int,
    now: datetime,
) -> PartOut:
    """Rename, price or withdraw a part, on the version the caller saw."""
    row = await queries.part_row(session, part_id)
    require_version(row.version, expected)
    for name, value in changes(data, may_be_empty=("price_eur",)).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, kind="part_changed", now=now)
    return queries.shown_part(row)


async def import_parts(
    session: Session, scope: Scope, data: CatalogueBody, now: datetime
) -> ImportedOut:
    """Take in a whole catalogue: new parts are added, known ones changed where they differ.

    A part the file does not name stays as it is, as does a price it does not name. What a known
    part is counted in cannot change.
    """
    known = await queries.parts_by_code(session, (each.code for each in data.root))
    _require_sound(data, known)
    added = changed = 0
    for each in data.root:
        row = known.get(each.code)
        if row is None:
            await create_part(session, scope, each, now)
            added += 1
        elif (row.names, row.price_eur, row.is_withdrawn) != (told := _told(each, row)):
            row.names, row.price_eur, row.is_withdrawn = told
            await session.flush()
            await _tell(session, scope, row, kind="part_changed", now=now)
            changed += 1
    return ImportedOut(added, changed, len(data.root) - added - changed)


def _told(each: PartBody, row: Part) -> tuple[dict[str, str], Decimal | None, bool]:
    price = each.price_eur if "price_eur" in each.model_fields_set else row.price_eur
    return each.names.model_dump(), price, each.is_withdrawn


def _require_sound(data: CatalogueBody, known: Mapping[str, Part]) -> None:
    seen: set[str] = set()
    faults = []
    for place, each in enumerate(data.root):
        row = known.get(each.code)
        if each.code in seen:
            faults.append(Fault(f"{place}.code", "twice", f"{each.code} stands here twice."))
        if row is not None and row.unit != each.unit:
            sentence = f"{each.code} is counted in {row.unit}: a new unit is a new part."
            faults.append(Fault(f"{place}.unit", "fixed", sentence))
        seen.add(each.code)
    if faults:
        raise Invalid(faults)


async def _tell(session: Session, scope: Scope, row: Part, *, kind: str, now: datetime) -> None:
    await announce(session, scope.actor, now, Happening(kind, About(), {"code": row.code}))
