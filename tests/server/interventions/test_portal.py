"""What a building manager sees: their own lifts in plain facts, and nothing internal."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from server.accounts.scope import Scope
from server.interventions import portal, portal_actions, portal_sites
from server.interventions.booking import Booking, assign
from server.interventions.portal_schemas import (
    PortalAssetOut,
    PortalInterventionOut,
    PortalReportBody,
    PortalSiteOut,
)
from server.interventions.schemas import ReasonOut, VisitOut, VisitPayload
from server.kit.problems import Invalid, NotFound
from server.kit.wire import Page
from tests.server.interventions.town import Town, command, minutes


async def _sites(town: Town, scope: Scope | None = None) -> Page[PortalSiteOut]:
    async with town.read() as session:
        return await portal_sites.portal_sites(
            session, scope or town.manager(), now=town.now, limit=None, cursor=None
        )


async def _hotel_lift(town: Town) -> PortalAssetOut:
    return next(s for s in (await _sites(town)).items if s.id == town.hotel.site.id).assets[0]


async def _history(
    town: Town, scope: Scope | None = None, **wanted: UUID
) -> list[PortalInterventionOut]:
    async with town.read() as session:
        page = await portal.portal_interventions(
            session,
            scope or town.manager(),
            portal.WantedHistory(**wanted),
            now=town.now,
            limit=None,
            cursor=None,
        )
    return page.items


async def _seen(town: Town, visit: VisitOut) -> PortalInterventionOut:
    async with town.read() as session:
        return await portal.portal_intervention(
            session, town.manager(), visit.intervention_id, town.now
        )


async def test_a_manager_sees_their_own_buildings_and_no_others(town: Town) -> None:
    rival = town.manager(town.rival)
    assert {site.id for site in (await _sites(town)).items} == {
        town.hotel.site.id,
        town.chalet.site.id,
    }
    assert [site.id for site in (await _sites(town, rival)).items] == [town.rivals_house.site.id]
    assert (await _sites(town, Scope(UUID(int=5), "Nobody's", rival.role))).items == []


async def test_a_foreign_intervention_looks_unknown(town: Town) -> None:
    visit = await town.visit()
    async with town.read() as session:
        for intervention_id in (visit.intervention_id, UUID(int=9)):
            with pytest.raises(NotFound):
                await portal.portal_intervention(
                    session, town.manager(town.rival), intervention_id, town.now
                )


async def test_a_lift_is_told_by_the_worst_that_is_wrong_with_it(town: Town) -> None:
    assert (await _hotel_lift(town)).state == "working"
    await town.report("S4", work_type="request")
    assert (await _hotel_lift(town)).state == "request_open"
    await town.report("S3")
    assert (await _hotel_lift(town)).state == "degraded"
    await town.report("S2")
    assert (await _hotel_lift(town)).state == "out_of_service"
    await town.report("S1")
    lift = await _hotel_lift(town)
    assert (lift.state, lift.since) == ("person_trapped", town.now)


async def test_the_manager_follows_an_entrapment_to_its_end(town: Town) -> None:
    visit = await town.visit("S1")
    told = [(await _hotel_lift(town)).state]
    for kind in ("accept", "start_travel", "arrive", "person_released"):
        visit = await town.lead(visit, kind)
        told.append((await _hotel_lift(town)).state)
    visit = await town.lead(visit, "start_work", "complete")
    lift = await _hotel_lift(town)
    assert told == ["person_trapped"] * 4 + ["attended"]
    assert (lift.state, lift.intervention) == ("working", None)
    past = (await _history(town))[0]
    assert (past.is_open, past.outcome, past.visit and past.visit.technician_first_name) == (
        False,
        "door",
        "Aina",
    )
    assert None not in {past.arrived_at, past.released_at, past.restored_at, past.ended_at}


async def test_a_lift_that_stopped_again_is_told_as_such_since_it_was_reopened(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "complete")
    assert (await _hotel_lift(town)).state == "working"
    town.passes(timedelta(hours=2))
    await town.decide(await town.look(visit), "reopen", "It stopped again.")
    lift = await _hotel_lift(town)
    assert (lift.state, lift.since) == ("out_of_service", town.now)
    seen = await _seen(town, visit)
    assert (seen.arrived_at, seen.restored_at, seen.promise.due_at) == (
        None,
        None,
        town.now + minutes(120),
    )


async def test_work_out_of_scope_promises_the_manager_nothing(town: Town) -> None:
    visit = await town.visit()
    await town.decide(await town.look(visit), "rule_out_of_scope", "Vandalism")
    assert (await _seen(town, visit)).promise.state == "none"


async def test_an_eta_is_an_honest_range_in_whole_five_minutes(town: Town) -> None:
    visit = await town.assign(await town.report(), after=minutes(32))  # planned 07:47 UTC
    coming = (await _seen(town, visit)).visit
    assert coming is not None
    assert (coming.state, coming.from_at, coming.to_at) == (
        "expected",
        datetime(2026, 6, 2, 7, 35, tzinfo=UTC),
        datetime(2026, 6, 2, 8, 10, tzinfo=UTC),
    )


async def test_on_the_way_the_range_counts_from_the_departure(town: Town) -> None:
    visit = await town.assign(await town.report(), after=minutes(120))
    town.passes(minutes(45))
    visit = await town.lead(visit, "accept", "start_travel")  # 08:00 and a quarter of an hour
    coming = (await _seen(town, visit)).visit
    assert coming is not None
    assert (coming.state, coming.from_at, coming.to_at) == (
        "on_the_way",
        datetime(2026, 6, 2, 8, 5, tzinfo=UTC),
        datetime(2026, 6, 2, 8, 35, tzinfo=UTC),
    )


async def test_nobody_is_promised_for_a_time_that_has_passed(town: Town) -> None:
    visit = await town.visit()
    town.passes(timedelta(hours=2))
    coming = (await _seen(town, visit)).visit
    assert coming is not None
    assert (coming.from_at, coming.to_at) == (town.now, town.now + minutes(20))


async def test_a_proposal_and_a_refusal_announce_nobody(town: Town) -> None:
    proposed = await town.assign(await town.report(), dispatch=False)
    declined = await town.lead(await town.assign(await town.report(), town.bruno), "decline")
    assert (await _seen(town, proposed)).visit is None
    assert (await _seen(town, declined)).visit is None


async def test_a_pause_is_told_as_an_interruption(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "pause")
    there = (await _seen(town, visit)).visit
    assert there is not None
    assert (there.state, there.from_at) == ("interrupted", None)


async def test_a_promise_is_on_time_at_risk_kept_or_missed(town: Town) -> None:
    kept, missed = await town.visit(), await town.assign(await town.report(), town.bruno)
    states = [(await _seen(town, kept)).promise.state]
    town.passes(minutes(95))
    states.append((await _seen(town, kept)).promise.state)
    await town.lead(kept, "accept", "arrive")
    states.append((await _seen(town, kept)).promise.state)
    town.passes(minutes(60))
    await town.lead(missed, "accept", "arrive")
    states.append((await _seen(town, missed)).promise.state)
    assert states == ["on_time", "at_risk", "kept", "missed"]


async def test_planned_work_is_told_as_planned_and_promises_nothing(town: Town) -> None:
    round_ = await town.report("S4", work_type="maintenance", source="plan")
    visit = await town.assign(round_)
    seen = await _seen(town, visit)
    assert (seen.is_planned, seen.promise.state) == (True, "none")
    assert (await _hotel_lift(town)).state == "working"


async def test_a_manager_reports_a_fault_in_their_own_words(town: Town) -> None:
    body = PortalReportBody(
        asset_id=town.hotel.lift.id, kind="person_trapped", description="Two guests\nThird floor"
    )
    async with town.write() as session:
        seen = await portal_actions.portal_report(session, town.manager(), body, town.now)
    assert (seen.severity, seen.summary, seen.is_open) == ("S1", "Two guests", True)
    assert seen.promise.due_at == town.now + minutes(60)
    assert (await _hotel_lift(town)).state == "person_trapped"


async def test_a_manager_without_words_is_understood(town: Town) -> None:
    body = PortalReportBody(asset_id=town.hotel.lift.id, kind="request")
    async with town.write() as session:
        seen = await portal_actions.portal_report(session, town.manager(), body, town.now)
    assert (seen.severity, seen.summary) == ("S4", "")


async def test_a_manager_cannot_report_a_fault_on_a_lift_of_others(town: Town) -> None:
    body = PortalReportBody(asset_id=town.rivals_house.lift.id, kind="out_of_service")
    before = await town.rows()
    with pytest.raises(Invalid):
        async with town.write() as session:
            await portal_actions.portal_report(session, town.manager(), body, town.now)
    assert await town.rows() == before


async def test_history_can_be_asked_of_one_building_or_one_lift(town: Town) -> None:
    await town.report()
    up = await town.report(building=town.chalet)
    assert [i.id for i in await _history(town, site_id=town.chalet.site.id)] == [up.id]
    assert [i.id for i in await _history(town, asset_id=town.chalet.lift.id)] == [up.id]
    assert await _history(town, site_id=town.rivals_house.site.id) == []


async def test_nothing_internal_reaches_a_manager(town: Town) -> None:
    canary = "CANARY"
    call = await town.report("S3", description=canary, caller_phone=canary)
    booking = Booking(
        technician_id=town.aina.id,
        starts_at=town.now + minutes(30),
        ends_at=town.now + minutes(60),
        travel_seconds=60,
        why=ReasonOut(canary, {"margin": canary}),
    )
    async with town.write() as session:
        visit = await assign(session, town.office, call.id, booking, now=town.now)
    visit = await town.lead(visit, "accept", "arrive", "start_work")
    words = VisitPayload(note=canary, action=canary, cause="door", reason=canary)
    await town.tell_all(visit, command("complete", visit, town.now, payload=words))
    held = await town.report("S2")
    await town.decide(held, "cancel", canary)
    for answer in (await _sites(town), await _history(town)):
        told = msgspec.json.encode(answer).decode()
        for internal in (canary, "Ribera", "700 001", "internal", "allowed", "why", "skills"):
            assert internal not in told
