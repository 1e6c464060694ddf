"""Every technician's cheapest way to take one waiting job, and for everyone else the reason.

What a candidate's card says of a way is in `recommendation`; the compiled engine's ways come from
`laid_out`, and are the same.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Reason
from dispatch.planning.reasons import cheapest_way, reason_against
from dispatch.planning.tour import Tour


class Way(NamedTuple):
    """How a technician would take the job: the change of the total, where, and who gives way.

    In order the cheapest is first, of equal ones the technician whom the problem names first.
    """

    added: int
    technician: int
    position: int
    dropped: tuple[int, ...] = ()


def way_of(live: LivePlan, technician: int, job: int) -> Way | None:
    """Find one technician's cheapest way in readable steps; none if the rules allow none."""
    option = cheapest_way(live, technician, job, may_drop=True)
    if option is None:
        return None
    return Way(option.added, technician, option.tour.jobs.index(job), option.dropped)


class Ranking:
    """Who could take the job, best first; reasons against the others are found when asked for."""

    def __init__(self, live: LivePlan, job: int, ways: Sequence[Way | None]) -> None:
        self._live = live
        self.job = job
        self._found = ways
        worth = live.shapes.drop[job]
        self.ways = sorted(way for way in ways if way is not None and way.added <= worth)

    def of(self, technician: int) -> Way | None:
        """This technician's way, if it is worth its cost."""
        way = self._found[technician]
        return None if way is None or self._is_too_dear(way) else way

    def tour(self, way: Way) -> Tour:
        """The technician's day with the job."""
        shapes, tour = self._live.shapes, self._live.draft.tours[way.technician]
        shorter = tour.without(shapes, set(way.dropped)) if way.dropped else tour
        return shorter.with_job(shapes, self.job, way.position)

    @cached_property
    def blocked(self) -> tuple[Reason, ...]:
        """Why the others cannot, in the problem's order."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[Reason]:
        for technician, way in enumerate(self._found):
            if way is None or self._is_too_dear(way):
                added = None if way is None else way.added
                yield reason_against(self._live, technician, self.job, added)

    def _is_too_dear(self, way: Way) -> bool:
        return way.added > self._live.shapes.drop[self.job]
