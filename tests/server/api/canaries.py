"""A canary in every free text that is stored: whoever hears one was told that very column.

A canary names its table, its column and whose it is, so that what leaks tells where from.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import String, Table, select, update
from sqlalchemy.exc import IntegrityError

from server.agreements.tables import AgreementVersion
from server.credits.tables import CreditNote
from server.interventions.tables import StoredClock
from server.kit.database import Database, Session
from server.kit.tables import Event
from server.metadata import METADATA

# Texts that people write; everything else is a code, an address of ours or a fingerprint.
WRITTEN = re.compile(
    r"name|text|note|reason|evidence|comment|description|summary|action|remaining|title|supposed"
    r"|.*_name|.*_by|.*_reason|.*_notes|.*_phone|phone|.*contact.*|key_box|street|place|maker|why"
    r"|secret|url|source|signer|party|search|outcome|answer|waived.*|email|address"
)
# Codes that bear such a name.
CODES = {
    "arrival.by",
    "breach.party",
    "clock.party",
    "clock_incident.party",
    "mark.party",
    "promise.party",
    "intervention.source",
    "intervention.waiting_reason",
    "pause.reason",
    "webhook_delivery.reason",
    "agreement_requirement.source",
    "agreement_recipient.answer",
    "absence.answer",
    "duty_command.outcome",
    "visit_command.outcome",
    "region.arrival_by",
    "closing.reason",
    "push_message.reason",
    "mail.reason",
    "webhook.url",
    "account.email",
}
# Of these, nothing is decided by whether there is one.
MAY_BE_MISSING = re.compile(r"note|comment|.*_notes|.*_phone|phone|.*contact.*|key_box|maker|why")
HEARD = re.compile(r"cnry\.([\w]+\.[\w]+)\.(\w+)")
# Accounts are found by these: they stay as they are, and say whose they are.
MAILBOX = re.compile(r"([a-z]+)\d*@example\.org")
INTERNAL_DUE = datetime(2044, 2, 29, 4, 4, 4, tzinfo=UTC)
PRICE = Decimal("4711.37")
COUNT = 471137
OURS = "a figure of ours"
Heard = set[tuple[str, str]]
"""Columns, and whose rows they were."""
NUMBERS = ("2044-02-29T04:04:04", "4711.37", "471137")
# Not one that a microsecond happens to be.
FIGURE = re.compile(r"(?<![\d.])(?:" + "|".join(map(re.escape, NUMBERS)) + r")(?!\d)")
AMOUNT = re.compile(r"\d+(\.\d+)?")
# What our work costs us, and what we weigh against what.
OF_OURS = {
    "alternative": ("effort", "rates"),
    "planning_policy": ("goals",),
}


async def plant(database: Database, away: Iterable[str]) -> set[str]:
    """Put one into every row of every such column; the columns that hold one now.

    A row that names anything of the branch `away` is that branch's.
    """
    theirs = set(away)
    planted = set()
    async with database.write() as session:
        for table in METADATA.sorted_tables:
            for column in table.columns:
                name = f"{table.name}.{column.name}"
                if _is_written(name, column.type) and not column.primary_key:
                    planted |= await _plant(session, table, column.name, theirs)
        await _plant_in_events(session, theirs)
        planted |= await _plant_figures(session)
    return planted


def _is_written(name: str, kind: object) -> bool:
    column = name.partition(".")[2]
    return isinstance(kind, String) and bool(WRITTEN.fullmatch(column)) and name not in CODES


async def _plant(session: Session, table: Table, column: str, away: set[str]) -> set[str]:
    keys = list(table.primary_key.columns)
    rows = (await session.execute(select(table))).mappings().all()
    for number, row in enumerate(rows):
        if row[column] is None and not MAY_BE_MISSING.fullmatch(column):
            continue
        text = f"Ina cnry.{table.name}.{column}.{_whose(table.name, row, away)} {number}"
        same = [key == row[key.name] for key in keys]
        try:
            async with session.begin_nested():
                await session.execute(update(table).where(*same).values({column: text}))
        except IntegrityError:
            continue
    return {f"{table.name}.{column}"} if rows else set()


def _whose(table_name: str, row: Mapping[Any, Any], away: set[str]) -> str:
    if table_name == "account":
        return str(row["role"])
    ids = {str(value) for value in row.values() if isinstance(value, UUID)}
    return "away" if ids & away else "home"


async def _plant_in_events(session: Session, away: set[str]) -> None:
    for event in await session.scalars(select(Event)):
        row = {each.name: getattr(event, each.name) for each in Event.__table__.columns}
        whose = "away" if away & set(map(str, event.data.values())) else _whose("event", row, away)
        data = {
            key: f"Ina cnry.event.{key}.{whose}" if WRITTEN.fullmatch(key) and value else value
            for key, value in event.data.items()
            if isinstance(value, str) or not WRITTEN.fullmatch(key)
        }
        await session.execute(update(Event).where(Event.seq == event.seq).values(data=data))


async def _plant_figures(session: Session) -> set[str]:
    """What we aim at ourselves, what it costs us, and money nobody has approved; the columns."""
    planted = {"clock.internal_due_at"} if await session.scalar(select(StoredClock.id)) else set()
    await session.execute(update(StoredClock).values(internal_due_at=INTERNAL_DUE))
    waiting = update(CreditNote).where(CreditNote.status != "approved")
    await session.execute(waiting.values(amount=PRICE, fee=PRICE))
    for version in await session.scalars(select(AgreementVersion)):
        terms = version.terms
        for clause in terms["clauses"]:
            clause["internal_seconds"] = COUNT
        await session.execute(
            update(AgreementVersion).where(AgreementVersion.id == version.id).values(terms=terms)
        )
    for name, columns in OF_OURS.items():
        table = METADATA.tables[name]
        for row in (await session.execute(select(table))).mappings().all():
            same = [key == row[key.name] for key in table.primary_key.columns]
            figures = {column: _figure(row[column]) for column in columns}
            await session.execute(update(table).where(*same).values(figures))
            planted |= {f"{name}.{column}" for column in columns}
    return planted


def _figure(value: Any) -> Any:
    """The same, with a figure of ours in place of each number in it."""
    match value:
        case dict():
            return {key: _figure(each) for key, each in value.items()}
        case list():
            return [_figure(each) for each in value]
        case int() if not isinstance(value, bool):
            return COUNT
        case str() if AMOUNT.fullmatch(value):
            return str(PRICE)
    return value


def heard(text: str) -> Heard:
    """Of which columns an answer tells, and whose they are."""
    return (
        set(HEARD.findall(text))
        | {("account.email", whose) for whose in MAILBOX.findall(text)}
        | {(OURS, number) for number in FIGURE.findall(text)}
    )
