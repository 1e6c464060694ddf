"""A town's files as the territories of a simulation: its lifts, its crews and their usual weeks.

Writing the town down in a database is done in `town`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.agreements import Target
from dispatch.geo import Point
from dispatch.roster import Certificate, Shift, Technician, shifts_from_pattern
from dispatch.simulation import Lift, Territory
from server.cli.town import entries, pattern_shift, rows

ONE_DAY = timedelta(days=1)
STAIRS = "escalator"


def territories(
    folder: Path,
    first_day: date,
    days: int,
    *,
    targets: Mapping[str, tuple[Target, ...]] | None = None,
) -> tuple[Territory, ...]:
    """Every region of a town; `targets` are what is promised for each lift, by its code."""
    made = []
    for region in entries(folder, "regions"):
        zone = ZoneInfo(region["zone"])
        crew = [each for each in entries(folder, "technicians") if each["region"] == region["code"]]
        made.append(
            Territory(
                region["code"],
                region["profile"],
                zone,
                lifts=tuple(_lifts(folder, region["code"], targets or {})),
                crew=tuple(_technician(each) for each in crew),
                shifts={each["code"]: _shifts(each, zone, first_day, days) for each in crew},
            )
        )
    return tuple(made)


def usual_shifts(folder: Path, day: date) -> Iterator[Shift]:
    """The duties that begin on a local day in everybody's usual week."""
    zones = {each["code"]: ZoneInfo(each["zone"]) for each in entries(folder, "regions")}
    for each in entries(folder, "technicians"):
        yield from _duties(each, zones[each["region"]], day, 1)


def _lifts(folder: Path, region: str, targets: Mapping[str, tuple[Target, ...]]) -> Iterator[Lift]:
    sites = {each["code"]: each for each in rows(folder, "sites")}
    for each in rows(folder, "assets"):
        site = sites[each["site"]]
        if site["region"] == region:
            at = Point(float(site["lat"]), float(site["lon"]))
            yield Lift(each["code"], at, _skills(each), targets.get(each["code"]))


def _skills(asset: Mapping[str, str]) -> dict[str, int]:
    if asset["kind"] == STAIRS:
        return {STAIRS: 1}
    return {asset["drive"]: 1} if asset["drive"] else {}


def _technician(given: Mapping[str, Any]) -> Technician:
    return Technician(
        given["code"],
        given["region"],
        Point(given["home"]["lat"], given["home"]["lon"]),
        given["skills"],
        tuple(
            Certificate(each["name"], date.fromisoformat(each["valid_until"]))
            for each in given["certificates"]
        ),
    )


def _shifts(
    given: Mapping[str, Any], zone: ZoneInfo, first_day: date, days: int
) -> tuple[Shift, ...]:
    """The usual week from the night before the first day on."""
    return _duties(given, zone, first_day - ONE_DAY, days + 1)


def _duties(
    given: Mapping[str, Any], zone: ZoneInfo, first_day: date, days: int
) -> tuple[Shift, ...]:
    return shifts_from_pattern(
        [pattern_shift(each) for each in given["pattern"]],
        technician_id=given["code"],
        first_day=first_day,
        days=days,
        zone=zone,
    )
