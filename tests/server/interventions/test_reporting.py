"""Taking a call: what was promised for it, from when, in which hours."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.agreements.schemas import ClockKind, Severity
from server.interventions.schemas import ReportBody, Source
from server.kit.problems import Invalid
from server.regions.tables import Calendar
from server.services.schemas import WorkType
from tests.server.interventions.town import TUESDAY, Town, clock, minutes

# A call on Tuesday 2 June 2026 at 09:15 in Paris, worked out by hand (UTC, two hours behind).
# Due, at risk at three quarters, our own aim at four fifths.
PROMISED: list[tuple[Severity, ClockKind, list[str]]] = [
    ("S1", "acknowledge", ["07:20:00", "07:18:45", "07:19:00"]),
    ("S1", "response", ["08:15:00", "08:00:00", "08:03:00"]),
    ("S1", "safe", ["08:15:00", "08:00:00", "08:03:00"]),
    ("S2", "response", ["09:15:00", "08:45:00", "08:51:00"]),
    ("S2", "resolution", ["15:15:00", "13:15:00", "13:39:00"]),
    ("S3", "response", ["11:15:00", "10:15:00", "10:27:00"]),
]


@pytest.mark.parametrize(("severity", "kind", "instants"), PROMISED)
async def test_a_call_is_due_when_the_agreement_says(
    town: Town, severity: Severity, kind: ClockKind, instants: list[str]
) -> None:
    promise = clock(await town.report(severity), kind)
    shown = [promise.due_at, promise.at_risk_at, promise.internal_due_at]
    assert [f"{instant:%H:%M:%S}" for instant in shown if instant] == instants
    assert promise.state == "running"


async def test_the_mountain_has_its_own_response_time(town: Town) -> None:
    valley = clock(await town.report("S1"), "response")
    mountain = clock(await town.report("S1", town.chalet), "response")
    assert (valley.due_at, mountain.due_at) == (TUESDAY + minutes(60), TUESDAY + minutes(90))


async def test_office_hours_carry_the_rest_of_a_promise_to_the_next_day(town: Town) -> None:
    town.now = datetime(2026, 6, 2, 13, 30, tzinfo=UTC)  # 15:30, closes at 17:00
    promise = clock(await town.report("S3"), "response")
    assert promise.due_at == datetime(2026, 6, 3, 8, 30, tzinfo=UTC)


async def test_a_call_no_agreement_covers_runs_no_clock(town: Town) -> None:
    uncovered = await town.report("S1", town.rivals_house)
    assert (uncovered.is_covered, uncovered.clocks) == (False, [])


async def test_a_severity_without_a_promise_is_covered_but_runs_no_clock(town: Town) -> None:
    request = await town.report("S4", work_type="request")
    assert (request.is_covered, request.clocks) == (True, [])


async def test_work_we_planned_ourselves_runs_no_clock(town: Town) -> None:
    planned = await town.report("S2", work_type="maintenance", source="plan")
    assert (planned.is_covered, planned.clocks) == (True, [])


async def test_a_call_written_down_late_counts_from_when_it_came_in(town: Town) -> None:
    came_in = TUESDAY - timedelta(minutes=40)
    late = await town.report("S1", reported_at=came_in, reported_at_reason="Phones were down")
    response = clock(late, "response")
    assert (late.reported_at, response.due_at) == (came_in, TUESDAY + minutes(20))
    assert clock(late, "acknowledge").state == "breached"


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"reported_at": TUESDAY - minutes(40)}, "reported_at_reason", "missing"),
        ({"reported_at": TUESDAY + minutes(40)}, "reported_at", "in_future"),
        ({"window_from": TUESDAY, "window_to": TUESDAY}, "window_to", "not_after_start"),
        ({"asset_id": None}, "asset_id", "missing"),
        ({"asset_id": "00000000-0000-0000-0000-000000000009"}, "asset_id", "unknown"),
        (
            {"asset_id": None, "site_id": "00000000-0000-0000-0000-000000000009"},
            "site_id",
            "unknown",
        ),
    ],
)
async def test_a_call_that_cannot_be_is_refused_by_name_and_nothing_is_written(
    town: Town, body: dict[str, object], path: str, code: str
) -> None:
    before = await town.rows()
    with pytest.raises(Invalid) as refused:
        await town.report(**body)  # type: ignore[arg-type]
    assert [(each["path"], each["code"]) for each in refused.value.facts["errors"]] == [
        (path, code)
    ]
    assert await town.rows() == before


async def test_a_lift_is_not_at_another_site(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        await town.report(site_id=town.chalet.site.id)
    assert refused.value.facts["errors"][0]["code"] == "elsewhere"


async def test_a_lift_in_a_foreign_region_looks_unknown(town: Town) -> None:
    town.office = town.office.__class__(
        town.office.account_id, "Dora", town.office.role, frozenset({town.valley.id})
    )
    with pytest.raises(Invalid) as refused:
        await town.report(building=town.chalet)
    assert refused.value.facts["errors"][0]["code"] == "unknown"


async def test_numbers_follow_each_other_within_the_local_year(town: Town) -> None:
    numbers = [(await town.report()).number for _ in range(2)]
    town.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    numbers.append((await town.report()).number)
    assert numbers == ["2026-000001", "2026-000002", "2027-000001"]


async def test_a_call_without_figures_gets_the_usual_ones(town: Town) -> None:
    trapped = await town.report("S1")
    told = await town.report("S1", duration_seconds=900, skills={})
    assert (trapped.duration_seconds, trapped.skills) == (2400, {"rescue": 1})
    assert (told.duration_seconds, told.skills) == (900, {})


@pytest.mark.parametrize(
    ("source", "severity", "status"),
    [
        ("phone", "S3", "qualified"),
        ("portal", "S3", "draft"),
        ("portal", "S1", "qualified"),
        ("qr", "S4", "draft"),
        ("alarm", "S2", "qualified"),
    ],
)
async def test_what_a_layman_reports_waits_for_a_look_unless_it_presses(
    town: Town, source: Source, severity: Severity, status: str
) -> None:
    assert (await town.report(severity, source=source)).status == status


async def test_a_later_change_of_hours_never_moves_a_promise(town: Town) -> None:
    degraded = await town.report("S3")
    async with town.write() as session:
        hours = await session.get_one(Calendar, town.valley.calendar_id)
        hours.holidays = [date(2026, 6, 2).isoformat()]
    visit = await town.assign(degraded)
    await town.lead(visit, "accept")
    assert clock(await town.look(degraded), "response").due_at == TUESDAY + minutes(240)


@pytest.mark.parametrize(
    ("work_type", "severity"), [("maintenance", "S4"), ("inspection", "S4"), ("request", "S4")]
)
async def test_every_kind_of_work_has_a_usual_duration(
    town: Town, work_type: WorkType, severity: Severity
) -> None:
    assert (await town.report(severity, work_type=work_type)).duration_seconds >= 1800


def test_a_report_names_every_fault_at_once() -> None:
    with pytest.raises(ValueError, match="2 validation errors"):
        ReportBody(severity="S9", summary="", asset_id=None)  # type: ignore[arg-type]
