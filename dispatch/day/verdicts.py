"""Whoever moves a visit by hand is told for everybody and every start what would come of it.

The starts themselves are tried in `dispatch.planning.dropping`; here seconds become instants, and
what is owed is what was promised to the customer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dispatch.day.day import Work
from dispatch.day.places import seconds_after
from dispatch.day.question import DayProblem
from dispatch.day.told import about
from dispatch.planning.dropping import FITS, Dropped, dropped, dropped_on_each
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Reason

STEP = 300  # seconds between the starts a page is told about
NEVER = 1 << 40
NO_BAR = {"dearer_than_dropping"}  # a dispatcher may give what the planner would rather drop


@dataclass(frozen=True, slots=True)
class Pushed:
    """A visit that begins later because of it, from when to when; whether its promise breaks."""

    work: str
    starts_before: datetime
    starts_after: datetime
    travel_seconds: int
    promise_breaks: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of every start from one instant to another, both included.

    Without a `reason` it can be done. `pushed`, and `overtime` in seconds, are those of the last.
    """

    from_at: datetime
    to_at: datetime
    reason: Reason | None
    pushed: tuple[Pushed, ...] = ()
    is_late: bool = False
    overtime: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One person: why they cannot at all, or the verdicts in order."""

    person: str
    reason: Reason | None
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One stretch's starts with what they cost others: by start, and by job where `breaking`."""

    dropped: Dropped
    breaking: NDArray[np.bool_]
    is_late: NDArray[np.bool_]
    overtime: NDArray[np.int64]


class Trying:
    """One piece of work of a day, held above it: nobody does it, and everybody might."""

    def __init__(self, question: DayProblem, live: LivePlan, work: str) -> None:
        self.question, self.live = question, live
        self.work = question.work[work]
        self.job = live.shapes.ids[work]
        every = question.work  # laid out once: there may be thousands
        # Work that has left the day waits in its plan until that is laid out anew: nobody has it.
        self._due = {
            number: self._due_of(every[job.id])
            for number, job in enumerate(live.problem.jobs)
            if job.id in every
        }
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, technician in enumerate(live.problem.technicians):
            self._numbers[question.people[technician.id]].append(number)

    def rows(self, blocked: Sequence[Reason], persons: Collection[str] | None = None) -> list[Row]:
        """Everybody of the day, or these; `blocked` tells who cannot whatever the time, and why."""
        against = {reason.technician: reason for reason in blocked}
        crew = [person.technician.id for person in self.question.day.crew]
        asked = crew if persons is None else [person for person in crew if person in persons]
        unable = {each: reason for each, reason in against.items() if reason.code not in NO_BAR}
        stretches = {each: [*self._stretches(each)] for each in asked if each not in unable}
        grids = {who: self._grid(who) for each in stretches.values() for who in each}
        found = dropped_on_each(self.live, self.job, grids)
        verdicts = {each.technician: [*self._verdicts(each)] for each in found}
        return [
            Row(person, unable[person])
            if person in unable
            else self._row(person, [one for who in stretches[person] for one in verdicts[who]])
            for person in asked
        ]

    def stretches_of(self, persons: Collection[str]) -> frozenset[int]:
        """The planning technicians of these persons, by their places in the problem."""
        return frozenset(who for person in persons for who in self._stretches(person))

    def at(self, person: str, starts_at: datetime) -> Verdict | None:
        """What comes of exactly this start; none for somebody who is not on duty that day."""
        second = seconds_after(self.question.day.starts_at, starts_at)
        tries = [dropped(self.live, who, self.job, [second]) for who in self._stretches(person)]
        verdicts = [
            self._verdict(self._costing(each), 0, 0)
            for each in tries
            if self._reaches(each, second)
        ]
        possible = (each for each in verdicts if each.reason is None)
        return next(possible, verdicts[0] if verdicts else None)

    def _row(self, person: str, verdicts: Sequence[Verdict]) -> Row:
        return Row(person, None if verdicts else Reason(person, "off_shift"), tuple(verdicts))

    def _stretches(self, person: str) -> Sequence[int]:
        """The planning technicians of a person who could be given the work at all."""
        return self._numbers.get(person, ())

    def _grid(self, who: int) -> range:
        """Every few minutes from when the technician leaves until their day must be over."""
        route = self.live.shapes.routes[who]
        first = -(-max(route.leave, self.live.problem.now) // STEP) * STEP
        return range(first, route.latest_return, STEP)

    def _reaches(self, tried: Dropped, second: int) -> bool:
        route = self.live.shapes.routes[tried.technician]
        return route.leave <= second < route.latest_return

    def _verdicts(self, tried: Dropped) -> Iterator[Verdict]:
        """Neighbouring starts with the same consequences are one verdict."""
        if len(tried.starts) == 0:
            return
        found = self._costing(tried)
        fits = tried.code == FITS
        said = np.column_stack(
            (tried.code, tried.held, found.is_late & fits, (found.overtime > 0) & fits)
        )
        others = np.column_stack((tried.delays() > 0, found.breaking)) & fits[:, None]
        same = np.column_stack((said, others))
        changes = np.nonzero((same[1:] != same[:-1]).any(axis=1))[0] + 1
        bounds = [0, *changes.tolist(), len(tried.starts)]
        for first, following in pairwise(bounds):
            yield self._verdict(found, first, following - 1)

    def _costing(self, tried: Dropped) -> Tried:
        due = np.array([self._due[job] for job in tried.jobs], dtype=np.int64)
        return Tried(
            tried,
            breaking=(tried.begins > due) & (tried.stood <= due),
            is_late=tried.starts > self._due[self.job],
            overtime=np.maximum(tried.back - self.live.ends(tried.technician), 0),
        )

    def _verdict(self, found: Tried, first: int, last: int) -> Verdict:
        tried = found.dropped
        start, end = (self.question.instant(int(tried.starts[each])) for each in (first, last))
        reason = tried.reason(self.live, first)
        if reason is not None:
            assert reason.technician is not None
            person = self.question.people[reason.technician]
            return Verdict(start, end, about(self.question, person, reason))
        return Verdict(
            start,
            end,
            None,
            pushed=tuple(self._pushed(found, last)),
            is_late=bool(found.is_late[last]),
            overtime=int(found.overtime[last]),
        )

    def _pushed(self, found: Tried, place: int) -> Iterator[Pushed]:
        tried = found.dropped
        later = np.nonzero(tried.begins[place] > tried.stood)[0].tolist()
        travel = self._travel(tried, place) if later else {}
        for column in later:
            job = tried.jobs[column]
            yield Pushed(
                self.live.problem.jobs[job].id,
                self.question.instant(int(tried.stood[column])),
                self.question.instant(int(tried.begins[place, column])),
                travel[job],
                bool(found.breaking[place, column]),
            )

    def travel(self, person: str, starts_at: datetime) -> int:
        """The drive to the work itself if it begins then, in seconds."""
        second = seconds_after(self.question.day.starts_at, starts_at)
        for who in self._stretches(person):
            tried = dropped(self.live, who, self.job, [second])
            if self._reaches(tried, second):
                return self._travel(tried, 0)[self.job]
        return 0

    def _travel(self, tried: Dropped, place: int) -> Mapping[int, int]:
        """The drive to each job of the day with the work in its place."""
        position = int(tried.position[place])
        order = [*tried.jobs[:position], self.job, *tried.jobs[position:]]
        shapes = self.live.shapes
        route = shapes.routes[tried.technician]
        stops = [shapes.starts[tried.technician][job].place for job in order]
        legs = pairwise([route.start, *stops])
        return {job: shapes.travel[one][two] for job, (one, two) in zip(order, legs, strict=True)}

    def _due_of(self, work: Work) -> int:
        due = work.due_at
        return NEVER if due is None else int((due - self.question.day.starts_at).total_seconds())
