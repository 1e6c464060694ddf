"""What each technician could do about a job nobody serves: the cheapest option, or the reason.

Ranking the options is in `recommendation`; the rules in the way are found in `obstacles`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from dispatch.planning.completing import Completing
from dispatch.planning.eligibility import ineligible
from dispatch.planning.finishing import itinerary
from dispatch.planning.insertion import cheapest_place
from dispatch.planning.limits import never
from dispatch.planning.live import LivePlan
from dispatch.planning.obstacles import Case, obstacle
from dispatch.planning.plan import Plan, Reason, Unassigned
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.shapes import FORBIDDING, IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour, promises_moved

MOST_DROPPED = 2  # a dispatcher reads a bill with two displaced visits, not with five


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve the job: the tour after it, what that adds, and the jobs it displaces."""

    added: int
    tour: Tour
    dropped: tuple[int, ...] = ()


def reasons_unassigned(problem: Problem, plan: Plan, job: str) -> tuple[Reason, ...]:
    """Tell for each technician, in the problem's order, why they do not serve this job.

    A technician who could serve it at a gain has no reason and is not listed.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 3600))
    >>> long = Job("long", location=0, duration=7200, priority=3, drop_cost=900)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0,),), (anna,), (long,))
    >>> [dict(reason.facts) for reason in reasons_unassigned(problem, Plan(), "long")]
    [{'needed': 3600, 'max': 0}]
    """
    return _reasons(LivePlan(problem, plan), known_job(problem, job))


def with_reasons(plan: Plan, shapes: Shapes, *, is_late: Callable[[], bool] = never) -> Plan:
    """Give the plan with the reasons of every job left out filled in, as far as there is time."""
    if not plan.unassigned or is_late():
        return plan
    live = LivePlan(shapes.problem, plan, shapes)
    explained = [
        Unassigned(left.job, _reasons(live, shapes.ids[left.job], is_late))
        for left in plan.unassigned
    ]
    return replace(plan, unassigned=tuple(explained))


def known_job(problem: Problem, job: str) -> int:
    """Find the job's place in the problem; raise `UnknownJob` if it has none."""
    for index, each in enumerate(problem.jobs):
        if each.id == job:
            return index
    raise UnknownJob(job, "is not in the problem")


def _reasons(live: LivePlan, job: int, is_late: Callable[[], bool] = never) -> tuple[Reason, ...]:
    """Everybody's reason, or none at all if the time is over before the last is found."""
    has_crew = live.problem.jobs[job].crew > 1
    together = Completing(live, job, is_late=is_late) if has_crew else None
    found = []
    for technician in range(len(live.draft.tours)):
        if is_late():
            return ()
        if together is None:
            answer = standing(live, technician, job)
            reason = answer if isinstance(answer, Reason) else None
        else:
            reason = _reason_with_crew(live, technician, job, together)
        if reason is not None:
            found.append(reason)
    return tuple(found)


def _reason_with_crew(
    live: LivePlan, technician: int, job: int, together: Completing
) -> Reason | None:
    crew = together.crews.cheapest_with(technician)
    if crew is not None and crew.added <= live.shapes.drop[job]:
        return None
    return crew_reason(live, technician, job, None if crew is None else crew.added, together)


def crew_reason(
    live: LivePlan, technician: int, job: int, added: int | None, together: Completing
) -> Reason:
    """Tell why no crew with this technician takes the job: what the cheapest would add, if any."""
    person, asked = live.problem.technicians[technician], live.problem.jobs[job]
    left_behind = live.missing(job) is not None
    if added is not None or left_behind or ineligible(asked, person) is not None:
        return reason_against(live, technician, job, added)
    if _alone(live, live.draft.tours[technician], job) is None:
        return _obstacle(live, technician, job)
    most = together.crews.together_with(technician)
    if most == 0 and asked.locked is not None and asked.locked.technician is not None:
        whom = {"locked_technician": asked.locked.technician}
        return Reason(person.id, "locked", whom, {"locked_technician": person.id})
    possible = min(max(1, most), asked.crew - 1)
    facts = {"needed": asked.crew, "possible": possible}
    against = Reason(person.id, "crew_incomplete", facts, {"crew": possible})
    return together.told(against, technician)


def standing(
    live: LivePlan, technician: int, job: int, *, may_drop: bool = False
) -> Option | Reason:
    """Give the technician's cheapest way to serve the job, or what stands against it."""
    option = cheapest_way(live, technician, job, may_drop=may_drop)
    if option is not None and option.added <= live.shapes.drop[job]:
        return option
    return reason_against(live, technician, job, None if option is None else option.added)


def reason_against(live: LivePlan, technician: int, job: int, added: int | None) -> Reason:
    """Tell why a technician does not take the job: what it would add at best, none if it cannot."""
    person, asked = live.problem.technicians[technician], live.problem.jobs[job]
    reason = ineligible(asked, person)
    if reason is not None:
        return reason
    missing = live.missing(job)
    if missing is not None:
        return Reason(person.id, "after_unassigned", {"job": missing}, {"served": missing})
    if added is None:
        alone = _alone(live, live.draft.tours[technician], job) if live.linked else None
        return _obstacle(live, technician, job) if alone is None else _delay(live, job, alone)
    drop = asked.drop_cost
    delta = added - (live.shapes.drop[job] - drop)  # leaving it out also moves a promise
    return Reason(
        person.id,
        "dearer_than_dropping",
        facts={"delta": delta, "drop_cost": drop},
        would_need={"drop_cost": delta},
    )


def _delay(live: LivePlan, job: int, option: Option) -> Reason:
    """Whose work would begin later than it does: of what follows this job, or the job itself."""
    who = option.tour.technician
    before = live.times.starts
    after = live.replaced({who: itinerary(live.shapes, option.tour)}).starts
    asked = live.problem.jobs[job].id
    later = (name for name, start in after.items() if start > before.get(name, start))
    name = next(later, asked)
    facts: dict[str, int | str | None] = {"arrival": after[name], "job": name}
    facts["appointed"] = before.get(name, after[name])
    need = {"appointed": after[name]}
    return Reason(live.problem.technicians[who].id, "waited_for", facts, need)


def _obstacle(live: LivePlan, technician: int, job: int) -> Reason:
    tour = live.draft.tours[technician]
    elsewhere = live.moved_elsewhere(technician, job)
    return obstacle(Case(live.shapes, technician, tour.jobs, job, elsewhere))


def cheapest_way(live: LivePlan, technician: int, job: int, *, may_drop: bool) -> Option | None:
    """Find a technician's cheapest way to serve the job, however dear; none if there is none."""
    if ineligible(live.problem.jobs[job], live.problem.technicians[technician]) is not None:
        return None
    if live.missing(job) is not None:
        return None
    best = _cheapest(live, live.draft.tours[technician], job, may_drop=may_drop)
    return _exactly(live, job, best) if live.is_coupled and best is not None else best


def _cheapest(live: LivePlan, tour: Tour, job: int, *, may_drop: bool) -> Option | None:
    best = _alone(live, tour, job)
    if not may_drop:
        return best
    for dropped in _droppable(live, tour, job):
        shorter = tour.without(live.shapes, set(dropped))
        lost = sum(live.shapes.drop[each] for each in dropped)
        option = None if shorter.cost >= IMPOSSIBLE else _alone(live, shorter, job, lost=lost)
        if option is not None and (best is None or option.added < best.added):
            best = Option(option.added, option.tour, dropped)
    return best


def _exactly(live: LivePlan, job: int, option: Option) -> Option | None:
    """The option at its price for everybody; none if it breaks a rule of somebody else's day."""
    who = option.tour.technician
    day = itinerary(live.shapes, option.tour)
    if live.is_alone(job, who):
        return replace(option, added=option.added + live.change_of_balance(who, day))
    added = live.exactly(job, {who: day})
    return _elsewhere(live, job, option) if added is None else replace(option, added=added)


def _elsewhere(live: LivePlan, job: int, option: Option) -> Option | None:
    """Another place on the same day; among work of no length not every order lets all begin."""
    shapes, tour = live.shapes, option.tour
    shorter = tour.without(shapes, {job})
    longer = [shorter.with_job(shapes, job, position) for position in range(len(tour.jobs))]
    for each in sorted(longer, key=lambda one: one.cost):
        possible = each.cost < IMPOSSIBLE and _keeps_budget(live, each, job)
        day = {tour.technician: itinerary(shapes, each)} if possible else None
        added = None if day is None else live.exactly(job, day)
        if added is not None:
            return Option(added, each, option.dropped)
    return None


def _alone(live: LivePlan, tour: Tour, job: int, *, lost: int = 0) -> Option | None:
    """The cheapest way to put the job on this tour without displacing anything."""
    place = cheapest_place(live.shapes, [tour], job) if tour.cost < IMPOSSIBLE else None
    if place is not None and place.delta >= FORBIDDING:
        return None
    everywhere = range(len(tour.jobs) + 1)
    best = _best_of(live, tour, job, everywhere if place is None else [place.position])
    if best is None and live.draft.budget is not None:
        best = _best_of(live, tour, job, everywhere)
    if best is None:
        return None
    return Option(best.cost - live.stated[tour.technician] + lost, best)


def _best_of(live: LivePlan, tour: Tour, job: int, positions: Iterable[int]) -> Tour | None:
    tours = [tour.with_job(live.shapes, job, position) for position in positions]
    fitting = [each for each in tours if each.cost < IMPOSSIBLE and _keeps_budget(live, each, job)]
    return min(fitting, key=lambda each: each.cost, default=None)


def _keeps_budget(live: LivePlan, tour: Tour, job: int) -> bool:
    if live.draft.budget is None:
        return True
    moved = live.moved_elsewhere(tour.technician, job) + promises_moved(live.shapes, tour)
    return moved <= live.draft.budget


def _droppable(live: LivePlan, tour: Tour, job: int) -> Iterator[tuple[int, ...]]:
    """Sets of less urgent jobs of this tour that nobody has fixed or been told about."""
    jobs = live.problem.jobs
    free = [
        each
        for each in tour.jobs
        if jobs[each].priority > jobs[job].priority
        and jobs[each].locked is None
        and jobs[each].announced is None
        and each not in live.linked
    ]
    for size in range(1, MOST_DROPPED + 1):
        yield from combinations(free, size)
