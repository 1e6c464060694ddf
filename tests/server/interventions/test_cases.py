"""A customer's problem over several interventions, from the first contact to its end."""

import pytest

from server.accounts.scope import Scope
from server.interventions.cases import case
from server.interventions.merging import merge, tie
from server.interventions.related_schemas import CaseOut, MergeBody
from server.interventions.schemas import FollowUpBody, InterventionOut, VisitOut, VisitPayload
from server.kit.problems import NotFound
from tests.server.interventions.town import Town, minutes

SECOND = VisitPayload(follow_up=FollowUpBody(summary="Sill", severity="S3", work_type="repair"))


async def case_of(
    town: Town, about: InterventionOut | VisitOut, by: Scope | None = None
) -> CaseOut:
    identity = about.intervention_id if isinstance(about, VisitOut) else about.id
    async with town.read() as session:
        return await case(session, by or town.office, identity)


async def test_a_call_alone_is_a_case_of_its_own(town: Town) -> None:
    call = await town.report()
    found = await case_of(town, call)
    assert (found.since, found.is_open) == (call.reported_at, True)
    assert [(work.number, work.link, work.to_number) for work in found.work] == [
        (call.number, None, None)
    ]


async def test_a_case_goes_from_the_first_contact_over_follow_ups_and_what_came_back(
    town: Town,
) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    town.passes(minutes(5))
    await town.tell(visit, "order_follow_up", payload=SECOND)
    await town.lead(visit, "complete")
    town.passes(minutes(90))
    again = await town.report(repeat_of_id=visit.intervention_id)
    found = await case_of(town, again)
    first, second, third = found.work
    assert (second.link, third.link) == ("follow_up", "repeat")
    assert {second.to_number, third.to_number} == {first.number}
    assert third.number == again.number
    assert await case_of(town, visit) == found


async def test_each_intervention_tells_what_happened_in_order(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept")
    town.passes(minutes(20))
    visit = await town.lead(visit, "arrive", "start_work")
    town.passes(minutes(20))
    await town.lead(visit, "complete")
    town.passes(minutes(20))
    await town.decide(await town.look(visit), "reopen", "It stopped again.")
    (work,) = (await case_of(town, visit)).work
    assert [(moment.kind, moment.who) for moment in work.moments] == [
        ("intervention_reported", ""),
        ("visit_arrived", "Aina"),
        ("visit_completed", "Aina"),
        ("intervention_closed", ""),
        ("intervention_reopened", ""),
    ]


async def test_a_case_says_why_the_office_closed_or_cancelled(town: Town) -> None:
    closed = await town.report()
    town.passes(minutes(10))
    cancelled = await town.report(repeat_of_id=closed.id)
    await town.decide(closed, "close", "The concierge switched it on again.")
    await town.decide(cancelled, "cancel", "Called twice.")
    work = (await case_of(town, closed)).work
    assert [(each.moments[-1].kind, each.moments[-1].reason) for each in work] == [
        ("intervention_closed", "The concierge switched it on again."),
        ("intervention_cancelled", "Called twice."),
    ]


async def test_doubles_and_what_was_tied_belong_to_the_case(town: Town) -> None:
    kept = await town.report()
    town.passes(minutes(10))
    double, other = await town.report(), await town.report("S3")
    async with town.write() as session:
        body = MergeBody(into_id=kept.id, base_version=double.version)
        await merge(session, town.office, double.id, body, town.now)
        await tie(session, town.office, kept.id, other.id, town.now)
    found = await case_of(town, other)
    links = {work.number: work.link for work in found.work}
    assert links == {kept.number: None, double.number: "merged", other.number: "tied"}
    ends = next(work for work in found.work if work.number == double.number).moments[-1]
    assert ends.kind == "intervention_merged"


async def test_a_case_is_open_as_long_as_any_of_its_work_is(town: Town) -> None:
    first = await town.report()
    town.passes(minutes(10))
    second = await town.report(repeat_of_id=first.id)
    await town.decide(first, "close")
    assert (await case_of(town, first)).is_open
    await town.decide(second, "close")
    assert not (await case_of(town, first)).is_open


async def test_a_foreign_case_looks_unknown(town: Town) -> None:
    call = await town.report()
    with pytest.raises(NotFound):
        await case_of(town, call, by=town.of(town.aina))
