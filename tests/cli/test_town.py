"""What a founded town promises: the demo's figures, and papers in order.

That its files hold together is tested with the fixtures.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dispatch.agreements import (
    AgreementKind,
    Question,
    RelativeMode,
    RelativeTarget,
    Resolved,
    Severity,
    TargetDuration,
    resolve,
)
from dispatch.agreements import AgreementVersion as VersionValue
from dispatch.hours import read_calendar
from fixtures import town
from server.agreements.schemas import ClauseBody
from server.agreements.tables import AgreementVersion
from server.agreements.values import version_of
from server.cli.town import found
from server.files.tables import StoredFile
from server.kit.database import Database
from server.migrations import upgrade

NOW = datetime(2026, 6, 2, 4, tzinfo=UTC)
PLACES = ("region", "site", "asset", "calendar")
VALLEYS, HEIGHTS = "VALLS", "ALTES"


def andorra(name: str) -> list[dict[str, object]]:
    document: dict[str, list[dict[str, object]]] = json.loads(
        (town("andorra") / f"{name}.json").read_text(encoding="utf-8")
    )
    return document[name]


def versions() -> list[VersionValue]:
    """The agreements of Andorra as the core reads them, with codes in place of ids."""
    hours = {}
    for each in andorra("calendars"):
        kept = {name: each[name] for name in ("always_open", "weekly", "special", "holidays")}
        hours[str(each["code"])] = read_calendar({"tz": each["zone"], **kept})
    made = []
    for each in andorra("agreements"):
        match each:
            case {"version": {"terms": {"services": services, "clauses": clauses}}, "kind": kind}:
                terms = {
                    "services": [{"site_ids": None, **row} for row in services],
                    "clauses": [_clause(clause) for clause in clauses],
                    "policies": {"on_upgrade": None, "reopen_seconds": None},
                    "escalation": [],
                }
                customer = each["customer"]
                owner = None if customer is None else str(customer)
                made.append(version_of(terms, hours, kind=AgreementKind(str(kind)), customer=owner))
    return made


def _clause(given: dict[str, object]) -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(ClauseBody.model_fields)
    promise = given.get("promise")
    named = {f"{name}_id" if name in PLACES else name: value for name, value in given.items()}
    if isinstance(promise, dict):
        named["promise"] = {"seconds": None, "days": None, "minutes": None, **promise}
    return empty | named


VERSIONS = versions()


def promised(
    customer: str, region: str, severity: str, service: str, kind: AgreementKind
) -> Resolved:
    question = Question(service, Severity(severity), region, "AV-0000", None, customer)
    return resolve(VERSIONS, kind, question)


@pytest.mark.parametrize(
    ("customer", "severity", "clock", "minutes", "hours"),
    [
        ("FINQUES-VALIRA", "S1", "response", (60, 90), ("ALWAYS", "ALWAYS")),
        ("FINQUES-VALIRA", "S2", "acknowledge", (30, 30), ("VALLS-EXT", "ALTES-BUS")),
        ("FINQUES-VALIRA", "S2", "response", (120, 240), ("VALLS-EXT", "ALTES-BUS")),
        ("FINQUES-VALIRA", "S3", "resolution", (1560, 1800), ("VALLS-EXT", "ALTES-BUS")),
        ("HOTELS-CIM", "S1", "safe", (45, 75), ("ALWAYS", "ALWAYS")),
        ("HOTELS-CIM", "S1", "resolution", (480, 600), ("ALWAYS", "ALWAYS")),
        ("HOTELS-CIM", "S2", "response", (120, 180), ("ALWAYS", "ALWAYS")),
        ("HOTELS-CIM", "S3", "response", (240, 360), ("VALLS-EXT", "ALTES-BUS")),
        ("HOSPITAL-CLAROR", "S1", "resolution", (240, 360), ("ALWAYS", "ALWAYS")),
        ("HOSPITAL-CLAROR", "S2", "response", (60, 120), ("ALWAYS", "ALWAYS")),
        ("HOSPITAL-CLAROR", "S3", "response", (120, 240), ("VALLS-EXT", "ALTES-BUS")),
    ],
)
def test_a_customer_is_promised_what_the_town_says(
    customer: str,
    severity: str,
    clock: str,
    minutes: tuple[int, int],
    hours: tuple[str, str],
) -> None:
    for region, wanted, calendar in zip((VALLEYS, HEIGHTS), minutes, hours, strict=True):
        targets = promised(customer, region, severity, "LIFT-REPAIR", AgreementKind.CUSTOMER)
        (target,) = [each for each in targets.targets if each.clock.value == clock]
        assert (target.promise, target.calendar_id) == (TargetDuration(wanted * 60), calendar)


def test_a_request_is_answered_on_the_next_service_day_by_noon() -> None:
    found = promised("FINQUES-VALIRA", VALLEYS, "S4", "REQUEST", AgreementKind.CUSTOMER)
    assert [each.promise for each in found.targets] == [RelativeTarget(1, RelativeMode.BY, 720)]


@pytest.mark.parametrize(
    ("kind", "service", "severity"),
    [
        (AgreementKind.INTERNAL, "LIFT-REPAIR", "S1"),
        (AgreementKind.SUPPLIER, "ESCALATOR-REPAIR", "S2"),
    ],
)
def test_a_team_and_a_supplier_stand_behind_what_customers_are_promised(
    kind: AgreementKind, service: str, severity: str
) -> None:
    behind = promised("GALERIES-SOLANA", VALLEYS, severity, service, kind)
    ahead = promised("GALERIES-SOLANA", VALLEYS, severity, service, AgreementKind.CUSTOMER)
    told = {each.clock: each.promise for each in ahead.targets}
    assert behind.targets
    for target in behind.targets:
        promise = told[target.clock]
        assert isinstance(target.promise, TargetDuration)
        assert isinstance(promise, TargetDuration)
        assert target.promise.seconds <= promise.seconds


@pytest.fixture
async def landing(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}")
    await database.run(upgrade)
    async with database.write() as session:
        await found(session, town("landing"), first_day=date(2026, 6, 2), now=NOW)
    yield database
    await database.close()


async def test_what_one_founder_wrote_the_other_verified_and_it_is_signed(
    landing: Database,
) -> None:
    async with landing.read() as session:
        for version in await session.scalars(select(AgreementVersion)):
            assert (version.status, version.author_name) == ("active", "Palier")
            assert version.verified_by not in {"", version.author_name}
            assert version.signatories[0]["party"] == "Palier"
            signed = await session.get(StoredFile, version.signed_file_id)
            assert signed is not None
            assert signed.media_type == "application/pdf"
