"""The life of a visit: who may do what when, what it needs, and what it does to the clocks."""

from datetime import timedelta

import pytest

from dispatch.interventions import VISIT_MOVES, VISIT_PERMISSIONS, VisitCommand, VisitStatus
from dispatch.interventions import Role as Part
from server.interventions.schemas import VisitCommandKind, VisitOut, VisitPayload
from server.kit.problems import NotFound
from tests.server.interventions.town import TUESDAY, Town, clock, command, minutes

# How its technician brings a visit that was dispatched to each status.
WAYS: dict[VisitStatus, tuple[VisitCommandKind, ...]] = {
    VisitStatus.DISPATCHED: (),
    VisitStatus.ACCEPTED: ("accept",),
    VisitStatus.DECLINED: ("decline",),
    VisitStatus.EN_ROUTE: ("accept", "start_travel"),
    VisitStatus.ARRIVED: ("accept", "start_travel", "arrive"),
    VisitStatus.IN_PROGRESS: ("accept", "arrive", "start_work"),
    VisitStatus.PAUSED: ("accept", "arrive", "start_work", "pause"),
    VisitStatus.COMPLETED: ("accept", "arrive", "start_work", "complete"),
    VisitStatus.PARTIALLY_COMPLETED: ("accept", "arrive", "complete_partially"),
    VisitStatus.CANNOT_COMPLETE: ("cannot_complete",),
}
COMMANDS: tuple[VisitCommandKind, ...] = (
    "dispatch",
    "accept",
    "decline",
    "start_travel",
    "arrive",
    "start_work",
    "pause",
    "resume",
    "complete",
    "complete_partially",
    "cannot_complete",
    "unassign",
    "cancel",
)


async def _visit_in(town: Town, status: VisitStatus) -> VisitOut:
    if status is VisitStatus.PROPOSED:
        return await town.assign(await town.report(), dispatch=False)
    visit = await town.visit()
    if status in {VisitStatus.UNASSIGNED, VisitStatus.CANCELLED}:
        kind: VisitCommandKind = "unassign" if status is VisitStatus.UNASSIGNED else "cancel"
        return (await town.tell(visit, kind, town.office)).visit
    return await town.lead(visit, *WAYS[status])


@pytest.mark.parametrize("status", list(VisitStatus))
async def test_only_what_the_table_allows_happens_and_only_to_whom_it_is_allowed(
    town: Town, status: VisitStatus
) -> None:
    visit = await _visit_in(town, status)
    assert visit.status == status.value
    for kind in COMMANDS:
        for part, caller in ((Part.TECHNICIAN, town.of(town.aina)), (Part.DISPATCHER, town.office)):
            move = VISIT_MOVES.get((status, VisitCommand(kind)))
            is_allowed = move is not None and part in VISIT_PERMISSIONS[VisitCommand(kind)]
            if is_allowed or (status is VisitStatus.PROPOSED and part is Part.TECHNICIAN):
                continue
            result = await town.tell(visit, kind, caller)
            assert (result.outcome, result.visit.status) == ("rejected", status.value), kind
            assert result.code in {"move_not_allowed", "not_allowed"}


@pytest.mark.parametrize("status", list(WAYS))
async def test_every_move_of_the_table_can_be_made_by_whom_it_belongs_to(
    town: Town, status: VisitStatus
) -> None:
    for kind in COMMANDS:
        goes_to = VISIT_MOVES.get((status, VisitCommand(kind)))
        for part, caller in ((Part.TECHNICIAN, town.of(town.aina)), (Part.DISPATCHER, town.office)):
            if goes_to is None or part not in VISIT_PERMISSIONS[VisitCommand(kind)]:
                continue
            town.passes(timedelta(days=1))
            visit = await _visit_in(town, status)
            result = await town.tell(visit, kind, caller)
            assert (result.outcome, result.visit.status) == ("applied", goes_to.value), kind
            assert result.visit.version == visit.version + 1


async def test_a_proposal_can_be_told_taken_back_or_cancelled(town: Town) -> None:
    kinds: list[VisitCommandKind] = ["dispatch", "unassign", "cancel"]
    for kind in kinds:
        town.passes(timedelta(days=1))
        proposed = await _visit_in(town, VisitStatus.PROPOSED)
        result = await town.tell(proposed, kind, town.office)
        expected = VISIT_MOVES[VisitStatus.PROPOSED, VisitCommand(kind)].value
        assert (result.outcome, result.visit.status) == ("applied", expected)


async def test_what_is_offered_is_what_can_be_done(town: Town) -> None:
    visit = await town.lead(await town.visit("S1"), "accept", "arrive")
    assert visit.allowed == [
        "start_work",
        "complete_partially",
        "cannot_complete",
        "person_released",
        "made_safe",
        "back_in_service",
        "note",
        "order_follow_up",
    ]
    offered = (await town.look(visit)).visits[0].allowed
    assert offered == [
        "cancel",
        "person_released",
        "made_safe",
        "back_in_service",
        "note",
        "order_follow_up",
    ]


async def test_a_refused_move_says_where_the_visit_stands_and_what_can_be_done(town: Town) -> None:
    result = await town.tell(await town.visit(), "start_work")
    assert (result.outcome, result.code) == ("rejected", "move_not_allowed")
    assert result.facts["status"] == "dispatched"
    assert result.facts["allowed"] == ["accept", "decline", "cannot_complete", "made_safe",
                                       "back_in_service", "note", "running_late"]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "kind", "code"),
    [
        (("accept", "arrive", "start_work"), "complete", "cause_missing"),
        (("accept", "arrive", "start_work"), "pause", "reason_missing"),
        (("accept", "arrive"), "complete_partially", "remaining_missing"),
        ((), "decline", "reason_missing"),
        ((), "cannot_complete", "reason_missing"),
    ],
)
async def test_a_command_without_what_it_must_carry_is_refused_and_changes_nothing(
    town: Town, way: tuple[VisitCommandKind, ...], kind: VisitCommandKind, code: str
) -> None:
    visit = await town.lead(await town.visit(), *way)
    result = await town.tell(visit, kind, payload=VisitPayload())
    assert (result.outcome, result.code) == ("rejected", code)
    assert (result.visit.status, result.visit.version) == (visit.status, visit.version)


async def test_work_may_only_stand_still_for_a_known_reason_of_ones_own(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    tired = await town.tell(visit, "pause", payload=VisitPayload(reason="tired"))
    storm = await town.tell(visit, "pause", payload=VisitPayload(reason="force_majeure"))
    assert [tired.code, storm.code] == ["reason_unknown", "pause_not_allowed"]


async def test_nobody_commands_a_colleagues_visit(town: Town) -> None:
    visit = await town.visit()
    with pytest.raises(NotFound):
        await town.tell(visit, "accept", town.of(town.bruno))


async def test_a_proposal_does_not_exist_for_its_technician(town: Town) -> None:
    visit = await town.assign(await town.report(), dispatch=False)
    with pytest.raises(NotFound):
        await town.tell(visit, "accept")


async def test_accepting_stops_the_acknowledge_clock_and_arriving_the_response_clock(
    town: Town,
) -> None:
    visit = await town.visit("S1")
    town.passes(minutes(4))
    visit = await town.lead(visit, "accept")
    town.passes(minutes(20))
    visit = await town.lead(visit, "arrive")
    town.passes(minutes(90))
    seen = await town.look(visit)
    acknowledge, response, safe = (clock(seen, k) for k in ("acknowledge", "response", "safe"))
    assert (acknowledge.state, acknowledge.stopped_at) == ("met", TUESDAY + minutes(4))
    assert (response.state, response.stopped_at) == ("met", TUESDAY + minutes(24))
    assert (response.remaining_seconds, safe.state) == (36 * 60, "breached")


async def test_freeing_people_stops_the_safe_clock_and_a_running_lift_the_resolution(
    town: Town,
) -> None:
    trapped = await town.lead(await town.visit("S1"), "accept", "arrive")
    town.passes(minutes(10))
    await town.lead(trapped, "person_released")
    assert clock(await town.look(trapped), "safe").state == "met"
    stopped = await town.assign(await town.report("S2", town.chalet), town.clara)
    stopped = await town.lead(stopped, "accept", "arrive", "start_work")
    town.passes(minutes(30))
    await town.lead(stopped, "back_in_service")
    resolution = clock(await town.look(stopped), "resolution")
    assert (resolution.state, resolution.stopped_at) == ("met", town.now)


async def test_a_lift_back_in_service_holds_nobody(town: Town) -> None:
    visit = await town.lead(await town.visit("S1"), "accept", "arrive", "start_work")
    await town.lead(visit, "complete")
    seen = await town.look(visit)
    assert {fact.kind for fact in seen.facts} >= {"person_released", "back_in_service"}
    assert clock(seen, "safe").state == "met"


async def test_the_first_report_of_a_fact_stands(town: Town) -> None:
    visit = await town.lead(await town.visit("S1"), "accept", "arrive", "person_released")
    first = next(f for f in (await town.look(visit)).facts if f.kind == "person_released")
    town.passes(minutes(15))
    again = await town.tell(visit, "person_released")
    assert again.outcome == "applied"
    assert first in (await town.look(visit)).facts
    assert (await town.kinds()).count("person_released") == 1


async def test_completing_closes_the_intervention_and_puts_the_lift_back_in_service(
    town: Town,
) -> None:
    visit = await town.lead(await town.visit(), "accept", "start_travel", "arrive", "start_work")
    town.passes(minutes(50))
    visit = await town.lead(visit, "complete")
    seen = await town.look(visit)
    assert (seen.status, visit.cause, visit.finished_at) == ("closed", "door", town.now)
    assert clock(seen, "resolution").stopped_at == town.now
    assert (await town.kinds())[-3:] == [
        "visit_completed",
        "back_in_service",
        "intervention_closed",
    ]


@pytest.mark.parametrize(
    "says", [{"is_back_in_service": False}, {"remaining": "The door must be replaced."}]
)
async def test_a_lift_still_out_of_service_stays_on_somebodys_list(
    town: Town, says: dict[str, object]
) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    payload = VisitPayload.model_validate({"cause": "door", "action": "Locked off", **says})
    done = await town.tell(visit, "complete", payload=payload)
    seen = await town.look(visit)
    assert (done.outcome, seen.status) == ("applied", "completed")
    assert clock(seen, "resolution").state == "running"


async def test_an_inspection_waits_for_the_office_to_close_it(town: Town) -> None:
    inspection = await town.report("S4", work_type="inspection")
    visit = await town.lead(await town.assign(inspection), "accept", "arrive", "start_work")
    await town.lead(visit, "complete")
    assert (await town.look(inspection)).status == "completed"
    assert (await town.decide(inspection, "close")).status == "closed"


async def test_what_could_not_be_done_returns_to_the_queue(town: Town) -> None:
    declined = await town.lead(await town.visit(), "decline")
    failed = await town.lead(await town.visit(), "cannot_complete")
    assert [(await town.look(each)).status for each in (declined, failed)] == ["qualified"] * 2


async def test_a_pause_for_no_access_stops_the_resolution_clock_until_work_goes_on(
    town: Town,
) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    town.passes(minutes(60))
    visit = await town.lead(visit, "pause")
    paused = clock(await town.look(visit), "resolution")
    assert (paused.state, paused.due_at, paused.remaining_seconds) == ("paused", None, 7 * 3600)
    town.passes(minutes(90))
    visit = await town.lead(visit, "resume")
    resumed = clock(await town.look(visit), "resolution")
    assert resumed.due_at == TUESDAY + timedelta(hours=9, minutes=30)


async def test_waiting_for_parts_stops_no_clock(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work")
    await town.tell(visit, "pause", payload=VisitPayload(reason="awaiting_parts"))
    assert clock(await town.look(visit), "resolution").state == "running"


async def test_a_visit_that_ends_while_paused_pauses_nothing_any_more(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "pause")
    town.passes(minutes(30))
    await town.lead(visit, "cannot_complete")
    resolution = clock(await town.look(visit), "resolution")
    assert resolution.due_at == TUESDAY + timedelta(hours=8, minutes=30)


async def test_a_time_once_recorded_is_never_overwritten(town: Town) -> None:
    visit = await town.lead(await town.visit(), "accept", "arrive", "start_work", "pause")
    started = visit.work_started_at
    town.passes(minutes(30))
    assert (await town.lead(visit, "resume")).work_started_at == started


async def test_a_day_offline_is_replayed_in_order_with_its_own_times(town: Town) -> None:
    visit = await town.visit()
    steps: list[VisitCommandKind] = ["accept", "start_travel", "arrive", "start_work", "complete"]
    kept = [
        command(kind, visit, town.now + minutes(10 * place), base_version=visit.version + place)
        for place, kind in enumerate(steps, 1)
    ]
    town.passes(timedelta(hours=5))
    results = await town.tell_all(visit, *kept)
    assert {result.outcome for result in results} == {"applied"}
    seen = await town.look(visit)
    assert clock(seen, "response").stopped_at == TUESDAY + minutes(30)
    assert (seen.status, clock(seen, "response").state) == ("closed", "met")
