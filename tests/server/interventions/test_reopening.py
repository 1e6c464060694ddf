"""What was thought to be done and is not: the same resolution goes on, the return has its own."""

from datetime import timedelta

import pytest

from server.interventions.problems import ReopenedTooLate
from server.interventions.schemas import InterventionOut
from tests.server.interventions.town import TUESDAY, Town, clock, minutes


async def _done(town: Town) -> InterventionOut:
    """Reported, attended after 30 minutes and closed after 60."""
    visit = await town.lead(await town.visit("S2"), "accept")
    town.passes(minutes(30))
    visit = await town.lead(visit, "arrive", "start_work")
    town.passes(minutes(30))
    return await town.look(await town.lead(visit, "complete"))


async def test_the_resolution_goes_on_and_the_time_between_does_not_count(town: Town) -> None:
    done = await _done(town)
    assert clock(done, "resolution").state == "met"
    town.passes(timedelta(hours=5))
    again = await town.decide(done, "reopen", "It stopped again.")
    resolution = clock(again, "resolution")
    assert (resolution.state, resolution.stopped_at, resolution.due_at) == (
        "running",
        None,
        TUESDAY + timedelta(hours=13),
    )
    assert resolution.remaining_seconds == 7 * 3600


async def test_the_return_visit_has_a_response_clock_of_its_own(town: Town) -> None:
    done = await _done(town)
    town.passes(timedelta(hours=5))
    again = await town.decide(done, "reopen", "It stopped again.")
    assert clock(again, "response").state == "met"
    assert clock(again, "response", round_=1).due_at == town.now + minutes(120)
    back = await town.assign(again, town.bruno)
    town.passes(minutes(40))
    await town.lead(back, "accept", "arrive")
    response = clock(await town.look(again), "response", round_=1)
    assert (response.state, response.stopped_at) == ("met", town.now)


async def test_what_is_established_on_site_is_established_anew(town: Town) -> None:
    done = await _done(town)
    town.passes(timedelta(hours=5))
    again = await town.decide(done, "reopen", "It stopped again.")
    back = await town.lead(await town.assign(again, town.bruno), "accept", "arrive", "start_work")
    town.passes(minutes(15))
    await town.lead(back, "complete")
    seen = await town.look(again)
    assert [f.kind for f in seen.facts].count("back_in_service") == 2
    assert (seen.status, clock(seen, "resolution").state) == ("closed", "met")
    assert clock(seen, "resolution").stopped_at == town.now


async def test_an_inspection_reopened_before_the_office_closed_it_was_done_when_it_was_done(
    town: Town,
) -> None:
    call = await town.report("S4", work_type="inspection")
    visit = await town.assign(call)
    await town.lead(visit, "accept", "arrive", "start_work", "complete")
    town.passes(timedelta(hours=49))
    with pytest.raises(ReopenedTooLate) as refused:
        await town.decide(call, "reopen", "The report is missing.")
    assert refused.value.facts["closed_at"] == TUESDAY.isoformat()


@pytest.mark.parametrize(("hours", "is_refused"), [(48, False), (49, True)])
async def test_after_the_time_agreed_it_is_a_new_intervention(
    town: Town, hours: int, *, is_refused: bool
) -> None:
    done = await town.decide(await town.report(), "close")
    town.passes(timedelta(hours=hours))
    if not is_refused:
        assert (await town.decide(done, "reopen", "Again.")).status == "qualified"
        return
    before = await town.rows()
    with pytest.raises(ReopenedTooLate):
        await town.decide(done, "reopen", "Again.")
    assert await town.rows() == before
    assert (await town.report(repeat_of_id=done.id)).repeat_of_id == done.id


async def test_without_an_agreement_three_days_are_usual(town: Town) -> None:
    done = await town.decide(await town.report(building=town.rivals_house), "close")
    town.passes(timedelta(hours=72))
    assert (await town.decide(done, "reopen", "Again.")).status == "qualified"


async def test_it_can_be_reopened_more_than_once(town: Town) -> None:
    call = await town.report()
    for _ in range(2):
        call = await town.decide(call, "close")
        town.passes(timedelta(hours=1))
        call = await town.decide(call, "reopen", "Again.")
    assert [each.round for each in call.clocks if each.kind == "response"] == [0, 1, 2]
    states = [clock(call, "response", round_=number).state for number in range(3)]
    assert states == ["ended", "ended", "running"]
    assert clock(call, "resolution").due_at == TUESDAY + timedelta(hours=10)
