"""What revision 0005 carries over: targets become terms, clocks become promises, closings rows.

It speaks of tables as they were then, never as they are now: change nothing here later.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from server.kit.tables import Json, UtcDateTime

AUTHOR = "Palier"
REASON = "As it was before revisions were kept."
# The house's services, so that what was promised for every kind of work stays promised.
NAMES = {
    "repair": ("Repair", "Dépannage", "Reparación", "Reparatie"),
    "maintenance": ("Maintenance", "Entretien", "Mantenimiento", "Onderhoud"),
    "inspection": ("Inspection", "Contrôle", "Inspección", "Keuring"),
    "request": ("Request", "Demande", "Solicitud", "Verzoek"),
}
# Work we plan ourselves starts no clock, so nothing was ever promised for it.
PROMISED_WORK = ("repair", "inspection", "request")
Row = Mapping[str, Any]
Terms = dict[str, Any]
Place = tuple[UUID, str, str, str, UUID | None]


def _table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    plain: list[sa.ColumnClause[Any]] = [sa.column(column) for column in columns]
    return sa.table(name, *plain, *(sa.column(column, kind) for column, kind in typed.items()))


VERSION = _table(
    "agreement_version",
    *("number", "zone", "status", "fingerprint", "author_name", "activated_by"),
    id=sa.Uuid(),
    agreement_id=sa.Uuid(),
    valid_from=sa.Date(),
    valid_to=sa.Date(),
    written_to=sa.Date(),
    terms=Json,
    written_at=UtcDateTime(),
    activated_at=UtcDateTime(),
    signed_file_id=sa.Uuid(),
)
AGREEMENT = _table("agreement", "number", id=sa.Uuid(), customer_id=sa.Uuid())
TARGET = _table(
    "target",
    *("severity", "clock", "seconds"),
    version_id=sa.Uuid(),
    region_id=sa.Uuid(),
    calendar_id=sa.Uuid(),
)
SERVICE = _table("service", "code", "work_type", "version", id=sa.Uuid(), names=Json)
CALENDAR = _table(
    "calendar",
    *("zone", "always_open"),
    id=sa.Uuid(),
    weekly=Json,
    special=Json,
    holidays=Json,
)
REVISION = _table(
    "calendar_revision",
    *("number", "reason", "made_by"),
    id=sa.Uuid(),
    calendar_id=sa.Uuid(),
    hours=Json,
    made_at=UtcDateTime(),
)
INTERVENTION = _table(
    "intervention",
    *("service", "work_type", "decided", "decision_reason"),
    id=sa.Uuid(),
    region_id=sa.Uuid(),
    agreement_version_id=sa.Uuid(),
    repeat_of_id=sa.Uuid(),
    reported_at=UtcDateTime(),
    decided_at=UtcDateTime(),
)
DECISION = _table(
    "intervention_decision",
    *("kind", "reason"),
    intervention_id=sa.Uuid(),
    received_at=UtcDateTime(),
)
CLOSING = _table(
    "closing",
    "reason",
    id=sa.Uuid(),
    intervention_id=sa.Uuid(),
    closed_at=UtcDateTime(),
    reopened_at=UtcDateTime(),
)
CLOCK_BEFORE = _table(
    "clock",
    *("kind", "severity", "target_seconds", "starts_on", "hours"),
    intervention_id=sa.Uuid(),
    calendar_id=sa.Uuid(),
)
CLOCK = _table(
    "clock", started_at=UtcDateTime(), stopped_at=UtcDateTime(), next_mark_at=UtcDateTime()
)
PROMISE = _table(
    "promise",
    *("party", "kind", "round", "severity", "hours"),
    id=sa.Uuid(),
    intervention_id=sa.Uuid(),
    from_at=UtcDateTime(),
    terms=Json,
    calendar_revision_id=sa.Uuid(),
)
PAUSE = _table(
    "pause",
    *("reason", "author_name", "is_approved", "needs_approval"),
    recorded_by=sa.Uuid(),
    from_at=UtcDateTime(),
    recorded_at=UtcDateTime(),
    decided_at=UtcDateTime(),
)
ACCOUNT = _table("account", "name", id=sa.Uuid())
FACT = _table("fact", "round")


def read(connection: Connection) -> dict[UUID, Terms]:
    """Before old columns go: write what takes their place; the terms of each version."""
    now = datetime.now(UTC)
    _services(connection)
    revisions = _revisions(connection, now)
    terms, places = _terms(connection)
    _promises(connection, revisions, places)
    _closings(connection)
    return terms


def write(connection: Connection, terms: Mapping[UUID, Terms]) -> None:
    """Once the new columns are there: fill them."""
    now = datetime.now(UTC)
    _versions(connection, terms, now)
    connection.execute(
        INTERVENTION.update().values(service=sa.func.upper(INTERVENTION.c.work_type))
    )
    author = sa.select(ACCOUNT.c.name).where(ACCOUNT.c.id == PAUSE.c.recorded_by)
    needs_approval = PAUSE.c.reason == "force_majeure"
    connection.execute(
        PAUSE.update().values(
            recorded_at=PAUSE.c.from_at,
            author_name=sa.func.coalesce(author.scalar_subquery(), ""),
            needs_approval=needs_approval,
            decided_at=sa.case(
                (sa.and_(needs_approval, PAUSE.c.is_approved), PAUSE.c.from_at), else_=None
            ),
        )
    )
    # A running clock is looked at as soon as somebody watches; one that stopped has no more to say.
    running = CLOCK.c.stopped_at.is_(None)
    connection.execute(CLOCK.update().where(running).values(next_mark_at=CLOCK.c.started_at))


def forget(connection: Connection) -> None:
    """Before the way back: rows of which the older tables cannot tell what they are."""
    connection.execute(CLOCK.delete())
    connection.execute(FACT.delete().where(FACT.c.round > 0))
    connection.execute(INTERVENTION.update().values(repeat_of_id=None))
    corporate = sa.select(AGREEMENT.c.id).where(AGREEMENT.c.customer_id.is_(None))
    unheld = VERSION.c.status.in_(["draft", "verified", "signed", "withdrawn"])
    gone = sa.select(VERSION.c.id).where(unheld | VERSION.c.agreement_id.in_(corporate))
    connection.execute(
        INTERVENTION.update()
        .where(INTERVENTION.c.agreement_version_id.in_(gone))
        .values(agreement_version_id=None)
    )
    for name in ("excuse", "breach", "credit_note", "agreement_attachment"):
        connection.execute(sa.table(name).delete())
    for name in ("agreement_review", "change_request", "promise"):
        connection.execute(sa.table(name).delete())
    connection.execute(VERSION.update().values(signed_file_id=None))
    connection.execute(VERSION.delete().where(VERSION.c.id.in_(gone)))
    connection.execute(AGREEMENT.delete().where(AGREEMENT.c.customer_id.is_(None)))


def _rows(connection: Connection, query: sa.Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _services(connection: Connection) -> None:
    """A company that has worked already gets a catalogue; a new one writes its own."""
    asked = (sa.select(sa.func.count()).select_from(each) for each in (AGREEMENT, INTERVENTION))
    if not any(connection.scalar(query) for query in asked):
        return
    for work_type, names in NAMES.items():
        connection.execute(
            SERVICE.insert().values(
                id=uuid7(),
                code=work_type.upper(),
                names=dict(zip(("en", "fr", "es", "nl"), names, strict=True)),
                work_type=work_type,
                version=1,
            )
        )


def _revisions(connection: Connection, now: datetime) -> dict[UUID, UUID]:
    made = {}
    for row in _rows(connection, sa.select(CALENDAR)):
        made[row["id"]] = uuid7()
        hours = {name: row[name] for name in ("always_open", "weekly", "special", "holidays")}
        connection.execute(
            REVISION.insert().values(
                id=made[row["id"]],
                calendar_id=row["id"],
                number=1,
                hours={"tz": row["zone"], **hours},
                reason=REASON,
                made_by=AUTHOR,
                made_at=now,
            )
        )
    return made


def _terms(connection: Connection) -> tuple[dict[UUID, Terms], dict[Place, str]]:
    """What each version says in full, and where each promise stands in it."""
    by_version: dict[UUID, list[Row]] = defaultdict(list)
    for row in _rows(connection, sa.select(TARGET)):
        by_version[row["version_id"]].append(row)
    terms, places = {}, {}
    for version in connection.scalars(sa.select(VERSION.c.id)):
        targets = sorted(by_version[version], key=_written_order)
        terms[version] = _document(targets)
        each = ((work, target) for work in PROMISED_WORK for target in targets)
        for index, (work, target) in enumerate(each):
            names = (work, target["severity"], target["clock"], target["region_id"])
            places[version, *names] = f"clauses.{index}"
    return terms, places


def _written_order(target: Row) -> tuple[str, ...]:
    return (str(target["region_id"] or ""), target["severity"], target["clock"])


def _document(targets: Iterable[Row]) -> Terms:
    row: Terms = {"site_ids": None, "exclusions": [], "checklist": []}
    unmeasured = {"availability_percent": None, "availability_calendar_id": None}
    written = list(targets)
    return {
        "services": [{"service": work.upper(), **row, **unmeasured} for work in NAMES],
        "clauses": [_clause(work, target) for work in PROMISED_WORK for target in written],
        "policies": {"on_upgrade": None, "reopen_seconds": None},
        "escalation": [],
        "penalties": None,
        "amendment": {"notice_days": 30, "effective": "any_day", "approver": ""},
        "responsibilities": [],
        "obligations": [],
        "desired_outcome": "",
    }


def _clause(work: str, target: Row) -> Terms:
    region = target["region_id"]
    return {
        "service": work.upper(),
        "severity": target["severity"],
        "clock": target["clock"],
        "region_id": None if region is None else str(region),
        "site_id": None,
        "asset_id": None,
        "promise": _seconds(target["seconds"]),
        "calendar_id": str(target["calendar_id"]),
        "starts_at": None,
        "stops_at": None,
        "warn_percents": None,
        "internal_percent": None,
        "internal_seconds": None,
        "stops_for_parts": None,
    }


def _seconds(seconds: int) -> Terms:
    return {"kind": "seconds", "seconds": seconds, "days": None, "minutes": None}


def _promises(
    connection: Connection, revisions: Mapping[UUID, UUID], places: Mapping[Place, str]
) -> None:
    """Each clock counts towards what was promised when the call came in."""
    query = (
        sa.select(
            CLOCK_BEFORE,
            INTERVENTION.c.region_id,
            INTERVENTION.c.work_type,
            INTERVENTION.c.reported_at,
            INTERVENTION.c.agreement_version_id,
            AGREEMENT.c.number,
        )
        .select_from(CLOCK_BEFORE)
        .join(INTERVENTION, INTERVENTION.c.id == CLOCK_BEFORE.c.intervention_id)
        .outerjoin(VERSION, VERSION.c.id == INTERVENTION.c.agreement_version_id)
        .outerjoin(AGREEMENT, AGREEMENT.c.id == VERSION.c.agreement_id)
    )
    for row in _rows(connection, query):
        connection.execute(
            PROMISE.insert().values(
                id=uuid7(),
                intervention_id=row["intervention_id"],
                party="customer",
                kind=row["kind"],
                round=0,
                severity=row["severity"],
                from_at=row["reported_at"],
                terms=_promised(row, places),
                hours=row["hours"],
                calendar_revision_id=revisions[row["calendar_id"]],
            )
        )


def _promised(row: Row, places: Mapping[Place, str]) -> Terms:
    return {
        "kind": "customer",
        "clock": row["kind"],
        "severity": row["severity"],
        "promise": _seconds(row["target_seconds"]),
        "starts_at": row["starts_on"],
        "stops_at": None,
        "warn_percents": [50, 75, 90],
        "internal_percent": 80,
        "internal_seconds": None,
        "stops_for_parts": False,
        "on_change": "earlier_of",
        "calendar_id": str(row["calendar_id"]),
        "escalation": [],
        "origins": _origins(row, places),
    }


def _origins(row: Row, places: Mapping[Place, str]) -> Terms:
    version = row["agreement_version_id"]
    for region in (row["region_id"], None):
        place = places.get((version, row["work_type"], row["severity"], row["kind"], region))
        if place is not None:
            origin = {
                "level": "service",
                "agreement": row["number"],
                "version": str(version),
                "place": place,
            }
            return {"promise": origin, "calendar": origin}
    return {}


def _closings(connection: Connection) -> None:
    """Each time an intervention was closed, and when it was opened again."""
    decisions: dict[UUID, list[Row]] = defaultdict(list)
    kinds = DECISION.c.kind.in_(["close", "reopen"])
    query = sa.select(DECISION).where(kinds).order_by(DECISION.c.received_at)
    for row in _rows(connection, query):
        decisions[row["intervention_id"]].append(row)
    closed = INTERVENTION.c.decided == "closed"
    ended = {row["id"]: row for row in _rows(connection, _ended().where(closed))}
    for intervention in {*decisions, *ended}:
        for each in _closed_times(decisions[intervention], ended.get(intervention)):
            connection.execute(
                CLOSING.insert().values(id=uuid7(), intervention_id=intervention, **each)
            )


def _ended() -> sa.Select[Any]:
    columns = INTERVENTION.c
    return sa.select(columns.id, columns.decided_at, columns.decision_reason)


def _closed_times(decisions: Iterable[Row], ended: Row | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for decision in decisions:
        at = decision["received_at"].replace(microsecond=0)
        is_closed = bool(found) and found[-1]["reopened_at"] is None
        if decision["kind"] == "close" and not is_closed:
            found.append({"closed_at": at, "reopened_at": None, "reason": decision["reason"]})
        elif decision["kind"] == "reopen" and is_closed:
            found[-1]["reopened_at"] = at
    if ended is not None:
        if found and found[-1]["reopened_at"] is None:
            found.pop()
        at, why = ended["decided_at"], ended["decision_reason"]
        found.append({"closed_at": at, "reopened_at": None, "reason": why})
    return found


def _versions(connection: Connection, terms: Mapping[UUID, Terms], now: datetime) -> None:
    query = sa.select(VERSION.c.id, VERSION.c.agreement_id, VERSION.c.zone)
    query = query.add_columns(VERSION.c.valid_from, VERSION.c.valid_to).order_by(VERSION.c.number)
    rows = _rows(connection, query)
    newest = {
        row["agreement_id"]: row["id"] for row in sorted(rows, key=lambda row: row["valid_from"])
    }
    for row in rows:
        is_newest = newest[row["agreement_id"]] == row["id"]
        connection.execute(
            VERSION.update()
            .where(VERSION.c.id == row["id"])
            .values(
                status="active" if is_newest else "superseded",
                written_to=row["valid_to"],
                terms=terms[row["id"]],
                fingerprint=fingerprint(row, terms[row["id"]]),
                author_name=AUTHOR,
                written_at=now,
                activated_by=AUTHOR,
                activated_at=now,
            )
        )


def fingerprint(version: Row, terms: Terms) -> str:
    """The SHA-256 of a version's document: its terms, days and zone."""
    ends = version["valid_to"]
    document = {
        "zone": version["zone"],
        "valid_from": version["valid_from"].isoformat(),
        "valid_to": None if ends is None else ends.isoformat(),
        "terms": terms,
    }
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()
