"""A building manager's month on paper: the rows of the page, in the reader's words.

How it is drawn is in `paper`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.accounts.scope import Scope
from server.credits.schemas import PortalCreditNoteOut
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.mail.words import asset_title
from server.reports.portal import portal_month
from server.reports.portal_schemas import PortalFigureOut, PortalLiftMonthOut, PortalMonthOut
from server.reports.reader import words_of
from server.reports.sheet import Sheet, Table
from server.reports.words import Words

NONE = "–"
MINUTE = 60


async def month_sheet(session: AnySession, scope: Scope, month: str, now: datetime) -> Sheet:
    """One month of the manager's company, as `portal_month` tells it, ready to be drawn."""
    found = await portal_month(session, scope, month, now)
    customer = await session.get_one(Customer, scope.customer_id)
    return Month(found, await words_of(session, scope)).sheet(customer.name)


@dataclass(frozen=True, slots=True)
class Month:
    """A month and the words it is told in."""

    found: PortalMonthOut
    words: Words

    def sheet(self, customer_name: str) -> Sheet:
        say = self.words.say
        return Sheet(
            language=self.words.language,
            title=say("portal.month.title", month=self._month(self.found.from_day)),
            about=f"{customer_name}. {self._period()}",
            sentences=[*self._sentences()],
            tables=[*self._tables()],
            notes_title=say("portal.month.counted"),
            notes=[*self._notes()],
            made_at=self.found.as_of,
        )

    def _month(self, day: date) -> str:
        return self.words.month(day)

    def _period(self) -> str:
        month = self._month(self.found.from_day)
        if not self.found.is_over:
            return self.words.say("portal.month.so_far", month=month)
        last = self.found.to_day - timedelta(days=1)
        return self.words.say("portal.month.whole", month=month, day=self.words.day(last))

    def _sentences(self) -> Iterator[str]:
        """The whole month in a few plain sentences, the most important first."""
        say, found = self.words.say, self.found
        yield say("portal.month.reported", count=found.interventions)
        yield self._came()
        if found.lifts:
            lost = sum(each.downtime_seconds for each in found.lifts)
            stood = say("portal.month.stood", duration=self.words.duration(lost))
            yield say("portal.month.never_stood") if lost < MINUTE else stood
        yield self._felt()
        for currency, amount in found.credited.items():
            yield say("portal.month.credited", amount=self.words.money(amount, currency))

    def _came(self) -> str:
        response = next((each for each in self.found.kept if each.clock == "response"), None)
        if response is None:
            return self.words.say("portal.month.nothing_due")
        count, whole = response.numerator, response.denominator
        if count == whole:
            return self.words.say("portal.month.came_all", count=whole)
        return self.words.say("portal.month.came", count=count, whole=whole)

    def _felt(self) -> str:
        asked = (each for each in self.found.felt if each.measure == "csat_top2")
        satisfied = next((each for each in asked if each.denominator), None)
        if satisfied is None:
            return self.words.say("portal.month.nobody_said")
        count, whole = satisfied.numerator, satisfied.denominator
        return self.words.say("portal.month.satisfied", count=count, whole=whole)

    def _tables(self) -> Iterator[Table]:
        if self.found.kept:
            yield self._figures(
                ("promised", "promise", "kept"),
                [(f"clock.{each.clock}", each) for each in self.found.kept],
            )
        if lost := [each for each in self.found.lifts if _is_lost(each)]:
            yield self._lifts(lost)
        if felt := [each for each in self.found.felt if _is_told(each)]:
            yield self._figures(
                ("felt", "question", "answers"),
                [(f"portal.month.measure.{each.measure}", each) for each in felt],
            )
        if self.found.credits:
            title = self.words.say("portal.month.given_back")
            yield Table(title, (), [self._note(each) for each in self.found.credits], (140, 30))

    def _figures(
        self, keys: tuple[str, str, str], figures: Sequence[tuple[str, PortalFigureOut]]
    ) -> Table:
        title, about, parts = (self.words.say(f"portal.month.{key}") for key in keys)
        share, left_out = (self.words.say(f"portal.month.{key}") for key in ("share", "left_out"))
        rows = [
            (self._named(name, each), self._parts(each), self._share(each), self._outside(each))
            for name, each in figures
        ]
        return Table(title, (about, parts, share, left_out), rows, (60, 30, 25, 60))

    def _named(self, key: str, figure: PortalFigureOut) -> str:
        is_missed = figure.clock is not None and figure.numerator < figure.denominator
        return self._marked(self.words.say(key), is_missed=is_missed)

    def _marked(self, name: str, *, is_missed: bool) -> str:
        return f"{name} ({self.words.say('portal.month.missed')})" if is_missed else name

    def _parts(self, figure: PortalFigureOut) -> str:
        part, whole = map(self.words.number, (figure.numerator, figure.denominator))
        return self.words.say("portal.month.of", part=part, whole=whole)

    def _share(self, figure: PortalFigureOut) -> str:
        return NONE if figure.value is None else self.words.percent(figure.value)

    def _outside(self, figure: PortalFigureOut) -> str:
        told = [
            self.words.say(f"portal.month.outside.{self._reason(reason)}", count=count)
            for reason, count in figure.outside.items()
        ]
        return ", ".join(told) or NONE

    def _reason(self, reason: str) -> str:
        return reason if self.words.knows(f"portal.month.outside.{reason}") else "unknown"

    def _lifts(self, lost: Sequence[PortalLiftMonthOut]) -> Table:
        say = self.words.say
        keys = ("lift", "stood_still", "ran", "agreed")
        others = len(self.found.lifts) - len(lost)
        # What is promised stands last, where anything is.
        columns = len(keys) if any(each.target_percent is not None for each in lost) else 3
        return Table(
            say("portal.month.lifts"),
            tuple(say(f"portal.month.{key}") for key in keys)[:columns],
            [self._lift(each)[:columns] for each in lost],
            (85, 30, 30, 30)[:columns],
            after=say("portal.month.others", count=others) if others else "",
        )

    def _lift(self, lift: PortalLiftMonthOut) -> Sequence[str]:
        seconds, agreed = lift.downtime_seconds, lift.target_percent
        name = asset_title(self.words.language, lift.name)
        return (
            self._marked(f"{lift.site_name}, {name}", is_missed=lift.is_met is False),
            NONE if seconds < MINUTE else self.words.duration(seconds),
            self._share(lift.availability),
            NONE if agreed is None else self.words.percent(agreed),
        )

    def _note(self, note: PortalCreditNoteOut) -> tuple[str, str]:
        approved = self.words.say("portal.credit.approved", day=self.words.day(note.approved_on))
        amount = self.words.money(note.amount, note.currency)
        return f"{note.number}, {approved}. {self._given_for(note)}", amount

    def _given_for(self, note: PortalCreditNoteOut) -> str:
        """What a note is for: the rule that gave most."""
        say = self.words.say
        if note.counters is not None:
            return say("portal.credit.counter", number=note.counters)
        month = self._month(date.fromisoformat(f"{note.month}-01"))
        most = max(note.lines, key=lambda line: float(line.amount), default=None)
        facts = {"month": month, "unit": note.unit_name}
        match most and most.kind:
            case "chronic":
                return say("portal.credit.chronic", **facts)
            case "tier" if most is not None and most.availability is not None:
                percent = self.words.percent(most.availability)
                return say("portal.credit.tier_of", percent=percent, **facts)
            case "tier":
                return say("portal.credit.tier", **facts)
        return say("portal.credit.per_breach", **facts)

    def _notes(self) -> Iterator[tuple[str, str]]:
        """Each definition once, with its version, in the order of the page."""
        found = self.found
        felt = filter(_is_told, found.felt)
        figures = [*found.kept, *felt, *(each.availability for each in found.lifts)]
        for measure, version in {each.measure: each.definition_version for each in figures}.items():
            means = self.words.say(f"portal.month.means.{measure}")
            which = self.words.say("portal.month.version", measure=measure, version=version)
            yield self.words.say(f"portal.month.measure.{measure}"), f"{means} {which}"


def _is_lost(lift: PortalLiftMonthOut) -> bool:
    """Worth a line of its own: it stood still, or ran less than promised."""
    return lift.downtime_seconds >= MINUTE or lift.is_met is False


def _is_told(figure: PortalFigureOut) -> bool:
    """There is something to tell: an answer, or what was left out."""
    return bool(figure.denominator or figure.outside)
