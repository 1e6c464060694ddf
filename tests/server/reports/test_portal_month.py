"""A manager's month: its figures follow from the events handed out with it, and nothing else."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

from server.accounts.scope import Scope
from server.reports.behind import events_behind
from server.reports.portal import portal_month
from server.reports.portal_schemas import PortalFigureOut, PortalMonthOut
from server.sites.tables import Site
from tests.server.breaches.missed import breaches, look
from tests.server.breaches.test_excuses import decide as decide_excuse
from tests.server.breaches.test_excuses import propose as propose_excuse
from tests.server.credits.owing import JULY, Ledger
from tests.server.experience.test_feedback import ended, give
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town, minutes, repair
from tests.server.reports.worked_out_again import Month, worked_out

JUNE = "2026-06"


async def told(town: Town, by: Scope | None = None, month: str = JUNE) -> PortalMonthOut:
    async with town.read() as session:
        return await portal_month(session, by or town.manager(), month, town.now)


async def downloaded(town: Town, by: Scope | None = None, month: str = JUNE) -> str:
    async with town.read() as session:
        return await events_behind(session, by or town.manager(), month, town.now)


def as_worked_out(told: PortalMonthOut) -> Month:
    """The page in the shape of what was worked out from the table."""
    felt = {each.measure: each for each in told.felt}
    return Month(
        reported=told.interventions,
        kept={str(each.clock): parts(each) for each in told.kept},
        outside={str(each.clock): each.outside for each in told.kept},
        satisfied=parts(felt["csat_top2"]),
        easy=parts(felt["ces_easy"]),
        as_announced=parts(felt["eta_accuracy"]),
        not_announced=felt["eta_accuracy"].outside.get("not_announced", 0),
        lifts={each.code: (each.agreed_seconds, each.downtime_seconds) for each in told.lifts},
        credited={currency: Decimal(amount) for currency, amount in told.credited.items()},
    )


def parts(figure: PortalFigureOut) -> tuple[int, int]:
    return figure.numerator, figure.denominator


async def lived(town: Town) -> None:
    """Everything that can become of a promise, once each, and what people said of it."""
    await give(town, await ended(town), csat=5, effort=6)
    late = await town.lead(await town.visit("S2"), "accept")
    town.passes(minutes(150))
    await look(town)
    late = await town.lead(late, "start_travel", "arrive", "start_work", "back_in_service")
    await give(town, await town.look(await town.lead(late, "complete")), csat=2, effort=3)
    await missed_and_excused(town)
    await town.decide(await town.report("S3"), "cancel", "Called twice")
    await town.decide(await town.report("S2"), "rule_out_of_scope", "Vandalism")
    await town.report("S4", work_type="request")
    double, kept = await town.report("S2"), await town.report("S2")
    await merged(town, double, kept)
    await looked_after(town)
    town.passes(minutes(10))
    await town.pause(await town.report("S2", town.chalet), from_at=town.now, to_at=None)
    await town.report("S1", town.chalet)
    town.passes(minutes(20))


async def missed_and_excused(town: Town) -> None:
    await town.report("S2")
    await look(town, after=minutes(125))
    breach = max(await breaches(town), key=lambda each: each.occurred_at)
    await decide_excuse(town, await propose_excuse(town, breach))


async def looked_after(town: Town) -> None:
    """Half an hour of planned work on a lift that nobody may use at the time."""
    visit = await town.visit("S4", work_type="maintenance", source="plan")
    await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    town.passes(minutes(30))


async def test_every_figure_is_worked_out_again_from_the_events_alone(town: Town) -> None:
    await lived(town)
    report = await told(town)
    assert worked_out(await downloaded(town)) == as_worked_out(report)
    response = next(each for each in report.kept if each.clock == "response")
    assert response.denominator - response.numerator == 1
    assert response.outside.keys() >= {"excused", "cancelled", "out_of_scope", "not_yet_due"}
    assert [each.value for each in report.felt[:2]] == ["50", "50"]
    assert report.lifts[0].downtime_seconds > 0


async def test_the_month_that_is_over_is_worked_out_the_same_way(town: Town) -> None:
    await lived(town)
    town.now = JULY + timedelta(days=3)
    await look(town)
    report = await told(town)
    assert report.is_over
    assert worked_out(await downloaded(town)) == as_worked_out(report)


async def test_what_was_given_back_adds_up_to_the_notes(town: Town) -> None:
    ledger = Ledger(town)
    await ledger.agree()
    await ledger.miss(2)
    (note,) = await ledger.propose()
    rival = town.manager(town.rival)
    assert (await told(town, rival)).credited == {}
    approved = await ledger.approve(note)
    report = await told(town, rival)
    assert report.credited == {"EUR": approved.amount}
    assert [each.number for each in report.credits] == [approved.number]
    assert worked_out(await downloaded(town, rival)) == as_worked_out(report)
    assert (report.lifts[0].target_percent, report.lifts[0].is_met) == ("99", False)


async def test_the_table_holds_nothing_of_anybody_else_and_nothing_internal(town: Town) -> None:
    await lived(town)
    rival = town.manager(town.rival)
    await town.report("S2", town.rivals_house, caller_name="Núria", summary="Secret of the rival")
    own, others = await downloaded(town), await downloaded(town, rival)
    assert town.rivals_house.lift.code in others
    for hidden in (town.rivals_house.lift.code, town.rival.name, "Núria", "Aina", "Ribera"):
        assert hidden not in own
    lines = list(csv.DictReader(io.StringIO(own)))
    assert {line["clock"] for line in lines} <= {
        "",
        "acknowledge",
        "response",
        "safe",
        "resolution",
    }
    assert (await told(town, rival)).interventions == 1


async def test_what_a_division_promises_us_is_no_line_of_theirs(town: Town) -> None:
    before = await promised(town)
    await town.also_promises("internal", repair("S2", "response", 600, town.always))
    await town.report("S2")
    assert len(await promised(town)) - len(before) == 2


async def promised(town: Town) -> list[str]:
    lines = csv.DictReader(io.StringIO(await downloaded(town)))
    return [line["to_at"] for line in lines if line["event"] == "promised"]


async def test_another_month_is_empty_and_still_adds_up(town: Town) -> None:
    await lived(town)
    report = await told(town, month="2026-05")
    assert (report.interventions, report.kept, report.is_over) == (0, [], True)
    assert worked_out(await downloaded(town, month="2026-05")) == as_worked_out(report)
    coming = await told(town, month="2026-08")
    assert (coming.lifts, coming.is_over) == ([], False)


async def test_no_cell_begins_a_formula(town: Town) -> None:
    async with town.write() as session:
        site = await session.get_one(Site, town.hotel.site.id)
        site.name = "=HYPERLINK(1)"
    await town.report("S2")
    cells = [cell for line in csv.reader(io.StringIO(await downloaded(town))) for cell in line]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith("=")]
