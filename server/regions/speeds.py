"""The travel speeds of a region: its own where it has set them, else those of its kind of roads.

What a trip takes by them is `dispatch.geo`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.errors import Fault
from dispatch.geo import InvalidSpeedsError, SpeedBand, SpeedProfile, speed_profile
from dispatch.geo.busy_hours import BusyHours, factor_at, mean_factor, require_apart
from server.kit.problems import Invalid
from server.regions.tables import Region


def busy_hours(region: Region) -> list[BusyHours]:
    """When every trip of the region takes longer, or shorter."""
    return _busy(region.speeds)


def day_speeds(region: Region, windows: Sequence[tuple[int, int]]) -> str | SpeedProfile:
    """The speeds a day is planned with, busy hours by their share of its hours of work.

    `windows` are those hours in minutes after local midnight; none means the whole day.
    """
    return _speeds(region, mean_factor(busy_hours(region), windows))


def trip_speeds(region: Region, at: datetime) -> str | SpeedProfile:
    """The speeds of one trip that begins then."""
    local = at.astimezone(ZoneInfo(region.zone))
    return _speeds(region, factor_at(busy_hours(region), local.hour * 60 + local.minute))


def require_speeds(speeds: Mapping[str, Any]) -> None:
    """Refuse what contradicts itself, saying how."""
    try:
        require_apart(_busy(speeds))
        if bands := _bands(speeds):
            SpeedProfile("speeds", bands)
    except InvalidSpeedsError as refused:
        raise Invalid([Fault("speeds", refused.code, f"{refused}.")]) from refused


def _speeds(region: Region, factor: float) -> str | SpeedProfile:
    bands = _bands(region.speeds)
    if not bands and factor == 1:
        return region.profile
    known = SpeedProfile(region.code, bands) if bands else speed_profile(region.profile)
    return replace(known, calibration=known.calibration * factor)


def _bands(speeds: Mapping[str, Any]) -> tuple[SpeedBand, ...]:
    return tuple(SpeedBand(**each) for each in speeds.get("bands", ()))


def _busy(speeds: Mapping[str, Any]) -> list[BusyHours]:
    return [BusyHours(**each) for each in speeds.get("busy", ())]
