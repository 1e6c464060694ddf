"""A trial's own process: reads the region, lives its days twice, tells how far it is.

Started and heard by `trials`; asked by one line of JSON, it answers in lines of JSON and ends. It
reads the database and writes nothing.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
from dispatch.day import Day, DayEvent, EventKind, Replanned
from dispatch.errors import Refusal
from dispatch.hours import Calendar
from dispatch.planning import Limits
from dispatch.planning.engine import warm
from dispatch.simulation import Feasibility, Lot, Luck, Planner, feasibility, live
from server.feasibility.reading import Past, Weeks, read_past
from server.feasibility.tables import Trial
from server.kit.database import Database
from server.regions.tables import Region

KINDNESS = 15  # the API comes first, then the plans
ITERATIONS, CHANGE_BUDGET = 60, 3
TIMES_LIVED = 2
LOOKS_EVERY_SECONDS = 1.0  # whether somebody, through whatever server, has stopped the trial

Task = Mapping[str, Any]
Say = Callable[[Mapping[str, object]], None]


class Unwanted(Exception):
    """Somebody has stopped the trial: its days need not be lived."""

    code = "stopped"


async def read(task: Task) -> Past:
    """Read what a trial is about from the database it is in."""
    database = Database(task["database_url"])
    try:
        async with database.read() as session:
            region = await session.get(Region, UUID(task["region_id"]))
            assert region is not None
            weeks = Weeks(
                date.fromisoformat(task["first_day"]), task["weeks"], ZoneInfo(region.zone)
            )
            now = datetime.fromisoformat(task["now"])
            return await read_past(session, region, weeks, now=now, seed=task["seed"])
    finally:
        await database.close()


def tried(
    task: Task, past: Past, say: Say, *, is_unwanted: Callable[[], bool]
) -> dict[str, object]:
    """Live the days with and without the promise; the answer as the wire has it."""
    hours = Calendar(past.hours.zone, always_open=True) if task["is_always"] else past.hours
    severity = Severity(task["severity"])
    wish = Target(ClockKind.RESPONSE, severity, TargetDuration(task["within_seconds"]), hours)
    days = 7 * task["weeks"]
    found = feasibility(
        past.territory,
        past.calls,
        wish,
        luck=Luck(task["seed"]),
        planner=_telling(task["seed"], TIMES_LIVED * days, say, is_unwanted),
        first_day=date.fromisoformat(task["first_day"]),
        days=days,
    )
    return _answer(found, past, wish)


def _telling(seed: int, mornings: int, say: Say, is_unwanted: Callable[[], bool]) -> Planner:
    """The planner of live days: tells each morning how many are behind, ends when not wanted."""
    planner = live(change_budget=CHANGE_BUDGET, limits=Limits(iterations=ITERATIONS), seed=seed)
    begun = 0

    def answer(day: Day, event: DayEvent) -> Replanned:
        nonlocal begun
        if is_unwanted():
            raise Unwanted
        if event.kind is EventKind.DAY_BEGINS:
            say({"progress": begun / mornings})
            begun += 1
        return planner(day, event)

    return answer


def _answer(found: Feasibility, past: Past, wish: Target) -> dict[str, object]:
    today, planned_for = found.today, found.planned_for
    return {
        "calls": found.calls,
        "calls_from": past.calls_from,
        "own_promises": sum(_is_promised(lift.targets, wish) for lift in past.territory.lifts),
        "today": _lot(today),
        "planned_for": _lot(planned_for),
        "extra_travel_seconds": found.extra_travel_seconds,
        "extra_overtime_seconds": found.extra_overtime_seconds,
        "extra_call_outs": planned_for.call_outs - today.call_outs,
        "extra_cost": found.extra_cost,
    }


def _is_promised(targets: tuple[Target, ...] | None, wish: Target) -> bool:
    same = (wish.clock, wish.severity)
    return any((each.clock, each.severity) == same for each in targets or ())


def _lot(lot: Lot) -> dict[str, object]:
    plain = asdict(lot)
    del plain["wished"], plain["others"], plain["cost"]
    return {
        "kept": lot.wished.kept,
        "missed": lot.wished.missed,
        "share": lot.wished.share,
        "others_kept": lot.others.kept,
        "others_missed": lot.others.missed,
        **plain,
    }


def watched(task: Task) -> threading.Event:
    """What is set once the trial is stopped in the database; somebody has looked, and goes on."""
    stopped, looked = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=lambda: asyncio.run(_watch(task, stopped, looked)), daemon=True
    )
    thread.start()
    looked.wait()
    return stopped


async def _watch(task: Task, stopped: threading.Event, looked: threading.Event) -> None:
    database = Database(task["database_url"])
    status = select(Trial.status).where(Trial.id == UUID(task["trial_id"]))
    while not stopped.is_set():
        with suppress(SQLAlchemyError):  # busy, or away for a moment: there is a next look
            async with database.read() as session:
                if await session.scalar(status) != "running":
                    stopped.set()
        looked.set()
        await asyncio.sleep(LOOKS_EVERY_SECONDS)
    await database.close()


def _say(message: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Answer the one task."""
    os.nice(KINDNESS)
    task = json.loads(sys.stdin.readline())
    past = asyncio.run(read(task))
    warm()
    stopped = watched(task)
    try:
        _say({"answer": tried(task, past, _say, is_unwanted=stopped.is_set)})
    except (Refusal, Unwanted) as refusal:
        _say({"refused": refusal.code})


if __name__ == "__main__":
    main()
