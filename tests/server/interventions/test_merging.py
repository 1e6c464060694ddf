"""The same trouble reported twice: merged, taken apart again, tied; and reports not taken on."""

from typing import Any

import pytest

from server.interventions import merging
from server.interventions.portal import WantedHistory, portal_interventions
from server.interventions.portal_schemas import PortalInterventionOut
from server.interventions.problems import MergeRefused
from server.interventions.related import related
from server.interventions.related_schemas import MergeBody
from server.interventions.schemas import InterventionOut
from server.kit.problems import Invalid, Stale
from tests.server.interventions.merged import merged, separated
from tests.server.interventions.town import Town, clock, minutes


async def told(town: Town) -> dict[str, PortalInterventionOut]:
    """What the building's manager reads, by number."""
    async with town.read() as session:
        page = await portal_interventions(
            session, town.manager(), WantedHistory(), now=town.now, limit=None, cursor=None
        )
    return {each.number: each for each in page.items}


async def twice(town: Town, **more: Any) -> tuple[InterventionOut, InterventionOut]:
    """A call, and an hour later the same by somebody else."""
    first = await town.report()
    town.passes(minutes(60))
    given = {"source": "portal", "summary": "Stands still since lunch", "caller_name": "Marta"}
    return first, await town.report(**(given | more))


async def test_likely_duplicates_are_suggested(town: Town) -> None:
    first, again = await twice(town)
    elsewhere = await town.report(building=town.chalet)
    async with town.read() as session:
        found = await related(session, town.office, again.id)
        lonely = await related(session, town.office, elsewhere.id)
    assert [(each.report.id, each.likeness) for each in found.likely] == [(first.id, "same_asset")]
    assert lonely.likely == []


async def test_a_merged_report_ends_and_its_words_stay_with_what_goes_on(town: Town) -> None:
    first, again = await twice(town)
    found = await merged(town, again, first)
    after = await town.look(again)
    assert (after.status, after.merged_into_id, after.allowed) == ("cancelled", first.id, [])
    assert [(each.number, each.summary, each.caller_name) for each in found.merged] == [
        (again.number, "Stands still since lunch", "Marta")
    ]
    assert {each.state for each in after.clocks} == {"ended"}
    assert found.likely == []


async def test_whoever_reported_it_again_reads_how_the_other_goes_on(town: Town) -> None:
    first, again = await twice(town)
    await merged(town, again, first)
    visit = await town.assign(first)
    await town.lead(visit, "accept", "start_travel", "arrive")
    shown = (await told(town))[again.number]
    assert (shown.is_open, shown.merged_into) == (True, first.number)
    assert shown.visit is not None
    assert shown.visit.state == "on_site"
    assert shown.promise == (await told(town))[first.number].promise


async def test_a_merged_report_taken_apart_stands_as_if_it_had_never_been(town: Town) -> None:
    first, again = await twice(town)
    before = await town.look(again)
    await merged(town, again, first)
    found = await separated(town, again)
    after = await town.look(again)
    assert (after.status, after.merged_into_id) == (before.status, None)
    assert [each.due_at for each in after.clocks] == [each.due_at for each in before.clocks]
    assert [each.report.id for each in found.likely] == [first.id]
    with pytest.raises(MergeRefused):
        await separated(town, again)


async def test_nothing_is_merged_whose_promise_would_be_lost(town: Town) -> None:
    first, again = await twice(town)
    with pytest.raises(MergeRefused) as refused:
        await merged(town, first, again)
    due = clock(await town.look(first), refused.value.facts["clock"]).due_at
    assert due is not None
    assert refused.value.facts["why"] == "promise_lost"
    assert refused.value.facts["due_at"] == due.isoformat()


async def test_work_somebody_goes_to_is_not_merged_away(town: Town) -> None:
    first, again = await twice(town)
    await town.assign(again)
    with pytest.raises(MergeRefused) as refused:
        await merged(town, again, first)
    assert refused.value.facts["why"] == "somebody_goes"


async def test_reports_of_different_places_are_not_merged(town: Town) -> None:
    first, other = await town.report(), await town.report(building=town.chalet)
    with pytest.raises(Invalid):
        await merged(town, other, first)


async def test_what_changed_meanwhile_is_looked_at_again_before_merging(town: Town) -> None:
    first, again = await twice(town)
    await town.change(again, summary="It moves again")
    body = MergeBody(into_id=first.id, base_version=again.version)
    with pytest.raises(Stale):
        async with town.write() as session:
            await merging.merge(session, town.office, again.id, body, town.now)


async def test_work_that_belongs_together_is_tied_from_both_ends(town: Town) -> None:
    first, other = await twice(town)
    async with town.write() as session:
        found = await merging.tie(session, town.office, first.id, other.id, town.now)
    assert [each.id for each in found.tied] == [other.id]
    assert found.likely == []
    async with town.read() as session:
        seen = await related(session, town.office, other.id)
    assert [each.id for each in seen.tied] == [first.id]
    async with town.write() as session:
        left = await merging.untie(session, town.office, other.id, first.id, town.now)
    assert left.tied == []


async def test_whoever_reported_what_is_not_taken_on_reads_why(town: Town) -> None:
    report = await town.report("S3", source="portal")
    assert report.status == "draft"
    await town.decide(report, "refuse", "This lift is in the care of another company.")
    shown = (await told(town))[report.number]
    assert (shown.is_open, shown.outcome) == (False, "refused")
    assert shown.refusal == "This lift is in the care of another company."
