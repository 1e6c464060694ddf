"""The work of a region on paper: where the time went, what was planned and what came of it.

How it is drawn is in `paper`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.schemas import CapacityWeekOut, SkillCapacityOut
from server.reports.reader import Reader, reader_of
from server.reports.regions import region_report
from server.reports.schemas import RegionReportOut
from server.reports.sheet import Sheet, Table
from server.reports.told import (
    NONE,
    Defined,
    defined_by,
    definitions,
    figures_table,
    period,
    services_table,
)
from server.reports.words import Words

PARTS = ("travel", "waiting", "on_site", "rest")


async def region_sheet(
    session: AnySession,
    scope: Scope,
    region_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> Sheet:
    """What `region_report` tells the caller, in their words."""
    found = await region_report(session, scope, region_id, from_day, to_day, now=now)
    return Worked(found, await reader_of(session, scope)).sheet(now)


@dataclass(frozen=True, slots=True)
class Worked:
    """The report and whoever reads it."""

    found: RegionReportOut
    reader: Reader

    @property
    def words(self) -> Words:
        return self.reader.words

    def sheet(self, now: datetime) -> Sheet:
        say = self.words.say
        return Sheet(
            language=self.words.language,
            title=say("admin.report.title", name=self.found.name),
            about=period(self.words, self.found.from_day, self.found.to_day),
            sentences=[f"{self._parts_title()}.", self._team()],
            tables=[*self._tables()],
            notes_title=say("admin.figure.definitions"),
            notes=[*definitions(self.words, self._defined())],
            made_at=now,
        )

    def _team(self) -> str:
        return f"{self.words.say('admin.report.technicians', count=self.found.technicians)}."

    def _parts_title(self) -> str:
        parts = self.found.parts
        if parts.shift_minutes == 0:
            return self.words.say("admin.report.parts.none")
        return self.words.say(
            "admin.report.parts.told",
            on_site=self._share(parts.on_site_percent),
            travel=self._share(parts.travel_percent),
        )

    def _share(self, percent: str | None) -> str:
        return NONE if percent is None else self.words.percent(percent)

    def _tables(self) -> Iterator[Table]:
        yield self._parts()
        yield figures_table(self.words, self.words.say("admin.report.work"), self.found.figures)
        yield self._capacity()
        names = [self.reader.service(each.service) for each in self.found.services]
        yield services_table(self.words, self.found.services, names)

    def _parts(self) -> Table:
        say, parts = self.words.say, self.found.parts
        rows = [
            (name, getattr(parts, f"{name}_minutes"), getattr(parts, f"{name}_percent"))
            for name in PARTS
        ]
        rows.append(("whole", parts.shift_minutes, "100"))
        return Table(
            say("admin.report.part.whole"),
            [say(f"admin.report.{key}") for key in ("part", "time", "share")],
            [
                (say(f"admin.report.part.{name}"), self.words.hours(minutes), self._share(percent))
                for name, minutes, percent in rows
            ],
            (95, 40, 40),
        )

    def _capacity(self) -> Table:
        say, capacity = self.words.say, self.found.capacity
        weeks = capacity.skills[0].weeks if capacity.skills else []
        what = say("admin.capacity.what", points=self.words.figure(capacity.alert_above))
        return Table(
            say("admin.capacity.title"),
            (
                say("admin.capacity.skill"),
                *(say("admin.capacity.week", day=self.words.day(each.from_day)) for each in weeks),
                say("admin.capacity.rise"),
            ),
            [self._skill(each) for each in capacity.skills],
            (30, *[30] * len(weeks), 25),
            after=what if capacity.skills else say("admin.figure.nothing"),
        )

    def _skill(self, capacity: SkillCapacityOut) -> tuple[str, ...]:
        say, skill = self.words.say, capacity.skill
        name = self.words.word_for("skill", skill) if skill else say("admin.capacity.all")
        rise = self._rise(capacity.rise_points)
        told = say("admin.capacity.alert", rise=rise) if capacity.is_alert else rise
        return name, *map(self._week, capacity.weeks), told

    def _rise(self, points: str | None) -> str:
        if points is None:
            return NONE
        written = self.words.figure(points, places=1)
        return f"+{written}" if Decimal(points) > 0 and written != "0" else written

    def _week(self, week: CapacityWeekOut) -> str:
        demand = self.words.hours(week.demand_minutes)
        if week.load is None:
            return self.words.say("admin.capacity.none", demand=demand)
        return self.words.say(
            "admin.capacity.of",
            demand=demand,
            available=self.words.hours(week.available_minutes),
            load=self.words.percent(week.load, places=1),
        )

    def _defined(self) -> list[Defined]:
        found = self.found
        kept = [figure for each in found.services for figure in each.figures]
        load = ("capacity_load", found.capacity.definition_version)
        return [*defined_by(found.figures), load, *defined_by(kept)]
