"""The two documents: read whole, every fault named with its place, and written back the same."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from dispatch.geo import Point, travel_matrix
from dispatch.planning import (
    Announced,
    Break,
    Cost,
    Limits,
    Lock,
    PlanRefused,
    Problem,
    ProblemRefused,
    Reason,
    Stability,
    Unassigned,
    faults,
    parse_plan,
    parse_problem,
    solve,
    write_plan,
    write_problem,
)
from dispatch.planning.plan import Plan
from tests.dispatch.planning.makers import job, problem, random_problem, technician

Document = dict[str, Any]  # a JSON document before it is understood


def everything() -> Problem:
    """A problem that uses every key of the format."""
    people = [
        technician(
            "anna",
            overtime_max=3600,
            overtime_cost=2,
            break_=Break(14400, 18000, 1800),
            skills={"rescue": 2},
            regions=("north",),
            use_cost=500,
            capacity=3,
            reserve=600,
            reserve_cost=4,
        ),
        technician("bert"),
    ]
    jobs = [
        job(
            "a",
            skills={"rescue": 1},
            release=60,
            window=(600, 7200),
            due=3600,
            late_cost=3,
            late_fixed=900,
            aim=1800,
            aim_cost=5,
            technicians=("anna",),
            excluded=("bert",),
            preferred={"anna": 50},
            region="north",
            borrow_cost=10,
            load=1,
            announced=Announced("anna", 900),
            locked=Lock("anna", 900),
        ),
        job("b", crew=2, after=("a",)),
    ]
    stability = Stability(move_cost=7, tolerance=600, budget=2)
    return problem(people, jobs, now=30, stability=stability, balance_cost=1, arrival_cost=3)


def document() -> Document:
    return deepcopy(write_problem(everything()))


def refused(given: Document) -> dict[str, str]:
    with pytest.raises(ProblemRefused) as caught:
        parse_problem(given)
    return {fault.path: fault.code for fault in caught.value.faults}


def test_a_problem_with_every_key_survives_being_written_and_read() -> None:
    assert parse_problem(json.dumps(write_problem(everything()))) == everything()


def test_a_problem_without_aims_is_written_as_it_was_before_there_were_any() -> None:
    with_aim, without = document()["jobs"]
    assert with_aim.keys() - without.keys() == {"aim", "aim_cost"}


@pytest.mark.parametrize("seed", range(5))
def test_random_problems_survive_being_written_and_read(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=8)
    assert parse_problem(json.dumps(write_problem(question))) == question


def test_a_bare_problem_takes_the_defaults_of_the_format() -> None:
    bare = {
        "format": "palier-problem/1",
        "origin": "2026-06-01T06:00:00+00:00",
        "travel": {"durations": [[0, 600, 1200, 1800]] * 4},
        "technicians": [{"id": "anna", "start": 0, "end": 0, "shift": [0, 28800]}],
        "jobs": [
            {"id": "lift", "location": 1, "duration": 1800, "priority": 3, "drop_cost": 100000}
        ],
    }
    read = parse_problem(bare)
    assert read.technicians == (technician(),)
    assert read.jobs == (job(),)
    assert (read.now, read.stability) == (0, Stability())
    assert (read.balance_cost, read.arrival_cost) == (0, 0)


def test_places_and_a_profile_become_travel_times() -> None:
    given = document()
    places = [{"lat": 42.5063 + step / 100, "lon": 1.5218} for step in range(4)]
    given["travel"] = {"locations": places, "profile": "urban"}
    expected = travel_matrix([Point(place["lat"], place["lon"]) for place in places], "urban")
    assert [list(row) for row in parse_problem(given).durations] == expected


@pytest.mark.parametrize(
    ("travel", "path"),
    [
        ({}, "travel"),
        ({"durations": [[0]], "locations": []}, "travel"),
        ({"locations": [], "profile": "seaside"}, "travel.profile"),
        ({"locations": [{"lat": 99, "lon": 0}], "profile": "urban"}, "travel.locations[0].lat"),
        ({"locations": [{"lat": 1}], "profile": "urban"}, "travel.locations[0].lon"),
        ({"durations": [[0, "x"]]}, "travel.durations[0][1]"),
        ({"durations": {}}, "travel.durations"),
        ({"durations": [3]}, "travel.durations[0]"),
    ],
)
def test_travel_that_cannot_be_understood_is_refused_where_it_stands(
    travel: Document, path: str
) -> None:
    assert path in refused(document() | {"travel": travel})


def change(path: str, value: object) -> Callable[[Document], None]:
    """Set what stands at a path such as `jobs.0.due`."""

    def apply(given: Document) -> None:
        *way, last = path.split(".")
        place: Any = given  # whatever lies on the way
        for step in way:
            place = place[int(step)] if step.isdigit() else place[step]
        place[int(last) if last.isdigit() else last] = value

    return apply


IMPOSSIBLE = [
    ("origin", "2026-06-01T06:00:00", "origin", "no_offset"),
    ("origin", "yesterday", "origin", "not_an_instant"),
    ("format", "palier-problem/2", "format", "unknown_format"),
    ("now", 10**10, "now", "out_of_range"),
    ("travel.durations.0", [0, 1], "travel.durations[0]", "wrong_shape"),
    ("travel.durations.0.1", -2, "travel.durations[0]", "negative"),
    ("travel.durations.0.1", 10**10, "travel.durations[0]", "out_of_range"),
    ("technicians.1.id", "anna", "technicians", "duplicate_id"),
    ("technicians.1.id", "", "technicians[1].id", "empty_id"),
    ("technicians.1.start", 4, "technicians[1].start", "unknown_location"),
    ("technicians.1.end", -1, "technicians[1].end", "unknown_location"),
    ("technicians.1.shift", [10, 9], "technicians[1].shift", "ends_before_it_begins"),
    ("technicians.1.shift", [10], "technicians[1].shift", "not_a_pair"),
    ("technicians.0.overtime_max", -1, "technicians[0].overtime_max", "negative"),
    ("technicians.0.overtime_cost", -1, "technicians[0].overtime_cost", "negative"),
    ("technicians.0.use_cost", 10**13, "technicians[0].use_cost", "out_of_range"),
    ("technicians.0.break.latest", 1, "technicians[0].break", "ends_before_it_begins"),
    ("technicians.0.break.duration", -1, "technicians[0].break.duration", "negative"),
    ("technicians.0.skills", {"rescue": 0}, "technicians[0].skills.rescue", "below_level_one"),
    ("technicians.0.capacity", -1, "technicians[0].capacity", "negative"),
    ("technicians.0.regions", ["a", "a"], "technicians[0].regions", "duplicate_id"),
    ("jobs.1.id", "a", "jobs", "duplicate_id"),
    ("jobs.0.location", 4, "jobs[0].location", "unknown_location"),
    ("jobs.0.duration", -1, "jobs[0].duration", "negative"),
    ("jobs.0.priority", 5, "jobs[0].priority", "unknown_priority"),
    ("jobs.0.crew", 0, "jobs[0].crew", "empty_crew"),
    ("jobs.0.window", [600, 599], "jobs[0].window", "ends_before_it_begins"),
    ("jobs.0.release", 7201, "jobs[0].window", "window_closed"),
    ("jobs.0.drop_cost", -1, "jobs[0].drop_cost", "negative"),
    ("jobs.0.late_cost", -1, "jobs[0].late_cost", "negative"),
    ("jobs.0.aim_cost", -1, "jobs[0].aim_cost", "negative"),
    ("jobs.0.aim", 10**10, "jobs[0].aim", "out_of_range"),
    ("jobs.0.aim", "noon", "jobs[0].aim", "not_an_integer"),
    ("jobs.0.preferred.anna", 10**13, "jobs[0].preferred.anna", "out_of_range"),
    ("jobs.0.technicians", ["zoe"], "jobs[0].technicians", "unknown_id"),
    ("jobs.0.excluded", ["zoe"], "jobs[0].excluded", "unknown_id"),
    ("jobs.0.preferred", {"zoe": 1}, "jobs[0].preferred", "unknown_id"),
    ("jobs.0.announced.technician", "zoe", "jobs[0].announced.technician", "unknown_id"),
    ("jobs.0.locked.technician", "zoe", "jobs[0].locked.technician", "unknown_id"),
    ("jobs.0.after", ["ghost"], "jobs[0].after", "unknown_id"),
    ("jobs.0.after", ["b"], "jobs[0].after", "circular_after"),
    ("jobs.0.due", 1.5, "jobs[0].due", "not_an_integer"),
    ("jobs.0.due", True, "jobs[0].due", "not_an_integer"),
    ("jobs.0.id", 7, "jobs[0].id", "not_a_text"),
    ("jobs", {}, "jobs", "not_a_list"),
    ("jobs.0", 3, "jobs[0]", "not_an_object"),
    ("stability.tolerance", -1, "stability.tolerance", "negative"),
    ("stability.budget", -1, "stability.budget", "negative"),
    ("balance_cost", -1, "balance_cost", "negative"),
    ("arrival_cost", -1, "arrival_cost", "negative"),
    ("technicians.0.reserve", -1, "technicians[0].reserve", "negative"),
    ("technicians.0.reserve_cost", 10**13, "technicians[0].reserve_cost", "out_of_range"),
]


@pytest.mark.parametrize(("where", "value", "path", "code"), IMPOSSIBLE)
def test_each_contradiction_is_refused_where_it_stands(
    where: str, value: object, path: str, code: str
) -> None:
    given = document()
    change(where, value)(given)
    assert refused(given).get(path) == code


@pytest.mark.parametrize(
    "where",
    [
        "colour",
        "travel.colour",
        "technicians.0.colour",
        "technicians.0.break.colour",
        "jobs.0.colour",
        "jobs.0.announced.colour",
        "jobs.0.locked.colour",
        "stability.colour",
    ],
)
def test_an_unknown_key_is_refused_by_name(where: str) -> None:
    given = document()
    change(where, 1)(given)
    found = refused(given)
    assert [code for path, code in found.items() if path.endswith("colour")] == ["unknown_key"]


@pytest.mark.parametrize("key", ["format", "origin", "travel", "technicians", "jobs"])
def test_a_missing_key_is_refused_by_name(key: str) -> None:
    given = document()
    del given[key]
    assert refused(given)[key] == "missing"


def test_faults_of_spelling_and_of_sense_are_told_together() -> None:
    given = document()
    change("jobs.0.due", "soon")(given)
    change("jobs.1.after", ["ghost"])(given)
    change("technicians.1.shift", [10, 9])(given)
    assert refused(given) == {
        "jobs[0].due": "not_an_integer",
        "jobs[1].after": "unknown_id",
        "technicians[1].shift": "ends_before_it_begins",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", b"\xff\xfe", '{"a": 1, "a": 2}'])
def test_what_is_not_a_problem_at_all_is_refused(text: str | bytes) -> None:
    with pytest.raises(ProblemRefused):
        parse_problem(text)


def test_endless_nesting_is_refused_not_fallen_into() -> None:
    with pytest.raises(ProblemRefused):
        parse_problem("[" * 200_000)


def test_an_impossible_problem_cannot_be_made_by_hand_either() -> None:
    with pytest.raises(ProblemRefused) as caught:
        problem(jobs=[job(location=9)])
    assert [fault.code for fault in caught.value.faults] == ["unknown_location"]


def test_a_problem_that_exists_has_no_faults() -> None:
    assert faults(everything()) == ()


def test_a_long_chain_of_followers_is_not_a_circle() -> None:
    chain = [job("j0")] + [job(f"j{n}", after=(f"j{n - 1}",)) for n in range(1, 200)]
    assert len(problem(jobs=chain).jobs) == 200


def test_a_plan_survives_being_written_and_read() -> None:
    question = random_problem(2, technicians=2, jobs=9)
    plan = solve(question, limits=Limits(iterations=5))
    again = parse_plan(json.dumps(write_plan(plan)))
    assert write_plan(again) == write_plan(plan)
    assert again.stated_total == plan.cost.total


def test_reasons_survive_being_written_and_read() -> None:
    reason = Reason("anna", "overtime", {"needed": 900, "max": 0}, {"overtime_max": 900})
    plan = Plan(unassigned=(Unassigned("lift", (reason,)),))
    assert parse_plan(write_plan(plan)).unassigned == plan.unassigned


PLAN_FAULTS = [
    ("routes.0.colour", 1, "routes[0].colour", "unknown_key"),
    ("routes.0.stops.0.start", "soon", "routes[0].stops[0].start", "not_an_integer"),
    ("routes.0.break", {"leg": 0}, "routes[0].break.start", "missing"),
    ("routes", None, "routes", "missing"),
    ("cost.travel", None, "cost.travel", "missing"),
    ("cost.colour", 1, "cost.colour", "unknown_key"),
    ("cost", None, "cost", "missing"),
    ("format", "palier-problem/1", "format", "unknown_format"),
    ("solver.trace", [[1]], "solver.trace[0]", "not_a_pair"),
    ("unassigned", [{"job": "x", "reasons": [{"code": "a", "b": []}]}], None, "not_plain"),
    ("gap", "wide", "gap", "not_a_number"),
]


@pytest.mark.parametrize(("where", "value", "path", "code"), PLAN_FAULTS)
def test_each_fault_of_a_plan_document_is_refused_where_it_stands(
    where: str, value: object, path: str | None, code: str
) -> None:
    given: Document = write_plan(solve(problem(), limits=Limits(iterations=1)))
    change(where, value)(given)
    with pytest.raises(PlanRefused) as caught:
        parse_plan(json.dumps(given))
    found = {fault.path: fault.code for fault in caught.value.faults}
    assert code in found.values() if path is None else found[path] == code


def test_terms_that_came_later_stand_in_a_plan_only_where_they_are_not_zero() -> None:
    plain = write_plan(Plan())
    assert plain["cost"].keys().isdisjoint({"reserve", "arrival"})  # type: ignore[attr-defined]
    dear = Plan(cost=Cost(travel=5, reserve=7, arrival=9))
    assert parse_plan(write_plan(dear)).cost == dear.cost
