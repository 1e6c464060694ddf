"""Straight-line distance against geopy, the reference; points off the globe.

Travel times are tested next door.
"""

import random

import pytest
from geopy import distance as geopy_distance

from dispatch.geo import InvalidPointError, Point, distance_metres, great_circle_metres
from dispatch.geo.distance import EARTH_RADIUS_METRES


def points(count: int, *, seed: int, around: Point | None = None) -> list[Point]:
    draw = random.Random(seed)
    if around is None:
        return [Point(draw.uniform(-90, 90), draw.uniform(-180, 180)) for _ in range(count)]
    return [
        Point(around.lat + draw.uniform(-0.2, 0.2), around.lon + draw.uniform(-0.2, 0.2))
        for _ in range(count)
    ]


def by_geopy(origin: Point, destination: Point) -> float:
    here, there = (origin.lat, origin.lon), (destination.lat, destination.lon)
    return float(geopy_distance.great_circle(here, there).m)


def worst_difference(places: list[Point]) -> float:
    table = great_circle_metres(places, places)
    return max(
        abs(float(table[row, column]) - by_geopy(origin, destination))
        for row, origin in enumerate(places)
        for column, destination in enumerate(places)
    )


def test_distances_in_one_country_equal_geopys_great_circle() -> None:
    assert worst_difference(points(60, seed=1, around=Point(42.5, 1.5))) < 0.1


def test_distances_across_the_whole_globe_equal_geopys_great_circle() -> None:
    assert worst_difference(points(60, seed=2)) < 0.1


def test_poles_antipodes_and_the_date_line_equal_geopys_great_circle() -> None:
    corners = [Point(90, 0), Point(-90, 0), Point(0, 180), Point(0, -180), Point(0, 0)]
    assert worst_difference([*corners, Point(0.00001, 179.99999), Point(1e-7, 1e-7)]) < 0.1


def test_the_earth_is_as_large_as_geopys() -> None:
    assert pytest.approx(geopy_distance.EARTH_RADIUS * 1000) == EARTH_RADIUS_METRES


def test_one_pair_reads_the_same_as_the_table() -> None:
    here, there = points(2, seed=3)
    assert distance_metres(here, there) == great_circle_metres([here], [there])[0, 0]


def test_the_table_has_a_row_per_origin_and_a_column_per_destination() -> None:
    assert great_circle_metres(points(2, seed=4), points(3, seed=5)).shape == (2, 3)


def test_no_places_make_an_empty_table() -> None:
    assert great_circle_metres([], points(3, seed=6)).shape == (0, 3)


@pytest.mark.parametrize(
    ("lat", "lon", "named"),
    [(90.1, 0, "lat"), (float("nan"), 0, "lat"), (0, -180.5, "lon"), (0, float("inf"), "lon")],
)
def test_a_point_off_the_globe_is_refused_by_name(lat: float, lon: float, named: str) -> None:
    with pytest.raises(InvalidPointError) as refusal:
        Point(lat, lon)
    assert refusal.value.coordinate == named
