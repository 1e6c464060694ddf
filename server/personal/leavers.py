"""Names of technicians who left: they stay as long as records of work have to bear them.

Then a mark that leads to nobody takes their place. What was done, when and to which lift stays as
it is, and so does every figure.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    Table,
    Uuid,
    delete,
    false,
    func,
    or_,
    select,
    update,
)

from server.accounts.tables import Account, ApiKey, FailedSignIn, SignedIn
from server.kit.database import AnySession, Database, Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.runner import Duty
from server.kit.tables import Event
from server.metadata import METADATA
from server.personal.records import Person, erase
from server.roster.tables import Shift, Technician

EVERY = timedelta(hours=6)
SYSTEM = Actor(None, "Palier")
# How a column that holds somebody's name as it was then is called, in whatever table.
NAMES = ("author_name", "actor_name", "owner_name", "backup_name")
NAMED_BY = ("_by", "_by_name")
NO_WAY_IN = "!"  # no password has this for a hash


def forgetting_names(database: Database, days: int) -> Duty:
    """Replace the names of people who left long ago, again and again."""
    return Duty("former names", EVERY, lambda now: forget_names(database, days, now))


def mark_of(technician_id: UUID) -> str:
    """What stands in place of a name: the same person still has the same one."""
    return f"T-{technician_id.hex[:8]}"


async def forget_names(database: Database, days: int, now: datetime) -> int:
    """Replace the names of those of whom nothing was written for so many days; how many people."""
    if days == 0:
        return 0
    async with database.read() as session:
        due = await _long_gone(session, now - timedelta(days=days))
    # One by one: the log of a long working life is written over, and others want to write too.
    for technician_id in due:
        async with database.write() as session:
            await _replace(session, technician_id, now)
    return len(due)


async def _long_gone(session: AnySession, before: datetime) -> list[UUID]:
    """Who left and was last written of before then; without a trace nobody knows since when."""
    written = select(func.max(Event.at)).where(Event.technician_id == Technician.id)
    worked = select(func.max(Shift.ends_at)).where(Shift.technician_id == Technician.id)
    traces = written.scalar_subquery(), worked.scalar_subquery()
    query = select(Technician, *traces).where(Technician.is_active.is_(False))
    due = []
    for technician, written_at, worked_until in await session.execute(query):
        last: list[datetime | None] = [written_at, worked_until]
        known = [instant for instant in last if instant is not None]
        if technician.name != mark_of(technician.id) and known and max(known) <= before:
            due.append(technician.id)
    return due


async def _replace(session: Session, technician_id: UUID, now: datetime) -> None:
    technician = await session.get_one(Technician, technician_id, with_for_update=True)
    account = await session.scalar(select(Account).where(Account.technician_id == technician_id))
    mark, name = mark_of(technician_id), technician.name
    # Without an account nothing was ever done in their name: the id stands for nobody.
    person = Person(technician_id, account.id if account is not None else technician_id)
    await erase(session, person)
    is_shared = await _is_shared(session, name, person)
    for column in _names():
        theirs = _beside(column.table, column.name)
        conditions: list[ColumnElement[bool]] = []
        if theirs is not None:
            conditions.append(theirs == person.account_id)
        if not is_shared:
            conditions.append(column == name)
        found = or_(false(), *conditions)
        await session.execute(update(column.table).where(found).values({column: mark}))
    await _in_the_log(session, technician_id, mark)
    if account is not None:
        await _shut(session, account, mark)
    await session.refresh(technician)
    technician.name = technician.code = mark
    technician.certificates, technician.usual_week, technician.feed_hash = [], [], None
    await session.flush()
    about = About(region_id=technician.region_id, technician_id=technician_id)
    await announce(session, SYSTEM, now, Happening("technician_changed", about, {}))


async def _is_shared(session: AnySession, name: str, person: Person) -> bool:
    """Whether a colleague is called the same: then a name alone does not say whose it is."""
    others = select(Account.id).where(Account.name == name, Account.id != person.account_id)
    more = select(Technician.id).where(
        Technician.name == name, Technician.id != person.technician_id
    )
    return any([await session.scalar(query.limit(1)) for query in (others, more)])


def _names() -> Iterator[Column[str]]:
    """Every column in which somebody's name was written down beside what they did."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            is_text = isinstance(column.type, String) and not isinstance(column.type, Uuid)
            if is_text and (column.name in NAMES or column.name.endswith(NAMED_BY)):
                yield column


def _beside(table: Table, name: str) -> Column[UUID] | None:
    """The column that says whose name it is, where there is one."""
    stem = name.removesuffix("_name")
    usual = ("account_id", "recorded_by") if stem == "author" else ()
    for each in (stem, f"{stem}_id", *usual):
        beside = table.c.get(each)
        if each != name and beside is not None and isinstance(beside.type, Uuid):
            return beside
    return None


async def _in_the_log(session: Session, technician_id: UUID, mark: str) -> None:
    """First names travel with what happened, for building managers."""
    query = select(Event.seq, Event.data).where(Event.technician_id == technician_id)
    for seq, data in (await session.execute(query)).all():
        if "technician_first_name" in data:
            told = {**data, "technician_first_name": mark}
            await session.execute(update(Event).where(Event.seq == seq).values(data=told))


async def _shut(session: Session, account: Account, mark: str) -> None:
    await session.execute(delete(SignedIn).where(SignedIn.account_id == account.id))
    await session.execute(delete(ApiKey).where(ApiKey.account_id == account.id))
    await session.execute(delete(FailedSignIn).where(FailedSignIn.email == account.email))
    account.name, account.email = mark, f"{mark.lower()}@former.invalid"
    account.is_disabled, account.password_hash = True, NO_WAY_IN
    await session.flush()
