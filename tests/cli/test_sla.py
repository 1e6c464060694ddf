"""`palier sla` as a person or a program meets it: a file or a dash in, JSON or faults out."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from server.cli.sla import sla

EXAMPLES = Path(__file__).parents[1] / "examples" / "sla_examples.json"


def ran(text: str | bytes) -> Result:
    return CliRunner().invoke(sla, ["-"], input=text)


def question(**changes: object) -> dict[str, object]:
    usual = {"id": "c1", "calendar": "A", "start": "2026-06-02T07:00Z", "seconds": 7200}
    return {**usual, **changes}


def document(*checks: dict[str, object]) -> str:
    always = {"tz": "Europe/Paris", "always_open": True}
    return json.dumps({"calendars": {"A": always}, "checks": checks})


def test_every_worked_example_is_answered_to_the_second_and_in_order(tmp_path: Path) -> None:
    examples = json.loads(EXAMPLES.read_text("utf-8"))
    checks = [
        {"id": f"{example['id']} {check['name']}", **check}
        for example in examples["examples"]
        for check in example["checks"]
    ]
    file = tmp_path / "questions.json"
    file.write_text(json.dumps({"calendars": examples["calendars"], "checks": checks}), "utf-8")
    result = CliRunner().invoke(sla, [str(file)])
    assert result.exit_code == 0
    answers = json.loads(result.stdout)["checks"]
    assert [answer["id"] for answer in answers] == [check["id"] for check in checks]
    for check, answer in zip(checks, answers, strict=True):
        for key in ("due_utc", "at_risk_utc", "internal_due_utc", "remaining_seconds"):
            assert answer[key] == check.get(key), (check["id"], key)


def test_standard_input_is_read_for_a_dash() -> None:
    result = ran(document(question()))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["checks"][0]["due_utc"] == "2026-06-02T09:00:00Z"


def test_no_checks_have_no_answers() -> None:
    assert json.loads(ran(document()).stdout) == {"checks": []}


def test_one_fault_leaves_everything_unanswered() -> None:
    result = ran(document(question(), question(seconds=0), question(start="soon")))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "checks[1].seconds" in result.stderr
    assert "checks[2].start" in result.stderr


def test_what_is_not_json_is_said_to_be_so() -> None:
    for text in ("{", "", b"\xff\xfe\x00", "[" * 100_000, '{"checks": NaN'):
        result = ran(text)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "not_json" in result.stderr


def test_a_key_given_twice_is_a_fault_beside_the_others() -> None:
    text = '{"calendars": {"A": {"tz": "UTC"}, "A": {"tz": "Mars/Olympus"}}, "checks": []}'
    result = ran(text)
    assert result.exit_code == 2
    assert "key_twice" in result.stderr
    assert "unknown_zone" in result.stderr


def test_a_key_given_twice_is_refused_even_alone() -> None:
    text = document(question()).replace('"seconds": 7200', '"seconds": 60, "seconds": 7200')
    result = ran(text)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_file_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        result = CliRunner().invoke(sla, [str(path)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert str(path) in result.stderr
