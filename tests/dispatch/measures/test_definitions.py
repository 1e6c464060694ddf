"""The metric dictionary: every figure has a meaning, and every meaning is complete."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from dispatch.measures import DEFINITIONS, Definition, TimeBetweenFailures, read_measures
from dispatch.measures.questions import QUESTIONS

EXAMPLES = Path(__file__).parents[2] / "examples"
CALENDARS = json.loads((EXAMPLES / "sla_examples.json").read_text("utf-8"))["calendars"]
WORKED = json.loads((EXAMPLES / "metrics_examples.json").read_text("utf-8"), parse_float=Decimal)[
    "examples"
]
COMPUTED = read_measures({"calendars": CALENDARS, "examples": WORKED})


def test_the_worked_examples_ask_for_every_measure_there_is() -> None:
    assert {example["measure"] for example in WORKED} == set(QUESTIONS)


def test_every_computed_measure_names_its_definitions() -> None:
    for asked in COMPUTED:
        assert asked.measure.definition_ids
        assert set(asked.measure.definition_ids) <= set(DEFINITIONS)


def test_every_definition_is_of_a_figure_that_is_worked_out_somewhere() -> None:
    named = {name for asked in COMPUTED for name in asked.measure.definition_ids}
    # these have a function of their own, and no question in a file
    elsewhere = {
        "critical_availability",
        "eta_accuracy",
        "late_share",
        "reopen_rate",
        "technician_night_calls",
        "technician_overtime",
        "technician_pulse",
        "technician_repeat_visits",
        "travel_share",
        "utilisation",
        "capacity_load",
        "visit_actual",
        "visit_planned",
        "pause_share",
        "money_at_risk",
    }
    assert named | elsewhere | set(TimeBetweenFailures.definition_ids) == set(DEFINITIONS)


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_definition_is_a_versioned_sentence(definition: Definition) -> None:
    assert definition.version >= 1
    assert definition.sentence.endswith(".")
    assert DEFINITIONS[definition.id] is definition
