"""Driving times: bands, monotony, calibration, parts of the day, who is nearest.

Straight-line distance itself is tested next door.
"""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.geo import (
    PROFILES,
    DayPart,
    DayPartFactors,
    InvalidSpeedsError,
    Point,
    SpeedBand,
    SpeedProfile,
    UnknownProfileError,
    distance_metres,
    great_circle_metres,
    nearest,
    speed_profile,
    travel_matrix,
    travel_seconds,
)

ANDORRA_LA_VELLA = Point(42.5063, 1.5218)
BANDS = (SpeedBand(2_000, 20), SpeedBand(10_000, 40), SpeedBand(None, 60))


def north_of(origin: Point, metres: float) -> Point:
    return Point(origin.lat + metres / distance_metres(Point(0, 0), Point(1, 0)), origin.lon)


def places(count: int, *, seed: int = 7) -> list[Point]:
    draw = random.Random(seed)
    return [
        Point(42.5 + draw.uniform(-0.1, 0.1), 1.5 + draw.uniform(-0.2, 0.2)) for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("profile", "kilometres", "speed"),
    [("urban", 0.5, 18.8), ("urban", 3.5, 30.2), ("mixed", 15, 47.9), ("mountain", 7.5, 21.7)],
)
def test_a_trip_in_the_middle_of_its_band_is_driven_at_the_measured_speed(
    profile: str, kilometres: float, speed: float
) -> None:
    there = north_of(ANDORRA_LA_VELLA, kilometres * 1000)
    seconds = travel_seconds(ANDORRA_LA_VELLA, there, profile)
    assert seconds == pytest.approx(kilometres / speed * 3600, abs=1)


def test_a_very_long_trip_is_driven_at_the_speed_of_the_last_band() -> None:
    there = north_of(ANDORRA_LA_VELLA, 400_000)
    assert travel_seconds(ANDORRA_LA_VELLA, there, "urban") == pytest.approx(
        400 / 55.9 * 3600, abs=2
    )


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_longer_trip_never_takes_less_time(profile: str) -> None:
    distances = np.linspace(0, 45_000, 2_000)
    trips = [travel_seconds(Point(0, 0), north_of(Point(0, 0), far), profile) for far in distances]
    assert all(soon <= later for soon, later in pairwise(trips))


@given(seed=st.integers(0, 10_000), profile=st.sampled_from(sorted(PROFILES)))
def test_places_sorted_by_distance_are_sorted_by_travel_time(seed: int, profile: str) -> None:
    home, *others = places(12, seed=seed)
    by_distance = [others[index] for index in nearest(home, others, count=11)]
    times = [travel_seconds(home, there, profile) for there in by_distance]
    assert times == sorted(times)


def test_the_matrix_holds_whole_seconds_zero_on_the_diagonal_and_equal_there_and_back() -> None:
    table = travel_matrix(places(30), "mountain")
    assert all(type(seconds) is int for row in table for seconds in row)
    assert all(table[index][index] == 0 for index in range(30))
    assert table == [list(column) for column in zip(*table, strict=True)]


def test_the_matrix_says_the_same_as_a_single_trip() -> None:
    here, there = places(2)
    assert travel_matrix([here, there], "urban")[0][1] == travel_seconds(here, there, "urban")


def test_no_places_make_an_empty_matrix() -> None:
    assert travel_matrix([], "urban") == []


def test_two_different_places_are_never_zero_seconds_apart() -> None:
    assert travel_seconds(Point(42.5, 1.5), Point(42.500001, 1.5), "urban") == 1


def test_mountain_roads_take_longer_than_urban_ones() -> None:
    urban, mountain = (np.array(travel_matrix(places(20), name)) for name in ("urban", "mountain"))
    assert (urban <= mountain).all()


def test_a_region_carries_its_own_calibration() -> None:
    far = north_of(ANDORRA_LA_VELLA, 6_000)
    plain = travel_seconds(ANDORRA_LA_VELLA, far, SpeedProfile("ours", BANDS))
    slower = travel_seconds(ANDORRA_LA_VELLA, far, SpeedProfile("ours", BANDS, calibration=1.5))
    assert (plain, slower) == (540, 810)


def test_the_peak_is_slower_only_at_the_peak() -> None:
    region = SpeedProfile("ours", BANDS, day_parts=DayPartFactors(peak=2.0))
    far = north_of(ANDORRA_LA_VELLA, 6_000)
    trips = [travel_seconds(ANDORRA_LA_VELLA, far, region, day_part=part) for part in DayPart]
    assert dict(zip(DayPart, trips, strict=True)) == {
        DayPart.NIGHT: 540,
        DayPart.OFF_PEAK: 540,
        DayPart.PEAK: 1080,
    }


def test_one_open_band_is_one_speed_everywhere() -> None:
    region = SpeedProfile("flat", (SpeedBand(None, 36),))
    there = north_of(ANDORRA_LA_VELLA, 12_345)
    assert travel_seconds(ANDORRA_LA_VELLA, there, region) == pytest.approx(1_234.5, abs=1)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (SpeedBand(1_000, 20),),
        (SpeedBand(None, 20), SpeedBand(None, 30)),
        (SpeedBand(5_000, 20), SpeedBand(2_000, 30), SpeedBand(None, 40)),
        (SpeedBand(2_000, 10), SpeedBand(None, 40)),
    ],
    ids=["none", "no last band", "two last bands", "edges shrink", "longer would be quicker"],
)
def test_bands_that_contradict_themselves_are_refused(bands: tuple[SpeedBand, ...]) -> None:
    with pytest.raises(InvalidSpeedsError):
        SpeedProfile("broken", bands)


@pytest.mark.parametrize("broken", [0, -5, float("nan")])
def test_speeds_and_factors_must_be_above_zero(broken: float) -> None:
    with pytest.raises(InvalidSpeedsError):
        SpeedBand(None, broken)
    with pytest.raises(InvalidSpeedsError):
        SpeedProfile("broken", BANDS, calibration=broken)
    with pytest.raises(InvalidSpeedsError):
        DayPartFactors(night=broken)


def test_an_unknown_profile_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(UnknownProfileError, match="urban, mixed, mountain"):
        speed_profile("lunar")


def test_nearest_keeps_the_given_order_between_equals_and_answers_what_exists() -> None:
    east, west, far = Point(0, 1), Point(0, -1), Point(0, 5)
    assert nearest(Point(0, 0), [far, west, east], count=9) == (1, 2, 0)
    assert nearest(Point(0, 0), [], count=3) == ()


def test_nearest_agrees_with_the_distance_table() -> None:
    home, *others = places(40)
    order = nearest(home, others, count=40)
    metres = great_circle_metres([home], others)[0]
    assert [metres[index] for index in order] == sorted(metres)
