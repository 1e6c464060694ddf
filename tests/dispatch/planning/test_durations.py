"""Travel times in one block: the same answers as rows of numbers, in a fraction of the memory."""

from dataclasses import replace

import numpy as np
import pytest

from dispatch.geo import Point, travel_block, travel_matrix
from dispatch.planning import Limits, ProblemRefused, check, parse_problem, solve, write_problem
from dispatch.planning.durations import MANY, Durations
from tests.dispatch.planning.makers import random_problem


def test_a_day_with_its_travel_in_a_block_is_the_same_day() -> None:
    plain = random_problem(4, technicians=3, jobs=10)
    packed = replace(plain, durations=Durations(np.array(plain.durations)))
    assert packed.durations == plain.durations
    assert packed == replace(packed, durations=Durations(np.array(plain.durations)))
    assert write_problem(packed) == write_problem(plain)
    assert hash(packed.durations) == hash(Durations(np.array(plain.durations)))


@pytest.mark.parametrize(
    ("block", "extremes"), [([[0, 60], [-1, 0]], (-1, 60)), ([[7]], (7, 7)), ([], (0, 0))]
)
def test_a_block_knows_its_least_and_greatest_time(
    block: list[list[int]], extremes: tuple[int, int]
) -> None:
    packed = Durations(np.array(block, dtype=np.int32).reshape(len(block), len(block)))
    assert [packed.extremes, packed.extremes] == [extremes, extremes]


def test_a_day_with_its_travel_in_a_block_is_planned_alike() -> None:
    plain = random_problem(4, technicians=3, jobs=10, rich=False)
    packed = replace(plain, durations=Durations(np.array(plain.durations)))
    plan = solve(packed, limits=Limits(iterations=100))
    assert plan.cost == solve(plain, limits=Limits(iterations=100)).cost
    assert check(packed, plan).is_legal


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        ([[0, 1, 2], [3, 0, 4]], ["wrong_shape", "wrong_shape"]),
        ([[0, -2], [1, 0]], ["negative"]),
        ([[0, 2_000_000_000], [1, 0]], ["out_of_range"]),
    ],
)
def test_a_block_that_cannot_be_is_refused_like_rows(
    block: list[list[int]], codes: list[str]
) -> None:
    with pytest.raises(ProblemRefused) as refused:
        replace(random_problem(1, technicians=0, jobs=0), durations=Durations(np.array(block)))
    assert [fault.code for fault in refused.value.faults] == codes


def test_travel_between_many_places_is_read_into_a_block() -> None:
    places = [{"lat": 42.0 + number / 1e4, "lon": 1.5} for number in range(MANY)]
    document = {
        "format": "palier-problem/1",
        "origin": "2026-06-01T06:00:00Z",
        "technicians": [],
        "jobs": [],
        "travel": {"locations": places, "profile": "mixed"},
    }
    read = parse_problem(document).durations
    assert isinstance(read, Durations)
    rows = parse_problem({**document, "travel": {"durations": [list(row) for row in read]}})
    assert read == rows.durations
    assert isinstance(rows.durations, Durations)


def test_a_block_worked_out_in_parts_holds_the_times_of_the_whole_matrix() -> None:
    places = [Point(42 + number / 50, 1 + number / 30) for number in range(7)]
    assert travel_block(places, "mixed", rows_at_once=3).tolist() == travel_matrix(places, "mixed")
