"""`palier measures` as a person or a program meets it: a file or a dash in, JSON or faults out."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli.measures import measures

EXAMPLES = Path(__file__).parents[1] / "examples"
WORKED = json.loads((EXAMPLES / "metrics_examples.json").read_text("utf-8"))
CALENDARS = json.loads((EXAMPLES / "sla_examples.json").read_text("utf-8"))["calendars"]
Inputs = dict[str, Any]


def ran(document: object) -> Result:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    return CliRunner().invoke(measures, ["-"], input=text)


def asked(measure: str, inputs: object) -> Result:
    return ran(
        {"calendars": CALENDARS, "examples": [{"id": 1, "measure": measure, "inputs": inputs}]}
    )


def answer(measure: str, inputs: Inputs) -> dict[str, Any]:
    result = asked(measure, inputs)
    assert result.exit_code == 0, result.stderr
    (only,) = json.loads(result.stdout)["results"]
    assert only.pop("id") == 1
    return dict(only)


def test_every_worked_example_has_exactly_its_answer_in_order(tmp_path: Path) -> None:
    file = tmp_path / "measures.json"
    file.write_text(json.dumps({**WORKED, "calendars": CALENDARS}), "utf-8")
    result = CliRunner().invoke(measures, [str(file)])
    assert result.exit_code == 0, result.stderr
    expected = [{"id": each["id"], **each["expected"]} for each in WORKED["examples"]]
    assert json.loads(result.stdout) == {"results": expected}
    assert len(expected) == 20


def test_nothing_asked_has_no_results_and_needs_no_calendars() -> None:
    assert json.loads(ran({"examples": []}).stdout) == {"results": []}


def test_a_title_a_reason_and_an_expectation_are_allowed_and_not_read() -> None:
    example = {
        "id": "a",
        "measure": "csat_top2",
        "inputs": {"scores": []},
        "title": "t",
        "why": "w",
        "expected": {"n": 9},
    }
    result = ran({"about": "words", "examples": [example]})
    assert json.loads(result.stdout)["results"] == [{"id": "a", "n": 0, "pct": None, "mean": None}]


def test_figures_may_be_numbers_or_texts_and_are_read_exactly() -> None:
    rules = [{"kind": "per_breach", "percent": 2.5}]
    as_numbers = answer("credit", {"fee": 100.20, "rules": rules, "breaches": 1})
    rules = [{"kind": "per_breach", "percent": "2.5"}]
    as_texts = answer("credit", {"fee": "100.20", "rules": rules, "breaches": "1"})
    assert as_numbers == as_texts
    assert as_numbers["credit"] == "2.51"  # 2.505, which no binary fraction holds


@pytest.mark.parametrize(
    ("measure", "inputs", "expected"),
    [
        (
            "sla_attainment",
            {"met": 0, "breached": 0},
            {"numerator": 0, "denominator": 0, "pct": None},
        ),
        (
            "first_time_fix",
            {"completed": 2, "cancelled_or_no_access": 2},
            {"numerator": 0, "denominator": 0, "pct": None},
        ),
        ("ces_1_7", {"scores": []}, {"n": 0, "mean": None, "pct_5_plus": None}),
        (
            "mttr",
            {"jobs": []},
            {"time_to_arrive_min": None, "time_to_restore_min": None, "hands_on_min": None},
        ),
        ("xla_score", {"components": {}}, {"score": None}),
        ("credit", {"fee": 0, "rules": []}, {"lines": [], "credit": "0.00"}),
        (
            "watermelon_site",
            {"attainment_target": 95, "csat_target": 75, "answers": 9},
            {"watermelon": None},
        ),
        (
            "availability",
            {
                "calendar": "FR_BUS",
                "period": ["2026-06-06T00:00+02:00", "2026-06-08T00:00+02:00"],
                "downtime": [["2026-06-06T09:00+02:00", None]],
                "target_pct": 99,
            },
            {
                "agreed_seconds": 0,
                "downtime_seconds": 0,
                "availability_pct_floor2": None,
                "met": None,
            },
        ),
    ],
)
def test_what_cannot_be_told_is_null(measure: str, inputs: Inputs, expected: Inputs) -> None:
    assert answer(measure, inputs) == expected


def test_failures_may_be_told_with_offsets_or_in_one_places_local_time() -> None:
    local = {"reported": "2026-06-01T08:00", "on_site": "2026-06-01T08:50"}
    told = {key: f"{text}+02:00" for key, text in local.items()}
    figures = answer("mttr", {"jobs": [local, told]})
    assert figures["time_to_arrive_min"] == 50
    assert figures["time_to_restore_min"] is None


def test_a_failure_with_offsets_is_measured_across_the_clock_change() -> None:
    job = {"reported": "2026-03-29T01:30+01:00", "restored": "2026-03-29T03:30+02:00"}
    assert answer("mttr", {"jobs": [job]})["time_to_restore_min"] == 60


def faults(result: Result) -> list[tuple[str, str]]:
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()[1:]
    return [(line.split(": ", 1)[0], line.rsplit("(", 1)[1].rstrip(")")) for line in lines]


@pytest.mark.parametrize(
    ("measure", "inputs", "found"),
    [
        ("sla_attainment", {"met": -1, "breeched": 2}, ["met", "breached", "breeched"]),
        ("sla_attainment", {"met": True, "breached": "1.5"}, ["met", "breached"]),
        ("sla_attainment", [], [""]),
        ("csat_top2", {"scores": [0, 5, 6]}, ["scores[0]", "scores[2]"]),
        ("csat_top2", {"scores": 5}, ["scores"]),
        ("ces_1_7", {"scores": [8, "x"], "wording": 7}, ["scores[1]", "wording"]),
        (
            "first_time_fix",
            {"completed": 1, "cancelled_or_no_access": 2},
            ["cancelled_or_no_access"],
        ),
        (
            "first_time_fix",
            {
                "completed": 3,
                "needed_second_visit": 2,
                "repeat_same_asset_same_fault_within_30d": 2,
            },
            ["needed_second_visit"],
        ),
        (
            "watermelon_job",
            {"response": "green", "csat": 0, "ces": 8, "irritation": "no"},
            ["response", "csat", "ces", "irritation"],
        ),
        (
            "watermelon_site",
            {"attainment_pct": 101, "csat_target": -1, "answers": None},
            ["attainment_pct", "attainment_target", "csat_target", "answers"],
        ),
        (
            "xla_score",
            {"weights": {"csat": -1, "ces": 1}, "components": {"ces": 5}},
            ["weights.csat"],
        ),
        (
            "xla_score",
            {"weights": {"csat": "x"}, "components": {"csat": 101, "eta": 5}},
            ["weights.csat", "components.csat", "components.eta"],
        ),
        ("xla_score", {"weights": {"csat": 0}, "components": {}}, ["weights"]),
        ("xla_score", {}, ["components"]),
        (
            "availability",
            {
                "calendar": "MARS",
                "period": ["2026-06-01T00:00", "2026-07-01T00:00+02:00"],
                "downtime": [["2026-06-02T00:00Z", "2026-06-01T00:00Z"], "x"],
                "target_pct": "lots",
            },
            ["calendar", "period[0]", "downtime[0][1]", "downtime[1]", "target_pct"],
        ),
        (
            "availability",
            {"calendar": "FR_247", "period": ["2026-06-01T00:00Z", None]},
            ["period[1]"],
        ),
        (
            "mttr",
            {
                "jobs": [
                    {"reported": "2026-06-01T08:00", "on_site": "2026-06-01T08:50Z"},
                    {"reported": "2026-06-01T08:00", "restored": "2026-06-01T07:59"},
                    {"on_site": "soon"},
                    "x",
                ]
            },
            ["jobs[0]", "jobs[1].restored", "jobs[2].reported", "jobs[2].on_site", "jobs[3]"],
        ),
        (
            "credit",
            {
                "fee": "-1",
                "cap_percent": 101,
                "rules": [
                    {"kind": "per_breach", "percent": 0},
                    {
                        "kind": "tier",
                        "tiers": [{"below": "x", "percent": 1}, {"below": 99, "percent": 5}],
                    },
                    {
                        "kind": "tier",
                        "tiers": [{"below": 95, "percent": 1}, {"below": 99, "percent": 0}],
                    },
                    {"kind": "tier", "tiers": []},
                    {"kind": "tier", "tiers": [7]},
                    {"kind": "chronic", "count": 1, "percent": "5", "colour": 1},
                    {"kind": "wish"},
                    7,
                ],
                "breaches": -1,
                "availability": 101,
                "active_days": 5,
            },
            [
                "rules[0].percent",
                "rules[1].tiers[0].below",
                "rules[2].tiers[1].percent",
                "rules[2].tiers[1].below",
                "rules[3].tiers",
                "rules[4].tiers[0]",
                "rules[5].colour",
                "rules[5].count",
                "rules[6].kind",
                "rules[7]",
                "cap_percent",
                "breaches",
                "availability",
                "fee",
                "month_days",
            ],
        ),
    ],
)
def test_every_fault_of_the_inputs_is_named_by_its_path(
    measure: str, inputs: object, found: list[str]
) -> None:
    under = "examples[0].inputs"
    expected = [f"{under}.{path}" if path else under for path in found]
    assert [path for path, _ in faults(asked(measure, inputs))] == expected


def test_one_fault_leaves_everything_unanswered_and_hides_no_other() -> None:
    right = {"id": "a", "measure": "sla_attainment", "inputs": {"met": 1, "breached": 0}}
    result = ran(
        {
            "calendars": {"A": {"tz": "Mars/Olympus", "always_open": True}},
            "examples": [
                right,
                {**right, "measure": "luck"},
                {**right, "id": None, "colour": 1},
                7,
            ],
            "colour": 1,
        }
    )
    assert faults(result) == [
        ("colour", "unknown_key"),
        ("calendars.A.tz", "unknown_zone"),
        ("examples[1].measure", "unknown_measure"),
        ("examples[2].colour", "unknown_key"),
        ("examples[2].id", "not_an_id"),
        ("examples[3]", "not_an_object"),
    ]


@pytest.mark.parametrize(
    "figure",
    ["NaN", "Infinity", "1e99", "1e-99", "1e9999999999999999999999", '"1e5"', '" 5"', "[]", '"٣"'],
)
def test_a_fee_that_is_no_plain_number_is_refused(figure: str) -> None:
    inputs = f'{{"fee": {figure}, "rules": []}}'
    text = f'{{"examples": [{{"id": 1, "measure": "credit", "inputs": {inputs}}}]}}'
    assert [path for path, _ in faults(ran(text))] == ["examples[0].inputs.fee"]


@pytest.mark.parametrize("text", ["{", "", b"\xff\xfe\x00", "[" * 100_000])
def test_what_cannot_be_parsed_is_said_to_be_so(text: str | bytes) -> None:
    assert [code for _, code in faults(ran(text))][:1] == ["not_json"]


def test_a_key_given_twice_is_a_fault_beside_the_others() -> None:
    text = '{"examples": 7, "examples": 8}'
    assert [code for _, code in faults(ran(text))] == ["key_twice", "not_a_list"]
