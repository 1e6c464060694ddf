"""How fast a region is: average speed by straight-line distance, by part of the day.

Values only; turning them into travel time is in `travel`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from dispatch.errors import Refusal
from dispatch.geo.distance import EARTH_RADIUS_METRES

METRES_PER_SECOND = 1000 / 3600  # of one kilometre per hour

# An open last band has no middle: its speed is read as that of a trip this much past its edge.
OPEN_BAND_REACH = 1.25

HALF_THE_GLOBE_METRES = EARTH_RADIUS_METRES * 4


class DayPart(StrEnum):
    """The part of the day a trip starts in; a region may be slower at the peak."""

    NIGHT = "night"
    OFF_PEAK = "off_peak"
    PEAK = "peak"


class InvalidSpeedsError(Refusal):
    """The speeds of a region contradict themselves; says how."""

    code = "invalid_speeds"


class UnknownProfileError(Refusal):
    """No speed profile has this name; carries the name and those that exist."""

    code = "unknown_profile"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"no speed profile is called {name!r}; choose one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """Trips up to this many metres in a straight line are driven at this speed on average.

    The speed is straight-line distance over driving time, so bends are already in it.
    The last band has no upper edge.
    """

    up_to_metres: float | None
    kilometres_per_hour: float

    def __post_init__(self) -> None:
        if not self.kilometres_per_hour > 0:
            raise InvalidSpeedsError(f"a speed of {self.kilometres_per_hour} km/h never arrives")


@dataclass(frozen=True, slots=True)
class DayPartFactors:
    """By how much trips take longer in each part of the day; 1 changes nothing."""

    night: float = 1.0
    off_peak: float = 1.0
    peak: float = 1.0

    def __post_init__(self) -> None:
        if not min(self.night, self.off_peak, self.peak) > 0:
            raise InvalidSpeedsError("a day-part factor must be above 0")

    def of(self, day_part: DayPart) -> float:
        match day_part:
            case DayPart.NIGHT:
                return self.night
            case DayPart.OFF_PEAK:
                return self.off_peak
            case DayPart.PEAK:
                return self.peak


@dataclass(frozen=True, slots=True)
class SpeedProfile:
    """How long trips take in a region: speed bands, a calibration, factors per part of the day.

    `calibration` scales every time and is learned from recorded trips; 1.25 means a quarter longer.
    `curve` is derived: trip length in metres against seconds, before any factor.

    >>> old_town = SpeedProfile("old town", (SpeedBand(2000, 10), SpeedBand(None, 15)))
    >>> old_town.curve[:3]
    ((0.0, 0.0), (1000.0, 360.0), (2500.0, 600.0))
    """

    name: str
    bands: tuple[SpeedBand, ...]
    calibration: float = 1.0
    day_parts: DayPartFactors = DayPartFactors()
    curve: tuple[tuple[float, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.calibration > 0:
            raise InvalidSpeedsError(f"{self.name}: the calibration must be above 0")
        object.__setattr__(self, "curve", _time_curve(self.name, self.bands))

    def factor(self, day_part: DayPart) -> float:
        """By how much trips take longer than the bands say in this part of the day."""
        return self.calibration * self.day_parts.of(day_part)


def _time_curve(name: str, bands: tuple[SpeedBand, ...]) -> tuple[tuple[float, float], ...]:
    """Trip length against driving time, straight between the middles of the bands.

    Bands taken as steps would make a trip of 1.01 km shorter than one of 0.99 km. So each speed
    holds in the middle of its band, and time grows evenly from one middle to the next.
    """
    middles = _middles(name, bands)
    curve = [(0.0, 0.0)]
    for metres, band in zip(middles, bands, strict=True):
        curve.append((metres, metres / (band.kilometres_per_hour * METRES_PER_SECOND)))
    if any(later <= soon for (_, soon), (_, later) in pairwise(curve)):
        raise InvalidSpeedsError(f"{name}: a longer trip would take less time than a shorter one")
    far = HALF_THE_GLOBE_METRES
    curve.append((far, far / (bands[-1].kilometres_per_hour * METRES_PER_SECOND)))
    return tuple(curve)


def _middles(name: str, bands: tuple[SpeedBand, ...]) -> list[float]:
    edges = [band.up_to_metres for band in bands]
    if not edges or edges[-1] is not None or None in edges[:-1]:
        raise InvalidSpeedsError(f"{name}: only the last band, and always it, has no upper edge")
    closed = [0.0, *(edge for edge in edges if edge is not None)]
    if any(upper <= lower for lower, upper in pairwise(closed)):
        raise InvalidSpeedsError(f"{name}: the edges of the bands must grow")
    if len(bands) == 1:
        return [HALF_THE_GLOBE_METRES / 2]
    return [(lower + upper) / 2 for lower, upper in pairwise(closed)] + [
        closed[-1] * OPEN_BAND_REACH
    ]


def _bands(*pairs: tuple[float | None, float]) -> tuple[SpeedBand, ...]:
    return tuple(SpeedBand(edge, speed) for edge, speed in pairs)


# Measured on OpenStreetMap extracts of Porto and Andorra against Valhalla free-flow driving times.
_PORTO = _bands(
    (1_000, 18.8), (2_000, 22.8), (5_000, 30.2), (10_000, 38.5), (20_000, 47.9), (None, 55.9)
)
_ANDORRA = _bands((2_000, 11.7), (5_000, 16.0), (10_000, 21.7), (20_000, 21.0), (None, 29.7))

PROFILES: Mapping[str, SpeedProfile] = MappingProxyType(
    {
        "urban": SpeedProfile("urban", _PORTO),
        "mixed": SpeedProfile("mixed", _PORTO),
        "mountain": SpeedProfile("mountain", _ANDORRA),
    }
)


def speed_profile(name: str) -> SpeedProfile:
    """Look up the shipped speeds for a kind of region: urban, mixed or mountain.

    Raises `UnknownProfileError` for any other name.

    >>> speed_profile("mountain").bands[0]
    SpeedBand(up_to_metres=2000, kilometres_per_hour=11.7)
    """
    if name not in PROFILES:
        raise UnknownProfileError(name, tuple(PROFILES))
    return PROFILES[name]
