"""The solver's own process: what it leaves undone when nobody wants it, and does when idle."""

import json
from datetime import UTC, datetime

import pytest

from dispatch.planning import Job, Plan, Problem, Technician, write_plan, write_problem
from dispatch.planning.bound import warm as warm_proof
from dispatch.planning.engine import warm_linked
from server.planning.child import Child

ANNA = Technician("anna", start=0, end=0, shift=(0, 28_800))
LIFT = Job("lift", location=1, duration=1_800, priority=2, drop_cost=50_000)
PROBLEM = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (ANNA,), (LIFT,))


def test_a_stopped_search_is_not_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child()
    child.tasks.put(
        {
            "kind": "solve",
            "id": "unwanted",
            "problem": write_problem(PROBLEM),
            "start": write_plan(Plan()),
            "seconds": 60,
            "iterations": None,
            "seed": 0,
            "workers": 1,
        }
    )
    child.tasks.put(None)
    child.unwanted.add("unwanted")
    child.work()
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers[-1] == {"id": "unwanted", "kind": "refused", "code": "stopped"}
    assert child.unwanted == set()


def test_proofs_and_orders_are_at_hand_before_anybody_asks() -> None:
    Child().prepare()
    assert warm_proof.cache_info().currsize == warm_linked.cache_info().currsize == 1
