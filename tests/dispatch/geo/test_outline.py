"""A place lies within an outline or not, and a common border belongs to one side."""

import pytest

from dispatch.geo import Point, lies_within

SQUARE = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
NEIGHBOUR = [(2.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, 0.0)]
HORSESHOE = [(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3), (0, 0)]


@pytest.mark.parametrize(
    ("lat", "lon", "is_in"),
    [(0.5, 1.5, True), (2, 0.5, True), (2, 2.5, True), (2, 1.5, False), (5, 0.5, False)],
)
def test_a_place_between_the_arms_of_a_horseshoe_is_outside(
    lat: float, lon: float, *, is_in: bool
) -> None:
    assert lies_within(Point(lat, lon), [HORSESHOE]) is is_in
    assert lies_within(Point(lat, lon), [HORSESHOE[::-1]]) is is_in


@pytest.mark.parametrize("lat", [0.0, 0.5, 1.0, 1.999])
def test_a_place_on_a_common_border_belongs_to_exactly_one_region(lat: float) -> None:
    border = Point(lat, 2.0)
    assert [lies_within(border, [SQUARE]), lies_within(border, [NEIGHBOUR])].count(True) == 1


def test_nothing_lies_within_no_outline() -> None:
    assert not lies_within(Point(1, 1), [])
