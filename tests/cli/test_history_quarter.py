"""A simulated quarter of Andorra: its report, worked out again from the exported events alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from fixtures import town
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.cli.history import History
from server.cli.town import found
from server.experience.tables import Feedback
from server.kit.database import Database
from server.kit.tables import Event
from server.measures.cases import Wanted
from server.measures.queries import figures
from server.measures.schemas import FigureOut
from server.migrations import upgrade

FIRST, DAYS = date(2026, 8, 25), 90
AFTER = FIRST + timedelta(days=DAYS)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
AUDITOR = Scope(UUID(int=1), "Uma", Role.AUDITOR)
Share = tuple[int, int]


@dataclass(slots=True)
class Told:
    """What the events say of one intervention."""

    reported_at: datetime
    work_type: str
    due_at: datetime | None = None
    arrivals: list[datetime] = field(default_factory=list)
    is_closed: bool = False
    is_reopened: bool = False
    cancelled_at: datetime | None = None


def told_by(events: Sequence[Event]) -> dict[UUID, Told]:
    """By intervention; the due is the last one that was told."""
    found: dict[UUID, Told] = {}
    for event in events:
        if event.kind == "intervention_reported" and event.intervention_id:
            found[event.intervention_id] = Told(event.at, event.data["work_type"])
        told = found.get(event.intervention_id) if event.intervention_id else None
        if told is None:
            continue
        told.due_at = instant(event.data.get("due_at")) or told.due_at
        match event.kind:
            case "visit_arrived":
                told.arrivals.append(event.at)
            case "intervention_closed":
                told.is_closed = True
            case "intervention_reopened":
                told.is_reopened = True
            case "intervention_cancelled":
                told.cancelled_at = event.at
    return found


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def responses(told: Sequence[Told], now: datetime) -> Share:
    """Arrived by the due, of those that arrived or whose due has passed."""
    kept = missed = 0
    for each in told:
        first = min(each.arrivals, default=None)
        if each.due_at is None or (first is None and each.cancelled_at is not None):
            continue
        kept += first is not None and first <= each.due_at
        missed += first > each.due_at if first is not None else each.due_at < now
    return kept, kept + missed


def minutes_to_arrive(told: Sequence[Told]) -> Fraction:
    waited = [
        min(each.arrivals) - each.reported_at
        for each in told
        if each.arrivals and each.work_type == "repair" and each.cancelled_at is None
    ]
    return Fraction(int(sum(waited, timedelta()).total_seconds()), 60 * len(waited))


def came_when_announced(events: Sequence[Event]) -> Share:
    """Each visit by the last time of arrival told half an hour before it came."""
    came = {event.visit_id: event.at for event in events if event.kind == "visit_arrived"}
    told: dict[UUID | None, datetime] = {}
    for event in events:
        ahead = event.visit_id in came and event.at <= came[event.visit_id] - timedelta(minutes=30)
        if ahead and event.data["is_announced"]:
            late = timedelta(seconds=event.data["late_by_seconds"] or 0)
            told[event.visit_id] = datetime.fromisoformat(event.data["starts_at"]) + late
    near = [abs(came[id_] - at) <= timedelta(minutes=15) for id_, at in told.items()]
    return sum(near), len(near)


async def compare(database: Database, wanted: Wanted, now: datetime) -> None:
    """Every figure that events alone can tell, beside the report's."""
    async with database.read() as session:
        report = await figures(session, AUDITOR, wanted, now)
        events = list(await session.scalars(select(Event).order_by(Event.seq)))
        answers = list(
            await session.scalars(select(Feedback).where(Feedback.replaced_at.is_(None)))
        )
    figure = {(each.measure, each.clock): each for each in report.figures}
    by_id = {
        id_: told for id_, told in told_by(events).items() if is_within(told.reported_at, wanted)
    }
    told = list(by_id.values())
    about = [event for event in events if event.intervention_id in by_id]
    assert share(figure["sla_attainment", "response"]) == responses(told, now)
    assert share(figure["eta_accuracy", None]) == came_when_announced(about)
    closed = [each for each in told if each.is_closed]
    reopened = sum(each.is_reopened for each in closed)
    assert share(figure["reopen_rate", None]) == (reopened, len(closed))
    mean = figure["time_to_arrive", None]
    assert Fraction(*share(mean)) == minutes_to_arrive(told)
    scores = [each.csat for each in answers if each.csat and each.intervention_id in by_id]
    happy = sum(score >= 4 for score in scores)
    assert share(figure["csat_top2", None]) == (happy, len(scores))
    ease = [each.effort for each in answers if each.effort and each.intervention_id in by_id]
    assert share(figure["ces_easy", None]) == (sum(score >= 5 for score in ease), len(ease))


def is_within(at: datetime, wanted: Wanted) -> bool:
    """Andorra's clocks are an hour ahead of UTC in winter, two in summer."""
    summer = at < datetime(2026, 10, 25, 1, tzinfo=UTC)
    local = at + timedelta(hours=2 if summer else 1)
    return wanted.from_day <= local.date() < wanted.to_day


def share(figure: FigureOut) -> Share:
    assert figure.numerator is not None
    assert figure.denominator is not None
    return figure.numerator, figure.denominator


@pytest.mark.proof
def test_the_report_of_a_quarter_is_what_its_events_say(tmp_path: Path) -> None:
    async def live() -> None:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}")
        try:
            await database.run(upgrade)
            async with database.write() as session:
                there = await found(session, town("andorra"), first_day=AFTER, now=NOW)
                await History(session, there, town("andorra"), FIRST, DAYS).write()
            await compare(database, Wanted(FIRST, AFTER), NOW)
        finally:
            await database.close()

    asyncio.run(live())
