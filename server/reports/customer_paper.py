"""The page for the review with a customer, on paper: both sides, and the agenda of what happened.

How it is drawn is in `paper`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.improvements.schemas import ImprovementOut
from server.kit.database import AnySession
from server.measures.cases import Wanted
from server.measures.schemas import FigureOut
from server.reports.agenda import Agenda, agenda_of
from server.reports.customers import customer_report
from server.reports.reader import Reader, reader_of
from server.reports.schemas import CustomerReportOut
from server.reports.sheet import Sheet, Table
from server.reports.told import (
    NONE,
    Defined,
    defined_by,
    definitions,
    figures_table,
    period,
    score_tables,
    services_table,
)
from server.reports.words import Words

WIDE = 175


async def customer_sheet(
    session: AnySession,
    scope: Scope,
    customer_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> Sheet:
    """What `customer_report` tells the caller, with the agenda; days are those of the regions."""
    found = await customer_report(session, scope, customer_id, from_day, to_day, now=now)
    wanted = Wanted(from_day, to_day, customer_id=customer_id)
    agenda = await agenda_of(session, scope, wanted, now)
    return Reviewed(found, agenda, await reader_of(session, scope)).sheet(now)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The report, its agenda, and whoever reads them."""

    found: CustomerReportOut
    agenda: Agenda
    reader: Reader

    @property
    def words(self) -> Words:
        return self.reader.words

    def sheet(self, now: datetime) -> Sheet:
        say, found = self.words.say, self.found
        count = say("admin.report.count", count=found.interventions)
        return Sheet(
            language=self.words.language,
            title=say("admin.report.title", name=found.name),
            about=f"{period(self.words, found.from_day, found.to_day)} {count}.",
            sentences=[
                say("admin.report.melons", count=found.watermelons, whole=found.interventions)
            ],
            tables=[*self._tables()],
            notes_title=say("admin.figure.definitions"),
            notes=[*definitions(self.words, self._defined())],
            made_at=now,
        )

    def _tables(self) -> Iterator[Table]:
        say, found = self.words.say, self.found
        yield figures_table(self.words, say("admin.figure.promised"), found.kept)
        yield figures_table(self.words, say("admin.figure.felt"), found.felt)
        yield from score_tables(self.words, found.felt)
        yield self._breaches()
        yield self._meetings()
        yield self._commitments()
        yield self._voices()
        yield self._improvements()
        yield self._lifts()
        names = [self.reader.service(each.service) for each in found.services]
        yield services_table(self.words, found.services, names)

    def _table(
        self, title: str, keys: Sequence[str], rows: Sequence[Sequence[str]], empty: str
    ) -> Table:
        """Texts, side by side."""
        columns = [self.words.say(f"admin.{key}") for key in keys]
        after = "" if rows else self.words.say(f"admin.{empty}")
        widths = [WIDE // len(columns)] * len(columns)
        return Table(title, columns, rows, widths, after, numbers_from=len(columns))

    def _breaches(self) -> Table:
        rows = [
            (
                each.number,
                each.site_name,
                self.words.word_for("clock", each.clock),
                self._day(each.occurred_at, each.region_id),
            )
            for each in self.agenda.breaches
        ]
        title = self.words.say("admin.report.agenda_breaches", count=len(rows))
        keys = ("ledger.intervention", "report.site", "report.promise", "report.day")
        return self._table(title, keys, rows, "report.no_breaches")

    def _meetings(self) -> Table:
        return self._counted(
            "meeting.title",
            "meeting.level",
            [
                (
                    each.agreement_number,
                    self.words.word_for("admin.level", each.level),
                    self._days(each.missed_on),
                    self.words.number(each.held),
                    self.words.number(each.missed),
                )
                for each in self.found.meetings
            ],
            "report.no_meetings",
        )

    def _commitments(self) -> Table:
        return self._counted(
            "commitment.title",
            "commitment.what",
            [
                (
                    each.agreement_number,
                    each.text,
                    self._days(each.missed_on),
                    self.words.number(each.kept),
                    self.words.number(each.missed),
                )
                for each in self.found.commitments
            ],
            "report.no_commitments",
        )

    def _counted(self, title: str, what: str, rows: Sequence[Sequence[str]], empty: str) -> Table:
        """What was to happen again and again: how often it did, and when not."""
        say = self.words.say
        keys = ("report.agreement", what, "report.missed_on", "report.held", "report.not_held")
        return Table(
            say(f"admin.{title}"),
            [say(f"admin.{key}") for key in keys],
            rows,
            (35, 50, 45, 22, 23),
            after="" if rows else say(f"admin.{empty}"),
            numbers_from=3,
        )

    def _voices(self) -> Table:
        say = self.words.say
        rows = [
            (
                each.number,
                each.text or say("admin.experience.no_words"),
                self._day(each.raised_at, each.region_id),
            )
            for each in self.agenda.voices
        ]
        title = say("admin.report.agenda_voices", count=len(rows))
        keys = ("ledger.intervention", "experience.their_words", "report.day")
        return self._table(title, keys, rows, "experience.no_voices")

    def _improvements(self) -> Table:
        rows = [
            (self._improvement(each), each.owner_name or NONE, self.words.day(each.due_on))
            for each in self.agenda.improvements
        ]
        title = self.words.say("admin.report.agenda_improvements", count=len(rows))
        keys = ("experience.what_it_is", "experience.owner", "experience.due")
        return self._table(title, keys, rows, "experience.no_improvements")

    def _improvement(self, improvement: ImprovementOut) -> str:
        """What it is called; what a rule opened is told from what the rule saw."""
        if improvement.title:
            return improvement.title
        words, facts = self.words, improvement.facts
        count = int(facts.get("count", 0))
        match improvement.origin:
            case "breaches":
                return words.say("admin.experience.rule.breaches", count=count)
            case "recurring_fault":
                return words.say(
                    "admin.experience.rule.recurring",
                    count=count,
                    asset=facts.get("asset_name", ""),
                    cause=words.word_for("cause", str(facts.get("cause", ""))),
                )
        return words.say(
            "admin.experience.rule.ratchet",
            clock=words.word_for("clock", str(facts.get("clock", ""))),
            share=words.percent(str(facts.get("attainment") or 0)),
        )

    def _lifts(self) -> Table:
        say, lifts = self.words.say, self.found.lifts
        rows = [
            (
                f"{each.site_name}, {each.name}",
                self.words.hours(each.down_minutes),
                NONE if each.availability is None else self.words.percent(each.availability),
            )
            for each in lifts
        ]
        keys = ("report.lift", "ledger.down", "measure.availability")
        return Table(
            say("admin.report.lifts"),
            [say(f"admin.{key}") for key in keys],
            rows,
            (105, 35, 35),
            after="" if rows else say("admin.ledger.never_down"),
        )

    def _day(self, at: datetime, region_id: UUID) -> str:
        return self.words.day_at(at, self.agenda.zones[region_id])

    def _days(self, days: Sequence[date]) -> str:
        return ", ".join(map(self.words.day, days))

    def _defined(self) -> list[Defined]:
        kept: list[FigureOut] = [figure for each in self.found.services for figure in each.figures]
        return defined_by([*self.found.kept, *self.found.felt, *kept])
