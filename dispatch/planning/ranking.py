"""Every technician's cheapest way to take one waiting job, and for everyone else the reason.

What a candidate's card says of a way is in `recommendation`; the compiled engine's ways come from
`laid_out`, and are the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from dispatch.planning.completing import Completing
from dispatch.planning.crews import Crews, Member, days_with
from dispatch.planning.finishing import itinerary
from dispatch.planning.live import LivePlan
from dispatch.planning.obstacles import too_much_overtime
from dispatch.planning.plan import Reason
from dispatch.planning.reasons import cheapest_way, crew_reason, reason_against
from dispatch.planning.timing import Itinerary
from dispatch.planning.tour import Tour


class Way(NamedTuple):
    """How a technician would take the job: the change of the total, where, and who gives way.

    `crew` is everybody who begins it together, with their positions, at `start`. In order the
    cheapest is first, of equal ones the technician whom the problem names first.
    """

    added: int
    technician: int
    position: int
    dropped: tuple[int, ...] = ()
    crew: tuple[Member, ...] = ()
    start: int = 0


def way_of(live: LivePlan, technician: int, job: int, *, may_drop: bool = True) -> Way | None:
    """Find one technician's cheapest way in readable steps; none if the rules allow none."""
    option = cheapest_way(live, technician, job, may_drop=may_drop)
    if option is None:
        return None
    return Way(option.added, technician, option.tour.jobs.index(job), option.dropped)


def ranked(live: LivePlan, job: int, *, may_drop: bool = True) -> "Ranking":
    """Rank everybody for a waiting job in readable steps; a crew displaces nothing.

    Where days depend on each other every figure is of the whole plan, timed and billed anew.
    """
    people = range(len(live.problem.technicians))
    if live.problem.jobs[job].crew == 1:
        return Ranking(live, job, [way_of(live, who, job, may_drop=may_drop) for who in people])
    together = Completing(live, job)
    return Ranking(live, job, [_with_crew(together.crews, who) for who in people], together)


def _with_crew(crews: Crews, technician: int) -> Way | None:
    crew = crews.cheapest_with(technician)
    if crew is None:
        return None
    position = dict(crew.members)[technician]
    return Way(crew.added, technician, position, (), crew.members, crew.start)


class Ranking:
    """Who could take the job, best first; reasons against the others are found when asked for."""

    def __init__(
        self,
        live: LivePlan,
        job: int,
        ways: Sequence[Way | None],
        together: Completing | None = None,
        too_late: Mapping[int, int] | None = None,
    ) -> None:
        """`too_late` tells of technicians whom only overtime stops when they could be back."""
        self._live = live
        self._too_late = too_late or {}
        self._together = together
        self.job = job
        self._found = ways
        worth = live.shapes.drop[job]
        self.ways = sorted(way for way in ways if way is not None and way.added <= worth)

    def of(self, technician: int) -> Way | None:
        """This technician's way, if it is worth its cost."""
        way = self._found[technician]
        return None if way is None or self._is_too_dear(way) else way

    def tour(self, way: Way) -> Tour:
        """The technician's day with the job, which no crew begins together."""
        shapes, tour = self._live.shapes, self._live.draft.tours[way.technician]
        shorter = tour.without(shapes, set(way.dropped)) if way.dropped else tour
        return shorter.with_job(shapes, self.job, way.position)

    def days(self, way: Way) -> Mapping[int, Itinerary]:
        """The day with the job of the technician, and of everybody who begins it with them."""
        if way.crew:
            return days_with(self._live, self.job, way.start, way.crew)
        return {way.technician: itinerary(self._live.shapes, self.tour(way))}

    @cached_property
    def blocked(self) -> tuple[Reason, ...]:
        """Why the others cannot, in the problem's order."""
        return tuple(self.reasons())

    def reasons(self, among: Collection[int] | None = None) -> Iterator[Reason]:
        """The same one by one, of these technicians alone if any are named."""
        for technician, way in enumerate(self._found):
            if way is not None and not self._is_too_dear(way):
                continue
            if among is not None and technician not in among:
                continue
            added = None if way is None else way.added
            if technician in self._too_late:
                yield too_much_overtime(self._live.shapes, technician, self._too_late[technician])
            elif self._together is None:
                yield reason_against(self._live, technician, self.job, added)
            else:
                yield crew_reason(self._live, technician, self.job, added, self._together)

    def _is_too_dear(self, way: Way) -> bool:
        return way.added > self._live.shapes.drop[self.job]
