"""Why a plan gives work to whom it does: what says most of all that speaks for them in this plan.

Said in the words of a candidate's card: the work is taken out of the plan and asked about anew.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from dispatch.day.offers import Field, Telling, best_of_each
from dispatch.day.question import DayProblem
from dispatch.planning import Plan, Reason
from dispatch.planning.limits import never
from dispatch.planning.ranking import Ranking, Way
from dispatch.planning.recommendation import candidate, outline
from dispatch.planning.warm import WarmDay

# in a good plan nearly everybody costs least where they are: what that comes from says more
SAYS_MOST = (
    "only_one",
    "nearest",
    "soonest",
    "least_cost",
    "keeps_promise",
    "has_skill",
    "displaces_nothing",
)


def why_chosen(
    question: DayProblem,
    plan: Plan,
    work: Collection[str],
    *,
    is_late: Callable[[], bool] = never,
) -> dict[str, Reason]:
    """Give the best reason for whoever serves each of these in the plan, as far as there is time.

    Work left out has none, nor has work somebody fixed to a technician: that was no choice.

    >>> from datetime import UTC, datetime
    >>> from dispatch.day import Day, to_plan
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> why_chosen(to_plan(Day("VALLS", "urban", midnight, midnight)), Plan(), [])
    {}
    """
    asked = _Asked(question, plan)
    free = [job.id for job in question.problem.jobs if job.locked is None and job.id in work]
    found: dict[str, Reason] = {}
    for job in free:
        if is_late():
            break
        reason = asked.reason(job)
        if reason is not None:
            found[job] = reason
    return found


class _Asked:
    """A plan kept warm; each piece of work is taken out of it, asked about and put back."""

    def __init__(self, question: DayProblem, plan: Plan) -> None:
        # How many promises may move was settled by making the plan; here it would only slow down.
        whole = question.problem
        problem = replace(whole, stability=replace(whole.stability, budget=None))
        self._day = WarmDay(problem, plan)
        self._question = replace(question, problem=problem, current=plan)
        self._telling = Telling(self._question)
        self._numbers = {each.id: number for number, each in enumerate(problem.technicians)}
        self._places = {
            stop.job: (route.technician, position)
            for route in plan.routes
            for position, stop in enumerate(route.stops)
        }

    def reason(self, job: str) -> Reason | None:
        if job not in self._places:
            return None
        technician, position = self._places[job]
        who, stated = self._numbers[technician], self._day.live.stated
        served = stated[who]
        self._day.leave_out(job)
        way = Way(served - stated[who], who, position)
        found = self._best(job, self._day.rank(job), way)
        self._day.serve(job, technician, position)
        return found

    def _best(self, job: str, ranking: Ranking, way: Way) -> Reason | None:
        """What says most for this way of doing it, of all ways there are."""
        live = self._day.live
        worth = live.shapes.drop[ranking.job]
        ways = dict(best_of_each(self._question, ranking))
        person = self._question.problem.technicians[way.technician].id
        ways.setdefault(self._question.people[person], way)
        figures = [(each.added - worth, *outline(live, ranking, each)) for each in ways.values()]
        told = candidate(live, ranking, way)
        reasons = self._telling.reasons(job, told, Field.of(figures))
        return min(reasons, key=lambda reason: SAYS_MOST.index(reason.code), default=None)
