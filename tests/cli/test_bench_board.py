"""`palier bench board`: told in words; its big days are what they say."""

from server.bench.drawn_days import full_midday
from server.cli.bench_words import in_words

MACHINE = {"system": "Linux x86_64", "cores": 2, "python": "3.11.7"}
SPREAD = {"p50_ms": 12.0, "p95_ms": 34.5}
FRAMES = {"apart": SPREAD, "work": SPREAD, "longest_task_ms": 41.5, "long_tasks": 0}


def test_the_figures_of_a_board_name_each_size_and_what_moved() -> None:
    day = {
        "technicians": 200,
        "visits": 2000,
        "waiting": 100,
        "kilobytes": 2286.0,
        "answers": SPREAD,
        "first_render": SPREAD,
        "first_work": SPREAD,
        "elements": 803,
        "scrolling": FRAMES,
        "dragging": FRAMES,
        "coloured": SPREAD,
        "verdicts": SPREAD,
    }
    board = {
        "sizes": [day],
        "script_kilobytes": 71.2,
        "dispatchers": 20,
        "live": SPREAD,
        "urgent": SPREAD,
        "urgent_keys": 10,
        "key_seconds": 0.15,
    }
    told = in_words({"machine": MACHINE, "board": board})
    assert "200 technicians, 2000 visits, 100 waiting" in told
    assert "answer of 2286 kB" in told
    assert told.count("12.0 /     34.5") == 11
    assert told.count("longest task 41.5 ms, 0 over 50") == 2
    assert "where a dragged visit can be" in told
    assert "an urgent call in 10 keys" in told
    assert "803 elements" in told
    assert "a call, 20 dispatchers" in told


def test_on_a_full_day_everybody_goes_from_one_visit_to_the_next() -> None:
    day = full_midday(technicians=4, visits=40, waiting=3, seed=7)
    for route in day.plan.routes:
        ends = [stop.finish for stop in route.stops]
        assert len(ends) == 10
        assert all(end <= stop.arrive for end, stop in zip(ends, route.stops[1:], strict=False))
    assert len(day.calls) == 3
