"""The office of a simulated region: it sees the day as it stands and lets the planner answer.

Who the planner is can be chosen: `live` keeps the plan current, `from_scratch` forgets it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from dispatch.day import Day, DayEvent, Replanned, UnderWay, Work, free_again, replan, to_plan
from dispatch.planning import Limits, solve
from dispatch.simulation.case import Case
from dispatch.simulation.crew import Member
from dispatch.simulation.territory import Territory

Planner = Callable[[Day, DayEvent], Replanned]


def live(*, change_budget: int | None, limits: Limits, seed: int = 0) -> Planner:
    """Answer each event from the plan in force, moving no more announced visits than allowed."""

    def answer(day: Day, event: DayEvent) -> Replanned:
        return replan(day, event, change_budget=change_budget, limits=limits, seed=seed)

    return answer


def from_scratch(*, limits: Limits, seed: int = 0) -> Planner:
    """Answer each event by planning anew what is not begun, as if nobody had been told anything.

    Only accepted visits keep their technician.
    """

    def answer(day: Day, event: DayEvent) -> Replanned:
        question = to_plan(replace(day, work=tuple(map(_untold, day.work))))
        return Replanned(event, question, solve(question.problem, limits=limits, seed=seed))

    return answer


def _untold(work: Work) -> Work:
    return (
        work if work.visit is None else replace(work, visit=replace(work.visit, is_announced=False))
    )


def day_of(
    territory: Territory,
    crew: Iterable[Member],
    cases: Mapping[str, Case],
    *,
    day: date,
    now: datetime,
) -> Day:
    """The region's day as it is known now, as the server would read it from its tables."""
    midnight = datetime.combine(day, time(), territory.zone).astimezone(UTC)
    ends = midnight + timedelta(days=1)
    members = list(crew)
    waiting = (case for case in cases.values() if case.waits and _is_for(case, ends))
    return Day(
        region=territory.code,
        profile=territory.profile,
        starts_at=midnight,
        now=now,
        crew=tuple(member.person(day, midnight) for member in members),
        work=tuple(case.work(now) for case in waiting),
        under_way=tuple(under_way(member, member.busy, now) for member in members if member.busy),
    )


def _is_for(case: Case, ends: datetime) -> bool:
    return case.again_from is None or case.again_from < ends


def under_way(member: Member, case: Case, now: datetime) -> UnderWay:
    """Where a technician is busy, and until when as far as anybody knows."""
    visit = case.visit
    assert visit is not None
    begun = visit.work_started_at or visit.arrived_at or visit.expected_at or now
    free_at = free_again(visit.status, begun, duration=case.duration_seconds, now=now)
    return UnderWay(member.id, case.call.lift.at, free_at)
