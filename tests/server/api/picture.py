"""What is stored, in one number a table: equal pictures mean that nothing was written."""

from sqlalchemy import func, literal, select, text, union_all

from server.kit.database import Database
from server.metadata import METADATA

Picture = dict[str, tuple[int, int]]
# A wrong password is remembered by design: that is how hammering is noticed.
REMEMBERED = {"failed_sign_in", "public_try"}


COUNTS = union_all(
    *(
        select(
            literal(name),
            func.count(),
            func.coalesce(func.sum(table.c.version), 0) if "version" in table.c else literal(0),
        ).select_from(table)
        for name, table in METADATA.tables.items()
        if name not in REMEMBERED
    )
)
# Written out once: putting sixty selects together costs more than asking them.
WRITTEN_OUT = text(str(COUNTS.compile(compile_kwargs={"literal_binds": True})))


async def picture(database: Database) -> Picture:
    """By table: how many rows, and the sum of their versions."""
    async with database.read() as session:
        rows = (await session.execute(WRITTEN_OUT)).all()
    return {name: (int(rows), int(versions)) for name, rows, versions in rows}
