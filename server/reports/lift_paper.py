"""One lift on paper: how long it stood still, by what, in which hours, and what came back.

How it is drawn is in `paper`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.out_of_service import out_of_service
from server.measures.schemas import CriticalOut, OutageOut, OutOfServiceOut
from server.reports.reader import words_of
from server.reports.sheet import Sheet, Table
from server.reports.told import NONE, Defined, cause_of, definitions, period
from server.reports.words import Words
from server.sites.tables import Asset, Site

VERDICTS = {True: "admin.doing.reached", False: "admin.doing.missed"}


async def lift_sheet(
    session: AnySession,
    scope: Scope,
    asset_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> Sheet:
    """What `out_of_service` tells the caller, in their words; times are those of the site."""
    found = await out_of_service(session, scope, asset_id, from_day, to_day, now=now)
    asset = await session.get_one(Asset, asset_id)
    site = await session.get_one(Site, asset.site_id)
    ledger = Stood(found, await words_of(session, scope), site.zone)
    return ledger.sheet(f"{asset.name}, {site.name}", now)


@dataclass(frozen=True, slots=True)
class Stood:
    """The ledger, the words it is told in, and the zone of its clocks."""

    found: OutOfServiceOut
    words: Words
    zone: str

    def sheet(self, name: str, now: datetime) -> Sheet:
        say = self.words.say
        return Sheet(
            language=self.words.language,
            title=say("admin.ledger.of", name=name),
            about=period(self.words, self.found.from_day, self.found.to_day),
            sentences=[self._headline(), say("admin.ledger.about")],
            tables=[*self._tables()],
            notes_title=say("admin.figure.definitions"),
            notes=[*definitions(self.words, self._defined())],
            made_at=now,
        )

    def _headline(self) -> str:
        """What took most, in a sentence."""
        say, found = self.words.say, self.found
        if not found.causes or found.down_minutes == 0:
            return say("admin.ledger.never_down")
        first = found.causes[0]
        facts = {"down": self.words.hours(found.down_minutes)}
        facts["most"] = self.words.hours(first.minutes)
        if first.cause == "":
            return say("admin.ledger.down_unknown", **facts)
        return say("admin.ledger.down_by", cause=cause_of(self.words, first.cause), **facts)

    def _tables(self) -> Iterator[Table]:
        yield self._whole()
        if self.found.critical:
            yield self._critical()
        if self.found.outages:
            yield self._causes()
            yield self._outages()

    def _whole(self) -> Table:
        found, hours = self.found, self.words.hours
        rows = {
            "measure.availability": self._share(found.availability),
            "ledger.target": self._share(found.target_percent),
            "ledger.down": hours(found.down_minutes),
            "ledger.agreed": hours(found.agreed_minutes),
            "ledger.repeats": self.words.number(found.repeats),
        }
        told = [(self.words.say(f"admin.{key}"), value) for key, value in rows.items()]
        return Table(self.words.say("admin.ledger.title"), (), told, (130, 45))

    def _share(self, percent: str | None) -> str:
        return NONE if percent is None else self.words.percent(percent)

    def _critical(self) -> Table:
        keys = ("ledger.window", "ledger.in_window", "ledger.down", "measure.availability")
        return Table(
            self.words.say("admin.site.critical"),
            [self.words.say(f"admin.{key}") for key in (*keys, "ledger.target", "doing.standing")],
            [self._window(each) for each in self.found.critical],
            (45, 25, 25, 30, 25, 25),
        )

    def _window(self, window: CriticalOut) -> tuple[str, ...]:
        return (
            window.name,
            self.words.hours(window.minutes),
            self.words.hours(window.down_minutes),
            self._share(window.availability),
            self._share(window.target_percent),
            NONE if window.is_met is None else self.words.say(VERDICTS[window.is_met]),
        )

    def _causes(self) -> Table:
        say = self.words.say
        return Table(
            say("admin.ledger.causes"),
            [say(f"admin.ledger.{key}") for key in ("cause", "down", "times")],
            [
                (
                    cause_of(self.words, each.cause),
                    self.words.hours(each.minutes),
                    self.words.number(each.outages),
                )
                for each in self.found.causes
            ],
            (105, 40, 30),
        )

    def _outages(self) -> Table:
        say = self.words.say
        keys = ("intervention", "began", "ended", "cause", "down")
        return Table(
            say("admin.ledger.outages"),
            [say(f"admin.ledger.{key}") for key in keys],
            [self._outage(each) for each in self.found.outages],
            (30, 42, 42, 36, 25),
            numbers_from=4,
        )

    def _outage(self, outage: OutageOut) -> tuple[str, ...]:
        say, ended = self.words.say, outage.ended_at
        cause = cause_of(self.words, outage.cause)
        return (
            outage.number,
            self.words.instant(outage.began_at, self.zone),
            say("admin.ledger.still") if ended is None else self.words.instant(ended, self.zone),
            f"{cause} ({say('admin.ledger.repeat')})" if outage.is_repeat else cause,
            self.words.hours(outage.minutes),
        )

    def _defined(self) -> list[Defined]:
        inside = [
            ("critical_availability", each.definition_version) for each in self.found.critical
        ]
        return [("availability", self.found.definition_version), *inside]
