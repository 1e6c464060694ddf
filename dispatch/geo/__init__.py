"""Where things are and how long it takes to get there: points, distances, travel times.

Addresses and geocoding services live in the server; roads live in optional providers.
"""

from dispatch.geo.distance import distance_metres, great_circle_metres
from dispatch.geo.outline import lies_within
from dispatch.geo.point import InvalidPointError, Point
from dispatch.geo.speeds import (
    PROFILES,
    DayPart,
    DayPartFactors,
    InvalidSpeedsError,
    SpeedBand,
    SpeedProfile,
    UnknownProfileError,
    speed_profile,
)
from dispatch.geo.travel import nearest, travel_between, travel_block, travel_matrix, travel_seconds

__all__ = [
    "PROFILES",
    "DayPart",
    "DayPartFactors",
    "InvalidPointError",
    "InvalidSpeedsError",
    "Point",
    "SpeedBand",
    "SpeedProfile",
    "UnknownProfileError",
    "distance_metres",
    "great_circle_metres",
    "lies_within",
    "nearest",
    "speed_profile",
    "travel_between",
    "travel_block",
    "travel_matrix",
    "travel_seconds",
]
