"""Whole days replayed event by event: nothing begun is moved, and stability costs no service."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from dispatch.day import Day, DayEvent, Replanned
from dispatch.interventions import VisitCommand
from dispatch.planning import Job, Limits, Stop, check
from dispatch.simulation import (
    Happening,
    Lived,
    Outcome,
    Planner,
    draw_calls,
    from_scratch,
    live,
)
from tests.dispatch.simulation.valley import BUSY, MONDAY, lived, valley

BUDGET = 3
LIMITS = Limits(iterations=60)
TOWN = valley(crew=6, days=1)
ENDS = {VisitCommand.COMPLETE, VisitCommand.COMPLETE_PARTIALLY, VisitCommand.CANNOT_COMPLETE}
TAKEN_AWAY = {VisitCommand.REASSIGN, VisitCommand.UNASSIGN, VisitCommand.CANCEL}


@dataclass
class Watched:
    """A planner whose every answer is looked at before it is carried out."""

    planner: Planner
    budget: int | None
    faults: list[str] = field(default_factory=list)
    answers: int = 0

    def __call__(self, day: Day, event: DayEvent) -> Replanned:
        answer = self.planner(day, event)
        self.answers += 1
        self.faults.extend(_illegal(answer))
        self.faults.extend(_taken_from_their_technician(answer))
        if self.budget is not None and _moved(answer) > self.budget:
            self.faults.append(f"{event.kind} moved {_moved(answer)} visits")
        return answer


def _illegal(answer: Replanned) -> list[str]:
    faults = check(answer.question.problem, answer.plan).faults
    return [f"{answer.event.kind} at {answer.event.at}: {fault.code}" for fault in faults]


def _taken_from_their_technician(answer: Replanned) -> Iterator[str]:
    stops = _stops(answer)
    for work in answer.question.day.work:
        if work.visit is None or not work.visit.keeps_technician:
            continue
        if work.id not in answer.question.left_alone and stops[work.id][0] != work.visit.technician:
            yield f"{work.id} was taken from {work.visit.technician}"


def _moved(answer: Replanned) -> int:
    stops = _stops(answer)
    tolerance = answer.question.problem.stability.tolerance
    return sum(_is_moved(job, stops, answer, tolerance) for job in answer.question.problem.jobs)


def _is_moved(
    job: Job, stops: dict[str, tuple[str, Stop]], answer: Replanned, tolerance: int
) -> bool:
    if job.announced is None:
        return False
    if job.id not in stops:
        return True
    person, stop = stops[job.id]
    is_same = person == answer.question.people[job.announced.technician]
    return not is_same or abs(stop.start - job.announced.start) > tolerance


def _stops(answer: Replanned) -> dict[str, tuple[str, Stop]]:
    people = answer.question.people
    return {
        stop.job: (people[route.technician], stop)
        for route in answer.plan.routes
        for stop in route.stops
    }


def _replayed(seed: int) -> tuple[Lived, Watched]:
    watched = Watched(live(change_budget=BUDGET, limits=LIMITS, seed=seed), BUDGET)
    return lived(TOWN, seed=seed, planner=watched), watched


def _visits(happenings: tuple[Happening, ...]) -> Iterator[list[Happening]]:
    """What happened to each visit, from being proposed to its end."""
    open_: dict[str, list[Happening]] = {}
    for each in happenings:
        if each.what is VisitCommand.PROPOSE:
            open_[each.work] = []
        if isinstance(each.what, VisitCommand) and each.work in open_:
            open_[each.work].append(each)
            if each.what in ENDS | TAKEN_AWAY:
                yield open_.pop(each.work)
    yield from open_.values()


def _require_nothing_begun_was_moved(happenings: tuple[Happening, ...]) -> int:
    begun = 0
    for visit in _visits(happenings):
        commands = [each.what for each in visit]
        if VisitCommand.START_TRAVEL in commands:
            begun += 1
            assert len({each.technician for each in visit}) == 1
            assert not TAKEN_AWAY & set(commands)
    return begun


def _require_one_place_at_a_time(happenings: tuple[Happening, ...]) -> None:
    at_work: dict[str, str] = {}
    for each in happenings:
        if each.what is VisitCommand.START_TRAVEL:
            assert each.technician is not None
            assert each.technician not in at_work
            at_work[each.technician] = each.work
        if each.what in ENDS and each.technician is not None:
            assert at_work.pop(each.technician) == each.work


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_day_kept_current_moves_nothing_begun_and_no_more_than_its_budget(seed: int) -> None:
    day, watched = _replayed(seed)
    assert watched.faults == []
    assert watched.answers > len(day.cases) / 2
    assert _require_nothing_begun_was_moved(day.happenings) > len(day.cases) / 2
    _require_one_place_at_a_time(day.happenings)


def test_the_same_seed_lives_the_same_day() -> None:
    first, second = lived(TOWN, seed=3), lived(TOWN, seed=3)
    assert first.happenings == second.happenings
    assert first.outcome == second.outcome
    assert lived(TOWN, seed=4).happenings != first.happenings


def test_two_ways_of_planning_meet_the_same_calls() -> None:
    anew = lived(TOWN, seed=2, planner=from_scratch(limits=LIMITS, seed=2))
    kept = lived(TOWN, seed=2)
    assert [case.call for case in anew.cases] == [case.call for case in kept.cases]
    assert [case.call for case in kept.cases] == list(
        draw_calls(TOWN, MONDAY, 1, seed=2, demand=BUSY)
    )


def _service(outcomes: list[Outcome]) -> tuple[float, int, int]:
    kept = sum(each.kept().kept for each in outcomes)
    missed = sum(each.kept().missed for each in outcomes)
    moved = sum(each.moved for each in outcomes)
    return kept / (kept + missed), sum(each.cost for each in outcomes), moved


@pytest.mark.proof
def test_fifty_days_kept_current_serve_as_well_as_planning_from_scratch_at_every_event() -> None:
    region, kept, anew = valley(crew=6, days=5), [], []
    for seed in range(1, 11):
        watched = Watched(live(change_budget=BUDGET, limits=LIMITS, seed=seed), BUDGET)
        week = lived(region, seed=seed, days=5, planner=watched)
        assert watched.faults == []
        _require_nothing_begun_was_moved(week.happenings)
        _require_one_place_at_a_time(week.happenings)
        kept.append(week.outcome)
        scratch = Watched(from_scratch(limits=LIMITS, seed=seed), None)
        anew.append(lived(region, seed=seed, days=5, planner=scratch).outcome)
        assert scratch.faults == []
    (kept_share, kept_cost, kept_moved), (share, cost, moved) = _service(kept), _service(anew)
    assert kept_share >= share - 0.02
    assert kept_cost <= cost * 1.02
    assert kept_moved < moved / 2


def test_a_day_ends_with_every_begun_visit_accounted_for() -> None:
    day = lived(TOWN, seed=5)
    midnight = max(each.at for each in day.happenings)
    for case in day.cases:
        for visit in case.visits:
            _require_order(visit.announced_at, visit.accepted_at, visit.en_route_at)
            _require_order(visit.arrived_at, visit.work_started_at, visit.ended_at or midnight)


def _require_order(*instants: datetime | None) -> None:
    known = [each for each in instants if each is not None]
    assert known == sorted(known)
