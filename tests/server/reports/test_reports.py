"""Reports say what their definitions say: worked out again from the rows and events alone."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.measures import percent_text
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.breaches.tables import Breach
from server.credits.tables import CreditNote
from server.experience.tables import Feedback
from server.interventions.tables import StoredClock, Visit
from server.kit.problems import NotFound
from server.kit.tables import Event
from server.measures.cases import Wanted
from server.measures.schemas import FigureOut
from server.reports.customers import customer_report
from server.reports.director import director_report
from server.reports.penalties import penalties_by_cause
from server.reports.regions import region_report
from server.reports.schemas import DirectorReportOut
from server.reports.trends import stretches
from tests.server.breaches.missed import EVA, look
from tests.server.experience.test_feedback import ended, give
from tests.server.interventions.town import TUESDAY, Town, minutes
from tests.server.measures.test_technicians import ON_SITE, on_shift

JUNE = date(2026, 6, 1), date(2026, 7, 1)


async def overall(town: Town) -> DirectorReportOut:
    async with town.read() as session:
        return await director_report(session, EVA, Wanted(*JUNE), town.now)


def by_measure(figures: list[FigureOut]) -> dict[str, FigureOut]:
    return {each.measure: each for each in figures}


async def lived(town: Town) -> None:
    """A shift with one visit in time, and one call nobody came to in time."""
    await on_shift(town, town.aina.id, TUESDAY)
    first = await town.lead(await town.visit("S2"), "accept", "start_travel")
    town.passes(minutes(20))
    first = await town.lead(first, "arrive", "start_work")
    town.passes(minutes(40))
    done = await town.look(await town.lead(first, "back_in_service", "complete"))
    await give(town, done, csat=5)
    late = await town.visit("S2")
    town.passes(minutes(180))
    await town.lead(late, *ON_SITE, "complete")
    town.passes(timedelta(hours=6))
    await look(town)


async def test_the_three_headline_figures_are_those_of_their_definitions(town: Town) -> None:
    await lived(town)
    told = by_measure((await overall(town)).headline)
    async with town.read() as session:
        clocks = select(StoredClock.state).where(
            StoredClock.kind == "response", StoredClock.party == "customer"
        )
        states = list(await session.scalars(clocks))
        events = list(await session.scalars(select(Event).order_by(Event.seq)))
        scores = list(await session.scalars(select(Feedback.csat)))
    late = Fraction(100 * states.count("breached"), len(states))
    began = {e.visit_id: e.at for e in events if e.kind == "visit_travel_started"}
    ways = [e.at - began[e.visit_id] for e in events if e.kind == "visit_arrived"]
    travel = Fraction(100 * int(sum(ways, timedelta()).total_seconds()), 8 * 3600)
    satisfied = Fraction(100 * sum((score or 0) >= 4 for score in scores), len(scores))
    assert {name: each.value for name, each in told.items()} == {
        "late_share": percent_text(late),
        "travel_share": percent_text(travel),
        "csat_top2": percent_text(satisfied),
    }
    assert [late, satisfied] == [Fraction(50), Fraction(100)]


async def test_what_came_too_late_and_what_came_in_time_are_a_hundred_together(town: Town) -> None:
    await lived(town)
    await town.visit("S2")
    town.passes(minutes(180))
    await look(town)
    report = await overall(town)
    late = by_measure(report.headline)["late_share"]
    kept = next(each for each in report.kept if each.clock == "response")
    assert (kept.value, late.value) == ("33.33", "66.67")


async def test_the_four_parts_of_the_shifts_add_up_to_the_minute(town: Town) -> None:
    await lived(town)
    async with town.read() as session:
        report = await region_report(session, EVA, town.valley.id, *JUNE, now=town.now)
    parts = report.parts
    told = (parts.travel_minutes, parts.waiting_minutes, parts.on_site_minutes, parts.rest_minutes)
    assert sum(told) == parts.shift_minutes == 8 * 60
    assert told == (20, 0, 40, 8 * 60 - 60)


async def test_what_was_planned_stands_beside_what_it_was(town: Town) -> None:
    await lived(town)
    async with town.read() as session:
        report = await region_report(session, EVA, town.valley.id, *JUNE, now=town.now)
        visits = (await session.scalars(select(Visit).where(Visit.status == "completed"))).all()
    figures = by_measure(report.figures)
    planned = sum(int((each.ends_at - each.starts_at) / minutes(1)) for each in visits)
    spent = sum(
        int((each.finished_at - each.arrived_at) / minutes(1))
        for each in visits
        if each.finished_at and each.arrived_at
    )
    for measure, total in (("visit_planned", planned), ("visit_actual", spent)):
        figure = figures[measure]
        exact = Fraction(figure.numerator or 0, figure.denominator or 1)
        assert exact == Fraction(total, len(visits))
    (service,) = report.services
    assert (service.service, service.interventions) == ("REPAIR", 2)


async def test_pauses_and_reopenings_stand_beside_what_a_team_kept(town: Town) -> None:
    await lived(town)
    teams = {each.region_id: by_measure(each.figures) for each in (await overall(town)).teams}
    assert set(teams) == {town.valley.id, town.mountain.id}
    own = teams[town.valley.id]
    assert list(own) == ["sla_attainment", "pause_share", "reopen_rate"]
    assert (own["sla_attainment"].clock, own["sla_attainment"].value) == ("response", "50")


async def test_trends_put_each_call_on_its_day_once(town: Town) -> None:
    await lived(town)
    report = await overall(town)
    assert [each.measure for each in report.trends] == [
        "sla_attainment", "csat_top2", "first_time_fix",
    ]  # fmt: skip
    for trend in report.trends[:2]:
        total = sum(point.denominator for point in trend.points)
        assert total == {"sla_attainment": 2, "csat_top2": 1}[trend.measure]
        assert [point.from_day for point in trend.points][:2] == [
            date(2026, 6, 1),
            date(2026, 6, 8),
        ]


def test_more_than_a_quarter_is_told_by_months() -> None:
    found = [*stretches(date(2026, 1, 15), date(2026, 6, 2))]
    assert found[0] == (date(2026, 1, 15), date(2026, 2, 1))
    assert found[-1] == (date(2026, 6, 1), date(2026, 6, 2))
    assert len(found) == 6


async def test_penalties_by_cause_add_up_to_the_notes(town: Town) -> None:
    await lived(town)
    async with town.read() as session:
        (breach,) = (await session.scalars(select(Breach))).all()
        notes = [note("10.00", str(breach.id)), note("-3.33", str(breach.id)), note("0.01")]
        found = await penalties_by_cause(session, notes)
    assert sum(Decimal(each.amount) for each in found) == Decimal("6.68")
    told = [(each.cause, each.amount, each.breaches) for each in found]
    assert told == [("door", "6.67", 2), ("availability", "0.01", 0)]


def note(amount: str, *breach_ids: str) -> CreditNote:
    return CreditNote(amount=Decimal(amount), currency="EUR", breach_ids=list(breach_ids))


async def test_a_customer_reads_their_own_figures_and_worst_lifts_first(town: Town) -> None:
    await lived(town)
    await ended(town, town.rivals_house)
    async with town.read() as session:
        report = await customer_report(session, EVA, town.customer.id, *JUNE, now=town.now)
    assert (report.name, report.interventions) == (town.customer.name, 2)
    assert [each.down_minutes for each in report.lifts] == [await down_minutes(town)]
    assert report.felt[0].value == "100"


async def down_minutes(town: Town) -> int:
    """Office minutes from each call of the hotel to its lift back in service or its end."""
    async with town.read() as session:
        events = list(await session.scalars(select(Event).order_by(Event.seq)))
    found: list[tuple[datetime, datetime]] = []
    for event in events:
        if event.kind == "intervention_reported" and event.site_id == town.hotel.site.id:
            ends = next(
                each.at
                for each in events
                if each.intervention_id == event.intervention_id
                and each.kind in {"back_in_service", "intervention_closed"}
            )
            found.append((event.at, ends))
    return sum(int((ends - began) / minutes(1)) for began, ends in found)


async def test_a_region_that_is_foreign_looks_unknown(town: Town) -> None:
    regions = frozenset({town.mountain.id})
    dora = Scope(UUID(int=9), "Dora", Role.DISPATCHER, regions)
    async with town.read() as session:
        with pytest.raises(NotFound):
            await region_report(session, dora, town.valley.id, *JUNE, now=town.now)
