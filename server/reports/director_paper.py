"""The page of whoever directs, on paper: kept, at risk and felt, money, and three trends.

How it is drawn is in `paper`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.cases import Wanted
from server.regions.tables import Region
from server.reports.director import director_report
from server.reports.reader import words_of
from server.reports.schemas import DirectorReportOut, TrendOut
from server.reports.sheet import Sheet, Table
from server.reports.told import (
    NONE,
    Defined,
    cause_of,
    defined_by,
    definitions,
    figures_table,
    parts_of,
    period,
    score_tables,
    title_of,
    value_on,
)
from server.reports.words import Words

# Shares nearer to each other than this, in points, are told as the same.
AS_BEFORE = Decimal("0.05")
FEWEST_POINTS = 2


async def director_sheet(session: AnySession, scope: Scope, wanted: Wanted, now: datetime) -> Sheet:
    """What `director_report` tells the caller, in their words."""
    found = await director_report(session, scope, wanted, now)
    words = await words_of(session, scope)
    region = None if wanted.region_id is None else await session.get_one(Region, wanted.region_id)
    name = words.say("admin.regions_of.every") if region is None else region.name
    return Directed(found, words).sheet(name, now)


@dataclass(frozen=True, slots=True)
class Directed:
    """The report and the words it is told in."""

    found: DirectorReportOut
    words: Words

    def sheet(self, name: str, now: datetime) -> Sheet:
        return Sheet(
            language=self.words.language,
            title=self.words.say("admin.report.title", name=name),
            about=period(self.words, self.found.from_day, self.found.to_day),
            sentences=[*self._sentences()],
            tables=[*self._tables()],
            notes_title=self.words.say("admin.figure.definitions"),
            notes=[*definitions(self.words, self._defined())],
            made_at=now,
        )

    def _sentences(self) -> Iterator[str]:
        say, risk, money = self.words.say, self.found.at_risk, self.found.money
        yield say(
            "admin.report.melons", count=self.found.watermelons, whole=self.found.interventions
        )
        yield say("admin.report.open_now", count=risk.open)
        number = self.words.number
        yield say("admin.report.risk_now", risk=number(risk.at_risk), overdue=number(risk.overdue))
        yield say("admin.report.risk_money", money=self._sums(risk.money))
        yield say("admin.report.approved", money=self._sums(money.approved))
        yield say("admin.report.proposed", money=self._sums(money.proposed))

    def _sums(self, by_currency: Mapping[str, str]) -> str:
        told = [self.words.money(amount, currency) for currency, amount in by_currency.items()]
        return " + ".join(told) or self.words.say("admin.report.no_money")

    def _tables(self) -> Iterator[Table]:
        say, found = self.words.say, self.found
        yield figures_table(self.words, say("admin.report.overall"), found.headline)
        yield figures_table(self.words, say("admin.figure.promised"), found.kept)
        yield figures_table(self.words, say("admin.figure.felt"), found.felt)
        yield from score_tables(self.words, found.felt)
        yield from map(self._trend, found.trends)
        yield self._causes()
        yield self._teams()

    def _trend(self, trend: TrendOut) -> Table:
        columns = ("report.from_day", "report.value", "figure.rests_on")
        return Table(
            self._trend_title(trend),
            [self.words.say(f"admin.{key}") for key in columns],
            [
                (
                    self.words.day(each.from_day),
                    NONE if each.value is None else self.words.percent(each.value),
                    parts_of(self.words, each.numerator, each.denominator),
                )
                for each in trend.points
            ],
            (75, 30, 70),
        )

    def _trend_title(self, trend: TrendOut) -> str:
        """What the line tells, over what was not measured: from where to where."""
        say, name = self.words.say, title_of(self.words, trend.measure, trend.clock)
        known = [Decimal(each.value) for each in trend.points if each.value is not None]
        if len(known) < FEWEST_POINTS:
            return say("admin.report.trend.none", name=name)
        first, last = (self.words.percent(str(each), places=2) for each in (known[0], known[-1]))
        if abs(known[-1] - known[0]) < AS_BEFORE:
            return say("admin.report.trend.same", name=name, last=last)
        way = "up" if known[-1] > known[0] else "down"
        return say(f"admin.report.trend.{way}", name=name, first=first, last=last)

    def _causes(self) -> Table:
        say, causes = self.words.say, self.found.money.causes
        return Table(
            say("admin.report.causes"),
            (say("admin.ledger.cause"), say("admin.report.amount"), say("admin.report.breaches")),
            [
                (
                    cause_of(self.words, each.cause),
                    self.words.money(each.amount, each.currency),
                    self.words.number(each.breaches),
                )
                for each in causes
            ],
            (95, 40, 40),
            after="" if causes else say("admin.report.no_causes"),
        )

    def _teams(self) -> Table:
        say, teams = self.words.say, self.found.teams
        figures = teams[0].figures if teams else []
        titles = [title_of(self.words, each.measure, each.clock) for each in figures]
        return Table(
            say("admin.report.teams"),
            (say("word.region"), *titles),
            [(team.name, *(value_on(self.words, each) for each in team.figures)) for team in teams],
            (55, *[40] * len(titles)),
            after="" if teams else say("admin.figure.nothing"),
        )

    def _defined(self) -> list[Defined]:
        teams = [figure for team in self.found.teams for figure in team.figures]
        trends = [(each.measure, each.definition_version) for each in self.found.trends]
        figures = [*self.found.headline, *self.found.kept, *self.found.felt]
        return [*defined_by(figures), *trends, *defined_by(teams)]
