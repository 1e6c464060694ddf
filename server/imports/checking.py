"""What a table would do here: what is new, what changes, and every cell that cannot be.

Nothing is written here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from server.imports.kinds import Column, Kind
from server.imports.schemas import CellFaultOut
from server.imports.table import Table
from server.kit.database import AnySession
from server.kit.http import faults_of
from server.kit.wire import Body

KNOWN_AT_ONCE = 500
CODE = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what stands here under its code, and what its other codes mean, by column."""

    number: int
    cells: Mapping[str, str]
    was: Any
    meant: Mapping[str, Any]

    def fault(self, column: str, code: str, sentence: str) -> CellFaultOut:
        return CellFaultOut(self.number, column, self.cells.get(column, ""), code, sentence)


@dataclass(frozen=True, slots=True)
class Step:
    """One row that does something: `was` is what it changes, None where it is new."""

    row: int
    code: str
    body: Body
    was: Any
    columns: list[str]


@dataclass(slots=True)
class Checked:
    steps: list[Step] = field(default_factory=list)
    faults: list[CellFaultOut] = field(default_factory=list)
    unchanged: int = 0

    def fingerprint(self) -> str:
        """What tells two outcomes apart: every change with what it is made on."""
        told = [
            (step.code, step.body.model_dump(mode="json"), getattr(step.was, "version", None))
            for step in self.steps
        ]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


async def check(session: AnySession, kind: Kind, table: Table) -> Checked:
    """Every row against what stands here."""
    checked = Checked(faults=[*_header_faults(kind, table)])
    if checked.faults:
        return checked
    codes = {cells.get(CODE, "") for cells in table.rows.values()}
    known = await _by_code(session, kind.table, codes)
    referred = {
        column.name: await _by_code(
            session, column.refers, {cells.get(column.name, "") for cells in table.rows.values()}
        )
        for column in kind.columns
        if column.refers is not None
    }
    seen: set[str] = set()
    for number, cells in table.rows.items():
        code = cells.get(CODE, "")
        meant = {name: found.get(cells.get(name, "")) for name, found in referred.items()}
        row = Row(number, cells, known.get(code), meant)
        faults = [*_code_faults(row)]
        if code in seen:
            faults.append(row.fault(CODE, "listed_twice", "This code stands in a row above."))
        seen.add(code)
        checked.faults += faults or _take(checked, kind, row)
    return checked


def _take(checked: Checked, kind: Kind, row: Row) -> list[CellFaultOut]:
    """Add what a row does to what was checked, or say why it cannot."""
    said = _said(kind, row)
    stands = {} if row.was is None else kind.stands(row.was)
    try:
        whole = kind.body.model_validate(_merged(stands, said))
        before = kind.body.model_validate(stands).model_dump(mode="json") if stands else {}
    except ValidationError as error:
        return [*_body_faults(kind, row, error)]
    code = row.cells[CODE]
    if row.was is None:
        checked.steps.append(Step(row.number, code, whole, None, []))
        return []
    after = whole.model_dump(mode="json")
    named = {place.split(".")[0] for place in said}
    differs = {name for name in named if after[name] != before[name]}
    columns = [column.name for column in kind.columns if column.place.split(".")[0] in differs]
    if differs & kind.fixed:
        sentence = "This cannot be changed any more."
        fixed = (column.name for column in kind.columns if column.place in differs & kind.fixed)
        return [row.fault(name, "fixed", sentence) for name in fixed]
    if differs:
        change = kind.change.model_validate({name: after[name] for name in differs})
        checked.steps.append(Step(row.number, code, change, row.was, columns))
    else:
        checked.unchanged += 1
    return []


def _said(kind: Kind, row: Row) -> dict[str, Any]:
    """What a row says, by its place in the body."""
    said: dict[str, Any] = {}
    for column in kind.columns:
        cell = row.cells.get(column.name, "")
        if column.refers is not None and cell:
            said[column.place] = row.meant[column.name].id
        elif cell or (column.is_text and column.name in row.cells):
            said[column.place] = column.read(cell)
    return said


def _merged(stands: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What stands here, with what a row says put in at its place."""
    whole = {**stands}
    for place, value in said.items():
        name, _, inner = place.partition(".")
        whole[name] = {**(whole.get(name) or {}), inner: value} if inner else value
    return whole


def _header_faults(kind: Kind, table: Table) -> Iterator[CellFaultOut]:
    known = {column.name for column in kind.columns}
    for place, name in enumerate(table.header):
        if name in table.header[:place]:
            yield CellFaultOut(1, name, name, "listed_twice", "This column stands here twice.")
        if name and name not in known:
            yield CellFaultOut(1, name, name, "column_unknown", "There is no such column.")
    if CODE not in table.header:
        yield CellFaultOut(1, CODE, "", "missing", "The column of the codes is missing.")


def _code_faults(row: Row) -> Iterator[CellFaultOut]:
    if not row.cells.get(CODE):
        yield row.fault(CODE, "missing", "A row is known by its code.")
    for name, found in row.meant.items():
        if row.cells.get(name, "") and found is None:
            yield row.fault(name, "code_unknown", "There is nothing with this code.")


def _body_faults(kind: Kind, row: Row, error: ValidationError) -> Iterator[CellFaultOut]:
    for found in faults_of(error):
        column = _column_at(kind, found.path).name
        code = found.code if row.cells.get(column) else "missing"
        yield row.fault(column, code, found.sentence)


def _column_at(kind: Kind, path: str) -> Column:
    """The column whose place a fault lies in, or holds it."""
    return next(
        (
            column
            for column in kind.columns
            if f"{path}.".startswith(f"{column.place}.") or column.place.startswith(f"{path}.")
        ),
        kind.columns[0],
    )


async def _by_code(session: AnySession, table: Any, codes: set[str]) -> dict[str, Any]:
    wanted = sorted(codes - {""})
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), KNOWN_AT_ONCE):
        some = wanted[start : start + KNOWN_AT_ONCE]
        rows = await session.scalars(select(table).where(table.code.in_(some)))
        found |= {row.code: row for row in rows}
    return found
