"""The events behind a building manager's month, one line each, as a table.

Whatever the month says can be worked out again from these lines alone; no line says how a promise
ended, only when it was due and what happened when.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.clocks import Clock
from dispatch.hours.instants import from_seconds, to_seconds
from dispatch.hours.spans import open_stretches
from dispatch.measures import Interval
from server.accounts.scope import Scope
from server.agreements.register import safe_cell
from server.credits.schemas import PortalCreditNoteOut
from server.experience.tables import Feedback
from server.kit.database import AnySession
from server.measures.cases import AT_A_TIME, Case, Key, cases
from server.measures.downtime import lost_time
from server.measures.felt import announcements
from server.reports.portal import OwnRegion, credits_of, own_regions, wanted_in
from server.sites.tables import Site

NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One event; `from_at` is when it happened or began, `to_at` when it ended or was to happen.

    `number` is the intervention's or the credit note's, `visit` and `round` count from 1 and 0.
    """

    event: str
    number: str = ""
    site: str = ""
    lift: str = ""
    clock: str = ""
    round: int | None = None
    visit: int | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    value: str = ""
    unit: str = ""


async def events_behind(session: AnySession, scope: Scope, month: str, now: datetime) -> str:
    """The table of one month of the caller's company; instants are UTC."""
    wanted = wanted_in(scope, month)
    own = await own_regions(session, wanted)
    found = await cases(session, [each.region for each in own], wanted, now)
    lines = [Line("report_as_of", from_at=now)]
    for case in found:
        lines += _of_case(case)
    lines += await _visits(session, found)
    lines += await _answers(session, found)
    for each in own:
        lines += await _of_lifts(session, each, now)
    lines += map(_credit, await credits_of(session, scope, month))
    return table(lines)


def table(lines: Sequence[Line]) -> str:
    """RFC 4180 with a first line of names; texts that look like a formula are made plain.

    >>> table([Line("reported", site="=1+1", round=0)]).splitlines()[1]
    "reported,,'=1+1,,,0,,,,,"
    """
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(field.name for field in fields(Line))
    rows.writerows([_cell(value) for value in astuple(line)] for line in lines)
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    text = "" if value is None else str(value)
    return text if NUMBER.fullmatch(text) else safe_cell(text)


def _of_case(case: Case) -> Iterator[Line]:
    """What was reported, and what was promised about it."""
    row, place = case.dossier.intervention, _Place(case)
    yield place.line("reported", row.reported_at)
    if row.agreement_version_id is None and row.source != "plan":
        yield place.line("nothing_promised", row.reported_at)
    if row.out_of_scope_at is not None:
        yield place.line("out_of_scope", row.out_of_scope_at)
    for clock in case.clocks:
        yield from _of_clock(place, clock)
    for event, keys in (
        ("excused", case.excused),
        ("overturned", case.overturned),
        ("counted_elsewhere", case.elsewhere),
    ):
        yield from (place.line(event, None, key=key) for key in sorted(keys))


def _of_clock(place: "_Place", clock: Clock) -> Iterator[Line]:
    """From when it counted until when it was due; then its pauses, and what stopped or ended it."""
    key = clock.kind.value, clock.round
    yield place.line("promised", clock.started_at, clock.deadlines.due, key=key)
    for pause in clock.pauses:
        yield place.line("paused", pause.start, pause.end, key=key)
    if clock.stopped_at is not None:
        yield place.line("done", clock.stopped_at, key=key)
    if clock.ended_at is not None:
        yield place.line("ended_without", clock.ended_at, key=key)


@dataclass(frozen=True, slots=True)
class _Place:
    case: Case

    def line(
        self,
        event: str,
        from_at: datetime | None,
        to_at: datetime | None = None,
        *,
        key: Key | None = None,
        visit: int | None = None,
    ) -> Line:
        """A line about this intervention; `key` names a clock and its round."""
        dossier = self.case.dossier
        return Line(
            event,
            number=dossier.intervention.number,
            site=dossier.site.name,
            lift="" if dossier.asset is None else dossier.asset.code,
            clock="" if key is None else key[0],
            round=None if key is None else key[1],
            visit=visit,
            from_at=from_at,
            to_at=to_at,
        )


async def _visits(session: AnySession, found: Sequence[Case]) -> list[Line]:
    """Who came when, and every arrival that was told before."""
    told: dict[UUID, list[tuple[datetime, datetime]]] = {}
    async for visit_id, at, expected in announcements(session, found):
        told.setdefault(visit_id, []).append((at, expected))
    lines = []
    for case in found:
        place = _Place(case)
        for number, visit in enumerate(case.dossier.visits, start=1):
            if visit.arrived_at is not None:
                for at, expected in told.get(visit.id, ()):
                    lines.append(place.line("arrival_announced", at, expected, visit=number))
                lines.append(place.line("arrived", visit.arrived_at, visit=number))
    return lines


async def _answers(session: AnySession, found: Sequence[Case]) -> list[Line]:
    """What people answered, without who they are or what they wrote."""
    by_id = {case.dossier.intervention.id: case for case in found}
    ids, lines = list(by_id), []
    for start in range(0, len(ids), AT_A_TIME):
        query = select(Feedback).where(
            Feedback.intervention_id.in_(ids[start : start + AT_A_TIME]),
            Feedback.replaced_at.is_(None),
        )
        for row in await session.scalars(query.order_by(Feedback.given_at, Feedback.id)):
            dossier = by_id[row.intervention_id].dossier
            for event, score, scale in (
                ("satisfied", row.csat, "1-5"),
                ("easy", row.effort, "1-7"),
            ):
                if score is not None:
                    lines.append(
                        Line(
                            event,
                            number=dossier.intervention.number,
                            site=dossier.site.name,
                            from_at=row.given_at,
                            value=str(score),
                            unit=scale,
                        )
                    )
    return lines


async def _of_lifts(session: AnySession, own: OwnRegion, now: datetime) -> list[Line]:
    """When each lift was agreed to run, stood still, or was looked after as planned."""
    end = min(own.end, now)
    if own.start >= end:
        return []
    lost = await lost_time(session, [asset.id for asset in own.assets], own.start, end)
    lines = []
    for asset in own.assets:
        site = own.sites[asset.site_id]
        calendar = own.agreed[site.id].calendar
        hours = open_stretches(calendar, to_seconds(own.start), to_seconds(end))
        agreed = [Interval(from_seconds(begins), from_seconds(ends)) for begins, ends in hours]
        found = lost.get(asset.id)
        for event, stretches in (
            ("agreed_to_run", agreed),
            ("out_of_service", [] if found is None else found.down),
            ("planned_work", [] if found is None else found.planned),
        ):
            lines += [_stretch(event, site, asset.code, each) for each in stretches]
    return lines


def _stretch(event: str, site: Site, lift: str, stretch: Interval) -> Line:
    return Line(event, site=site.name, lift=lift, from_at=stretch.start, to_at=stretch.end)


def _credit(note: PortalCreditNoteOut) -> Line:
    return Line("credited", number=note.number, value=note.amount, unit=note.currency)
