"""Whatever stands in a problem file: a legal plan or a named refusal, never a crash."""

import json
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.planning import Limits, check, parse_plan, parse_problem
from dispatch.planning import solve as plan_day
from dispatch.planning.engine import warm
from server.cli.planning import recommend, solve
from tests.cli.hostile_files import (
    LEGAL,
    LONGEST,
    REFUSED,
    UNKEEPABLE,
    Document,
    day,
    many,
    person,
    resting,
    work,
)

ENOUGH = ("--iterations", "5")


def solved(folder: Path, content: Document | str, *limits: str) -> tuple[Result, Path]:
    """Plan a file with this content; the plan, if there is one, is at the path."""
    text = content if isinstance(content, str) else json.dumps(content)
    given, out = folder / "day.json", folder / "plan.json"
    given.write_text(text, encoding="utf-8")
    out.unlink(missing_ok=True)
    return CliRunner().invoke(solve, [str(given), *limits, "--out", str(out)]), out


def assert_is_legal(content: Document, out: Path) -> None:
    verdict = check(parse_problem(content), parse_plan(out.read_bytes()))
    assert (verdict.is_legal, verdict.faults) == (True, ())


@pytest.mark.parametrize("name", LEGAL)
def test_a_day_however_odd_ends_in_a_legal_plan(name: str, tmp_path: Path) -> None:
    result, out = solved(tmp_path, LEGAL[name], *ENOUGH)
    assert (result.exit_code, result.exception) == (0, None)
    assert_is_legal(LEGAL[name], out)


@pytest.mark.parametrize("name", UNKEEPABLE)
def test_what_people_fixed_beyond_keeping_ends_in_one_by_name(name: str, tmp_path: Path) -> None:
    result, out = solved(tmp_path, UNKEEPABLE[name], *ENOUGH)
    assert (result.exit_code, out.exists()) == (1, False)
    assert "no_legal_plan" in result.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_makes_no_sense_ends_in_two_by_name(name: str, tmp_path: Path) -> None:
    code, content = REFUSED[name]
    result, out = solved(tmp_path, content, *ENOUGH)
    assert (result.exit_code, out.exists()) == (2, False)
    assert f"({code})" in result.stderr


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    content = day(now=True, colour="red", jobs=[work(duration=-1), work(priority=9)])
    result, _ = solved(tmp_path, content, *ENOUGH)
    for code in ("not_an_integer", "unknown_key", "negative", "unknown_priority", "duplicate_id"):
        assert f"({code})" in result.stderr


HOSTILE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, -1, 2**31, 2**63, -(2**64), LONGEST, -LONGEST, LONGEST + 1, 10**12]),
    st.integers(-50, 30_000),
    st.floats(),
    st.text(st.characters(), max_size=3),
    st.sampled_from(["anna", "bert", "lift", "far"]),
    st.lists(st.integers(-2, 1000), max_size=3),
    st.sampled_from([{}, {"rescue": 2}, {"start": 900}, {"technician": "bert", "start": 500}]),
)


def sound() -> Document:
    """A day that uses most keys, for one value of it to be spoilt."""
    people = [
        resting(7200, 10800, 1800) | {"skills": {"rescue": 2}, "overtime_max": 3600, "capacity": 4},
        person("bert", regions=["north"], use_cost=500, overtime_cost=2),
    ]
    jobs = [
        work("lift", window=[0, 9000], due=3600, late_cost=2, late_fixed=100, load=1),
        work("far", release=60, skills={"rescue": 1}, region="north", borrow_cost=50),
        work("near", location=0, announced={"technician": "anna", "start": 900}),
        work("fixed", location=0, locked={"technician": "bert"}, preferred={"anna": 50}),
    ]
    stability = {"move_cost": 40, "tolerance": 300, "budget": 2}
    return day(technicians=people, jobs=jobs, now=30, stability=stability)


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where a value stands, however deep, the containers included."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(spot for key, each in inner for spot in spots(each, (*path, key)))][
        0 if path else 1 :
    ]


SPOTS = spots(sound())


def spoilt(*changes: tuple[tuple[Any, ...], Any]) -> Document:
    """The sound day with these values put in their spots, as far as the spots still stand."""
    document: Any = sound()
    for path, value in changes:
        place = document
        try:
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = deepcopy(value)
        except (TypeError, KeyError, IndexError, AttributeError):
            continue
    return document  # type: ignore[no-any-return]


def assert_ends_well(folder: Path, content: Document) -> None:
    result, out = solved(folder, json.dumps(content), *ENOUGH)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in {0, 1, 2}
    assert out.exists() == (result.exit_code == 0)
    if result.exit_code == 0:
        assert_is_legal(json.loads(json.dumps(content)), out)
    else:
        assert result.stderr.startswith("Error: ")


changes = st.lists(st.tuples(st.sampled_from(SPOTS), HOSTILE), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(made=changes)
def test_a_sound_file_spoilt_anywhere_ends_well(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[tuple[Any, ...], Any]]
) -> None:
    assert_ends_well(tmp_path_factory.getbasetemp(), spoilt(*made))


@pytest.mark.proof
@settings(max_examples=5000, deadline=None)
@given(made=changes)
def test_thousands_of_spoilt_files_end_well(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[tuple[Any, ...], Any]]
) -> None:
    assert_ends_well(tmp_path_factory.getbasetemp(), spoilt(*made))


PLANS: dict[str, tuple[int, str]] = {
    "an empty plan": (2, ""),
    "a list": (2, "[]"),
    "half a letter": (2, '{"format":"palier-plan/1","routes":[{"technician":"\\ud800"}]}'),
    "a leg without end": (2, '{"format":"palier-plan/1","routes":[],"gap":1e400,"cost":[]}'),
    "another version": (2, '{"format":"palier-plan/2"}'),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_that_makes_no_sense_ends_in_two(name: str, tmp_path: Path) -> None:
    code, text = PLANS[name]
    question, plan = tmp_path / "day.json", tmp_path / "plan.json"
    question.write_text(json.dumps(sound()), encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(recommend, [str(question), str(plan), "--job", "lift"])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == code


CROWDS: dict[str, Document] = {
    "ten thousand jobs at one point": day(
        technicians=many(20, lambda number: person(f"anna-{number}")),
        jobs=many(10_000, lambda number: work(f"lift-{number}", location=0)),
    ),
    "ten thousand jobs that take no time": day(
        technicians=many(20, lambda number: person(f"anna-{number}")),
        jobs=many(10_000, lambda number: work(f"lift-{number}", location=0, duration=0)),
    ),
    "ten thousand jobs nobody can be in time for": day(
        jobs=many(10_000, lambda number: work(f"lift-{number}", window=[0, 0]))
    ),
    "ten thousand jobs on one route, each late": day(
        technicians=[person(overtime_max=LONGEST)],
        jobs=many(10_000, lambda number: work(f"lift-{number}", location=0, due=0, late_cost=1)),
    ),
}


@pytest.mark.proof
@pytest.mark.parametrize("name", CROWDS)
def test_a_crowd_is_planned_within_its_time_and_a_second(name: str) -> None:
    question = parse_problem(CROWDS[name])
    warm()
    begun = process_time()  # of this process alone: others may keep the machine busy
    plan = plan_day(question, limits=Limits(seconds=3), clock=process_time)
    assert process_time() - begun <= 4
    assert check(question, plan).is_legal
