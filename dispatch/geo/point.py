"""A position on earth, checked once when made.

What lies between two positions is in `distance` and `travel`.
"""

from dataclasses import dataclass

from dispatch.errors import Refusal


class InvalidPointError(Refusal):
    """A latitude or longitude lies off the globe; says which and what was given."""

    code = "point_off_the_globe"

    def __init__(self, coordinate: str, given: float, limit: int) -> None:
        self.coordinate = coordinate
        self.given = given
        self.limit = limit
        super().__init__(f"{coordinate} {given} lies outside -{limit} to {limit} degrees")


@dataclass(frozen=True, slots=True)
class Point:
    """Where something is, in degrees north and east (WGS 84).

    >>> Point(42.5063, 1.5218)
    Point(lat=42.5063, lon=1.5218)
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        # Written as "not inside" so that a not-a-number is refused as well.
        if not -90 <= self.lat <= 90:  # noqa: PLR2004
            raise InvalidPointError("lat", self.lat, 90)
        if not -180 <= self.lon <= 180:  # noqa: PLR2004
            raise InvalidPointError("lon", self.lon, 180)
