"""`palier bench dispatch`: days for everyone, peers asked fairly, one bill for all."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from time import process_time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from dispatch.planning import Problem, check, solve
from dispatch.planning.limits import Limits
from dispatch.planning.repair import Routes
from server.bench import contest
from server.bench.dispatch import DayFigures, _is_behind, measure
from server.bench.field_days import (
    ORDINARY,
    OVERLOADED,
    STAKES,
    Day,
    field_day,
    within_reach,
)
from server.bench.peers.meter import Meter
from server.bench.peers.widening import STEPS, Deadlines, may_do
from server.bench.refusals import PeerMissing
from server.cli import main
from server.cli.contest_words import contest_in_words
from tests.dispatch.planning.makers import HOUR, job, problem, technician

TINY = Day(3, 12, ORDINARY, seed=4)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["bench", "dispatch", *words])


def busy(seconds: float) -> None:
    begun = process_time()
    while process_time() - begun < seconds:
        pass


def peer(monkeypatch: pytest.MonkeyPatch, *answers: Routes, each: float = 0.0) -> None:
    """An optimiser called test that answers these routes, at so many CPU seconds each."""

    def routes(_: Problem, __: Meter, ___: int) -> Iterator[Routes]:
        for answer in answers:
            busy(each)
            yield answer

    monkeypatch.setitem(contest.PEERS, "test", ("test", "ortools"))
    monkeypatch.setattr(contest, "import_module", lambda _: SimpleNamespace(routes=routes))


def test_the_same_seed_gives_the_same_day_and_another_seed_another() -> None:
    assert field_day(TINY) == field_day(TINY)
    assert field_day(TINY) != field_day(replace(TINY, seed=5))


def test_an_overloaded_day_is_the_same_day_with_longer_work() -> None:
    usual, long = (field_day(replace(TINY, load=load)) for load in (ORDINARY, OVERLOADED))
    assert [each.due for each in usual.jobs] == [each.due for each in long.jobs]
    pairs = zip(usual.jobs, long.jobs, strict=True)
    assert all(one.duration < other.duration for one, other in pairs)


@pytest.mark.parametrize("priority", [1, 2])
def test_for_an_urgent_call_the_latest_start_beats_never(priority: int) -> None:
    stakes = STAKES[priority]
    longest = 12 * HOUR - stakes.due_seconds  # lateness of who is called first and served last
    assert stakes.late_fixed + stakes.late_cost * longest < stakes.drop_cost


def test_the_days_have_every_rule_a_peer_is_asked_to_keep() -> None:
    day = field_day(Day(20, 120, ORDINARY, seed=1))
    assert {each.priority for each in day.jobs} == {1, 2, 3, 4}
    assert all(each.due is not None for each in day.jobs)
    windowed = [each for each in day.jobs if each.window is not None]
    assert 0.1 < len(windowed) / sum(each.priority >= 3 for each in day.jobs) < 0.3
    assert all(each.break_ is not None and each.overtime_max for each in day.technicians)
    assert any(each.release for each in day.jobs)
    assert any(each.excluded for each in day.jobs)


def test_within_reach_is_what_somebody_able_would_keep_alone() -> None:
    near = job("near", priority=1, due=600)
    far = job("far", priority=1, location=3, due=600)
    skilled = job("skilled", priority=1, due=600, skills={"rescue": 1})
    assert within_reach(problem([technician()], [near, far, skilled]), 1) == 1


def test_of_a_peers_plans_the_cheapest_by_our_bill_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = problem(jobs=[job("a"), job("b", location=2)])
    peer(monkeypatch, {"anna": ["a"]}, {"anna": ["a", "b"]}, {})
    entry = contest.entry_of_peer("test", question, seconds=1, seed=1)
    assert (entry.total, entry.plans, entry.left_out) == (2 * 1200, 3, 0)


def test_what_breaks_a_hard_rule_is_taken_off_a_peers_route_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = problem(jobs=[job("a"), job("b", location=2, window=(0, 60))])
    peer(monkeypatch, {"anna": ["a", "b"]})
    entry = contest.entry_of_peer("test", question, seconds=1, seed=1)
    assert (entry.removed, entry.left_out, entry.cost["drop"]) == (1, 1, 100_000)


def test_a_peer_that_finds_nothing_leaves_all_out(monkeypatch: pytest.MonkeyPatch) -> None:
    peer(monkeypatch)
    assert contest.entry_of_peer("test", problem(), seconds=1, seed=1).total == 100_000


def test_palier_gets_no_more_than_the_most_frugal_peer_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peer(monkeypatch, {}, each=0.05)
    given: list[float | None] = []

    def watched(question: Problem, *, limits: Limits, **_: object) -> object:
        given.append(limits.seconds)
        return solve(question, limits=Limits(iterations=1))

    monkeypatch.setattr(contest, "solve", watched)
    measure(sizes=[(2, 6)], days=1, seconds=9.0, peers=["test"], seed=1)
    assert all(each is not None and 0.05 <= each < 9.0 for each in given)
    assert len(given) == 2  # an ordinary day and an overloaded one


def test_only_a_peers_own_work_is_on_its_clock() -> None:
    meter = Meter(1.0)
    with meter.running():
        busy(0.02)
    used = meter.used
    busy(0.02)
    assert meter.used == used >= 0.02
    assert meter.left == 1.0 - used


def test_a_deadline_widens_step_by_step_only_for_who_was_left_out() -> None:
    question = problem(jobs=[job("kept", due=3600), job("left", due=3600), job("free")])
    deadlines = Deadlines(question)
    closes = []
    while deadlines.widen(["kept"]):
        closes.append(deadlines.window(1)[1])
    assert closes == [min(3600 + step, STEPS[-1]) for step in STEPS[1:]]
    assert deadlines.window(0) == (0, 3600)
    assert deadlines.window(2)[1] >= 24 * HOUR


def test_a_hard_window_is_never_widened() -> None:
    deadlines = Deadlines(problem(jobs=[job(due=3600, window=(1800, 4000))]))
    while deadlines.widen([]):
        pass
    assert deadlines.window(0) == (1800, 4000)


def test_who_may_do_a_job_is_what_the_rules_say() -> None:
    people = [
        technician("a", skills={"rescue": 2}),
        technician("b"),
        technician("c", skills={"rescue": 2}),
    ]
    needs = job(skills={"rescue": 2}, excluded=("c",))
    assert may_do(problem(people, [needs]), needs) == [0]


def test_days_are_told_with_peers_ratio_and_promises() -> None:
    result = run("--quick", "--seconds", "0.05", "--vs", "ortools-routing", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["dispatch"]
    assert [each["name"] for each in found["days"]] == [
        "20 x 120 ordinary 1",
        "20 x 120 overloaded 1",
        "60 x 400 ordinary 1",
        "60 x 400 overloaded 1",
    ]
    assert [each["name"] for each in found["days"][0]["entries"]] == ["palier", "ortools-routing"]
    assert found["summary"]["days"] == 4


def test_figures_are_a_table_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    peer(monkeypatch, {})
    found = measure(sizes=[(2, 8)], days=1, seconds=0.05, peers=["test"], seed=3)
    text = "\n".join(contest_in_words(asdict(found)))
    assert "2 x 8 overloaded 3" in text
    assert f"mean ratio {found.summary.mean_ratio:.3f}" in text


def test_a_peer_with_more_promises_kept_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    peer(monkeypatch, {})
    found = measure(sizes=[(2, 8)], days=1, seconds=0.05, peers=["test"], seed=3)
    day = found.days[0]
    assert not _is_behind(day)
    ours, theirs = day.entries
    better: DayFigures = replace(
        day, entries=(ours, replace(theirs, on_time={1: ours.on_time[1], 2: ours.on_time[2] + 1}))
    )
    assert _is_behind(better)


def test_a_peer_that_is_not_installed_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(contest.PEERS, "absent", ("server.bench.peers.absent", "absent"))
    with pytest.raises(PeerMissing, match=r"pip install palier\[bench\]"):
        contest.versions(["absent"])


def test_an_unknown_peer_is_refused_with_those_there_are() -> None:
    result = run("--vs", "gurobi")
    assert result.exit_code == 2
    assert "choose from vroom, pyvrp, ortools-routing" in result.output


def test_plans_of_every_size_pass_the_check() -> None:
    question = field_day(TINY)
    assert check(question, solve(question, limits=Limits(iterations=50))).is_legal
