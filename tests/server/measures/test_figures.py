"""Figures: counted from what happened, each by a definition in a version, with what is outside."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.breaches import actions as excuses
from server.breaches.schemas import ExcuseBody, ExcuseDecisionBody
from server.interventions.schemas import InterventionOut
from server.kit.problems import Invalid, NotFound
from server.measures import queries
from server.measures.cases import Wanted
from server.measures.schemas import FigureOut
from tests.server.breaches.missed import EVA, XAVI, breaches, look
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town, minutes

JUNE = Wanted(date(2026, 6, 1), date(2026, 7, 1))
AUDITOR = Scope(account_id=UUID(int=31), name="Uma", role=Role.AUDITOR)


async def figures(
    town: Town, wanted: Wanted = JUNE, scope: Scope = AUDITOR
) -> dict[tuple[str, str | None], FigureOut]:
    async with town.read() as session:
        found = await queries.figures(session, scope, wanted, town.now)
    return {(each.measure, each.clock): each for each in found.figures}


async def response(town: Town) -> FigureOut:
    return (await figures(town))["sla_attainment", "response"]


async def served(town: Town, *, after: int = 30) -> InterventionOut:
    """A stopped lift: somebody came so many minutes after the call, and it ran 20 minutes later."""
    visit = await town.assign(await town.report("S2"))
    town.passes(minutes(after))
    visit = await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    town.passes(minutes(20))
    await town.lead(visit, "back_in_service", "complete")
    return await town.look(visit)


async def test_attainment_counts_kept_and_missed_promises_of_one_clock(town: Town) -> None:
    await served(town)
    await town.report("S2")
    town.passes(minutes(125))
    await town.report("S2")
    figure = await response(town)
    assert (figure.numerator, figure.denominator, figure.value) == (1, 2, "50")
    assert figure.facts == {"open_overdue": 1}
    assert figure.outside["not_yet_due"] == 1
    assert (figure.unit, figure.definition_version) == ("percent", 1)


async def test_a_promise_missed_in_two_reports_of_one_trouble_is_one_missed_promise(
    town: Town,
) -> None:
    kept, double = await town.report("S2"), await town.report("S2")
    await look(town, after=minutes(125))
    await merged(town, double, kept)
    await look(town)
    figure = await response(town)
    assert (figure.numerator, figure.denominator) == (0, 1)
    assert (figure.outside["cancelled"], figure.outside["overturned"]) == (1, 0)


async def test_excused_overturned_uncovered_and_cancelled_stay_outside_and_are_printed(
    town: Town,
) -> None:
    excused = await town.report("S2")
    overturned = await town.report("S2")
    await look(town, after=minutes(125))
    await town.decide(overturned, "rule_out_of_scope", "Vandalism")
    await look(town)
    await excuse(town, excused)
    await town.report("S2", town.rivals_house)
    await town.decide(await town.report("S2"), "cancel", "Wrong address")
    figure = await response(town)
    assert (figure.numerator, figure.denominator, figure.value) == (0, 0, None)
    assert figure.outside == {
        "not_yet_due": 0,
        "excused": 1,
        "overturned": 1,
        "cancelled": 1,
        "uncovered": 1,
        "out_of_scope": 1,
    }


async def excuse(town: Town, intervention: InterventionOut) -> None:
    (breach,) = [b for b in await breaches(town) if b.intervention_id == intervention.id]
    async with town.write() as session:
        proposed = await excuses.propose_excuse(
            session, EVA, breach.id, ExcuseBody(reason="Snow"), town.now
        )
    async with town.write() as session:
        await excuses.decide_excuse(
            session,
            XAVI,
            breach.id,
            proposed.excuses[0].id,
            ExcuseDecisionBody(decision="approved"),
            now=town.now,
        )


async def test_three_times_that_others_all_call_time_to_repair(town: Town) -> None:
    await served(town, after=30)
    found = await figures(town)
    assert {
        name: found[name, None].value for name in ("time_to_arrive", "time_to_restore", "hands_on")
    } == {"time_to_arrive": "30", "time_to_restore": "50", "hands_on": "20"}


async def test_a_repair_that_held_is_fixed_the_first_time_for_now(town: Town) -> None:
    await served(town)
    figure = (await figures(town))["first_time_fix", None]
    assert (figure.numerator, figure.denominator) == (1, 1)
    assert (figure.facts["provisional"], figure.facts["window_days"]) == (1, 30)


async def test_the_same_fault_within_a_month_was_not_fixed_the_first_time(town: Town) -> None:
    await served(town)
    town.passes(timedelta(days=3))
    await served(town)
    figure = (await figures(town))["first_time_fix", None]
    assert (figure.numerator, figure.denominator, figure.facts["repeats"]) == (1, 2, 1)


async def test_a_job_that_was_opened_again_is_counted_as_such(town: Town) -> None:
    await served(town)
    town.passes(timedelta(hours=1))
    second = await served(town)
    await town.decide(second, "reopen", "It stands again")
    figure = (await figures(town))["reopen_rate", None]
    assert (figure.numerator, figure.denominator) == (1, 2)


async def test_days_are_those_of_the_region(town: Town) -> None:
    await served(town)
    before = Wanted(date(2026, 5, 1), date(2026, 6, 2))
    assert (await figures(town, before))["sla_attainment", "response"].denominator == 0


async def test_figures_are_those_of_the_callers_regions(town: Town) -> None:
    await served(town)
    regions = frozenset({town.mountain.id})
    dora = Scope(AUDITOR.account_id, "Dora", Role.DISPATCHER, regions)
    assert (await figures(town, JUNE, dora))["sla_attainment", "response"].denominator == 0
    with pytest.raises(NotFound):
        await figures(town, Wanted(JUNE.from_day, JUNE.to_day, region_id=town.valley.id), dora)


@pytest.mark.parametrize(
    ("first", "after"),
    [(date(2026, 6, 2), date(2026, 6, 2)), (date(2026, 1, 1), date(2027, 1, 3))],
    ids=["no day", "more than a year"],
)
async def test_days_that_make_no_sense_are_refused(town: Town, first: date, after: date) -> None:
    with pytest.raises(Invalid):
        await figures(town, Wanted(first, after))


def test_every_figure_can_be_looked_up_in_the_dictionary() -> None:
    found = {each.id: each for each in queries.definitions().items}
    assert found["sla_attainment"].direction == "higher_is_better"
    assert all(each.text and each.version for each in found.values())
