"""Lists come in pages: ordered by columns that never repeat together, continued by a cursor."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from dispatch.errors import Fault
from server.kit.database import AnySession
from server.kit.problems import Invalid
from server.kit.span import is_known

MOST = 200
USUAL = 50
LONGEST_NUMBER = 18


async def page(
    session: AnySession,
    query: Select[Any],
    *,
    by: Sequence[InstrumentedAttribute[Any]],
    limit: int | None,
    cursor: str | None,
    newest_first: bool = False,
) -> tuple[Sequence[Any], str | None]:
    """One page of `query` ordered by `by`, and the cursor of the next page or None."""
    size = page_size(limit, usual=USUAL)
    if cursor:
        query = query.where(_after(by, _decode(cursor, by), newest_first=newest_first))
    order = [column.desc() if newest_first else column.asc() for column in by]
    rows = (await session.scalars(query.order_by(*order).limit(size + 1))).unique().all()
    if len(rows) <= size:
        return rows, None
    last = rows[size - 1]
    return rows[:size], _encode([getattr(last, column.key) for column in by])


def page_size(limit: int | None, *, usual: int) -> int:
    """How many to give at a time; too many, or none at all, is refused."""
    size = usual if limit is None else limit
    if not 1 <= size <= MOST:
        raise Invalid([Fault("limit", "out_of_range", f"Ask for 1 to {MOST} at a time.")])
    return size


def _after(
    by: Sequence[InstrumentedAttribute[Any]], values: list[Any], *, newest_first: bool
) -> ColumnElement[bool]:
    row, edge = tuple_(*by), tuple_(*values)
    return row < edge if newest_first else row > edge


def _encode(values: list[Any]) -> str:
    plain = [v.isoformat() if isinstance(v, datetime) else str(v) for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, by: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_typed(column, value) for column, value in zip(by, plain, strict=True)]
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        fault = Fault("cursor", "unknown_cursor", "Use the cursor the last page gave, unchanged.")
        raise Invalid([fault]) from error


def _typed(column: InstrumentedAttribute[Any], value: object) -> Any:
    """A value as the column holds it; ValueError for what no page of ours ever gave."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError("a cursor holds plain texts")
    kind = column.type.python_type
    if kind is datetime:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None or not is_known(instant):
            raise ValueError("a cursor holds instants")
        return instant
    if kind is UUID:
        return UUID(value)
    if kind is int and len(value) > LONGEST_NUMBER:
        raise ValueError("a cursor holds numbers of rows")
    return kind(value)
