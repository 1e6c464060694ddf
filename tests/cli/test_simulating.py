"""`palier simulate` and `palier feasibility`: a town's days, and a promise tried out on them."""

import json

import pytest
from click.testing import CliRunner, Result

from server.cli import main

ONE_DAY = ["--region", "VALLS", "--days", "1", "--json"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_day_of_a_region_is_lived_and_told_the_same_way_again() -> None:
    first, again = run("simulate", *ONE_DAY), run("simulate", *ONE_DAY)
    assert first.exit_code == 0
    assert first.output == again.output
    (figures,) = json.loads(first.output).values()
    assert figures["calls"] == figures["closed"] + figures["cancelled"] + figures["open"]
    assert set(figures["response"]) <= {"S1", "S2", "S3"}
    assert run("simulate", *ONE_DAY, "--seed", "2").output != first.output


def test_a_wish_is_answered_with_what_it_keeps_and_what_it_costs() -> None:
    answer = run("feasibility", *ONE_DAY, "--within", "1", "--always")
    assert answer.exit_code == 0
    (found,) = json.loads(answer.output)
    assert found["region"] == "VALLS"
    assert found["extra_travel_seconds"] == (
        found["planned_for"]["travel_seconds"] - found["today"]["travel_seconds"]
    )
    said = run("feasibility", *ONE_DAY[:-1], "--within", "1", "--always")
    assert "within 1 h" in said.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["simulate", "--region", "NOWHERE"], "choose one of VALLS, ALTES"),
        (["simulate", "--days", "0"], "--days"),
        (["feasibility", "--within", "0"], "nobody comes within no time"),
        (["feasibility", "--severity", "S9"], "--severity"),
        (["feasibility", "--from", "yesterday"], "--from"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], sentence: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert sentence in answer.output
