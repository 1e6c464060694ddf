"""Looking at a table, and writing it: all of it, or nothing."""

import csv
from datetime import datetime
from io import StringIO

from server.accounts.scope import Scope
from server.imports.checking import Checked, check
from server.imports.kinds import KINDS, Kind
from server.imports.problems import ImportChanged
from server.imports.schemas import ImportBody, ImportOut, RowChangeOut
from server.imports.table import Table, read_table
from server.kit.database import Session

SHOWN = 200


async def import_table(
    session: Session, scope: Scope, data: ImportBody, now: datetime
) -> ImportOut:
    """Say what a file does here; where that was confirmed, do it.

    A file with a fault writes nothing, and the same file again changes nothing.
    """
    kind, table = KINDS[data.kind], read_table(data.content)
    checked = await check(session, kind, table)
    is_written = data.confirms is not None and not checked.faults
    if is_written:
        if data.confirms != checked.fingerprint():
            raise ImportChanged
        await _write(session, scope, kind, checked, now)
    return _told(table, checked, is_written=is_written)


def template(name: str) -> str:
    """A header with a row to write over."""
    written = StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    columns = KINDS[name].columns
    lines.writerow([column.name for column in columns])
    lines.writerow([column.example for column in columns])
    return written.getvalue()


async def _write(
    session: Session, scope: Scope, kind: Kind, checked: Checked, now: datetime
) -> None:
    for step in checked.steps:
        if step.was is None:
            await kind.create(session, scope, step.body, now)
        else:
            was = step.was
            await kind.modify(session, scope, was.id, step.body, expected=was.version, now=now)


def _told(table: Table, checked: Checked, *, is_written: bool) -> ImportOut:
    added = sum(step.was is None for step in checked.steps)
    return ImportOut(
        is_written=is_written,
        fingerprint="" if checked.faults else checked.fingerprint(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        added=added,
        changed=len(checked.steps) - added,
        unchanged=checked.unchanged,
        fault_count=len(checked.faults),
        faults=checked.faults[:SHOWN],
        changes=[RowChangeOut(each.row, each.code, each.columns) for each in checked.steps[:SHOWN]],
    )
