"""What a call falls under, as the clocks read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dispatch.agreements import (
    AgreementKind,
    Level,
    Question,
    Resolved,
    Severity,
    TargetDuration,
    deadlines,
)
from server.agreements.snapshot import (
    Promises,
    promises_for,
    target_as_json,
    target_from_json,
)
from server.kit.database import Database
from server.regions.queries import revision_ids
from tests.server.agreements.paper import Office, newest, promise, seconds, terms, version
from tests.server.company import Branch, Company

# Paris is two hours ahead of UTC on both days.
LAST_OF_JUNE = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)
FIRST_OF_JULY = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


def call(branch: Branch, severity: Severity = Severity.OUT_OF_SERVICE) -> Question:
    return Question(
        service="REPAIR",
        severity=severity,
        region=str(branch.site.region_id),
        site=str(branch.site.id),
        asset=str(branch.lift.id),
        customer=str(branch.customer.id),
    )


async def asked(database: Database, at: datetime, question: Question) -> Promises:
    async with database.read() as session:
        return await promises_for(session, question, at)


def written(company: Company, many: int, **more: object) -> dict[str, object]:
    line = promise(company, severity="S2", promise=seconds(many))
    return version(company, **({"terms": terms(company, line)} | more))


def response_seconds(resolved: Resolved) -> int:
    (target,) = resolved.targets
    assert isinstance(target.promise, TargetDuration)
    return target.promise.seconds


async def test_a_call_falls_under_the_version_of_its_local_day(
    office: Office, company: Company, database: Database
) -> None:
    no_notice = {"notice_days": 0}
    first = terms(
        company,
        promise(company, severity="S2", promise=seconds(14_400)),
        amendment=no_notice,
    )
    agreement = await office.in_force(first_version=version(company, terms=first))
    tomorrow = company.now.date() + timedelta(days=1)
    added = await office.amend(
        agreement, **written(company, 7_200, valid_from=tomorrow.isoformat())
    )
    assert added.status_code == 201, added.text
    await office.activate(added.json())
    midnight = datetime.combine(tomorrow, datetime.min.time(), UTC)
    noon = timedelta(hours=12)
    before = await asked(database, midnight - noon, call(company.home))
    after = await asked(database, midnight + noon, call(company.home))
    found = [each.by_kind[AgreementKind.CUSTOMER] for each in (before, after)]
    assert [response_seconds(each) for each in found] == [14_400, 7_200]
    assert before.version_id != after.version_id


async def test_the_day_is_read_in_the_zone_of_the_version(
    office: Office, company: Company, database: Database
) -> None:
    await office.in_force(first_version=written(company, 3_600, valid_from="2026-07-01"))
    before = await asked(database, LAST_OF_JUNE, call(company.home))
    after = await asked(database, FIRST_OF_JULY, call(company.home))
    assert before.version_id is None
    assert after.version_id is not None


async def test_deadlines_are_counted_in_the_calendar_of_the_target_at_its_newest_revision(
    office: Office, company: Company, database: Database
) -> None:
    await office.in_force(first_version=written(company, 14_400))
    found = await asked(database, LAST_OF_JUNE, call(company.home))
    (target,) = found.by_kind[AgreementKind.CUSTOMER].targets
    called = datetime(2026, 6, 2, 13, 30, tzinfo=UTC)  # a Tuesday, 15:30 in Paris, open until 17:00
    kept = deadlines(target.calendar, called, promise=target.promise)
    assert kept.due == datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
    async with database.read() as session:
        revisions = await revision_ids(session, [company.hours.id])
    assert found.revisions == {target.calendar_id: revisions[company.hours.id]}


async def test_a_draft_promises_nothing_and_neither_does_somebody_elses_agreement(
    office: Office, company: Company, database: Database
) -> None:
    await office.draft(first_version=written(company, 3_600))
    await office.in_force(
        "THEIRS",
        customer_id=str(company.away.customer.id),
        first_version=written(company, 3_600),
    )
    found = await asked(database, LAST_OF_JUNE, call(company.home))
    assert found.version_id is None
    assert {each.targets for each in found.by_kind.values()} == {()}


async def test_every_kind_of_agreement_promises_on_the_same_call(
    office: Office, company: Company, database: Database
) -> None:
    kinds = (("customer", 7_200), ("internal", 3_600), ("supplier", 1_800))
    for kind, many in kinds:
        await office.in_force(kind, kind=kind, first_version=written(company, many))
    found = await asked(database, LAST_OF_JUNE, call(company.home))
    promised = {kind.value: response_seconds(each) for kind, each in found.by_kind.items()}
    assert promised == dict(kinds)


async def test_what_the_house_promises_everybody_is_filled_in_value_by_value(
    office: Office, company: Company, database: Database
) -> None:
    house = terms(
        company,
        promise(company, severity="S2", promise=seconds(14_400)),
        {"warn_percents": [60], "calendar_id": str(company.hours.id)},
    )
    await office.in_force("HOUSE", customer_id=None, first_version=version(company, terms=house))
    own = {**promise(company), "severity": "S2", "calendar_id": None, "promise": seconds(3_600)}
    await office.in_force("OWN", first_version=version(company, terms=terms(company, own)))
    found = await asked(database, LAST_OF_JUNE, call(company.home))
    (target,) = found.by_kind[AgreementKind.CUSTOMER].targets
    origins = dict(target.origins)
    assert response_seconds(found.by_kind[AgreementKind.CUSTOMER]) == 3_600
    assert (origins["promise"].level, origins["promise"].agreement) == (Level.SERVICE, "OWN")
    assert (origins["warn_percents"].level, origins["calendar"].agreement) == (
        Level.CORPORATE,
        "HOUSE",
    )


async def test_the_checklist_and_the_exclusions_come_with_the_service(
    office: Office, company: Company, database: Database
) -> None:
    row: dict[str, Any] = {
        "service": "REPAIR",
        "exclusions": ["vandalism"],
        "checklist": [{"key": "gap", "label": "Gap", "kind": "reading", "low": "3.50"}],
    }
    await office.in_force(first_version=version(company, terms=terms(company, services=[row])))
    found = await asked(database, LAST_OF_JUNE, call(company.home, Severity.ENTRAPMENT))
    (item,) = found.checklist
    assert (item["key"], item["low"], item["high"]) == ("gap", "3.50", None)
    assert found.exclusions == ["vandalism"]


async def test_a_promise_that_was_kept_reads_back_as_it_was(
    office: Office, company: Company, database: Database
) -> None:
    steps = [{"level": 1, "clock": "response", "role": "dispatcher", "percent": 80}]
    line = promise(company, promise={"kind": "by", "days": 1, "minutes": 600}, starts_at="dispatch")
    agreement = await office.in_force(
        first_version=version(company, terms=terms(company, line, escalation=steps))
    )
    found = await asked(database, LAST_OF_JUNE, call(company.home, Severity.ENTRAPMENT))
    (target,) = found.by_kind[AgreementKind.CUSTOMER].targets
    assert target_from_json(target_as_json(target), target.calendar) == target
    assert str(found.version_id) == newest(agreement)["id"]
