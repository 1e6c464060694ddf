"""Problem files nobody means well with, by name: as JSON values or as raw text.

Each is written by hand from one plain problem, so that only the hostile part differs.
"""

import json
from collections.abc import Callable

Document = dict[str, object]

LONGEST = 10**9  # s, the longest time the format takes
DEAREST = 10**12  # the highest cost it takes


def resting(earliest: int, latest: int, duration: int) -> Document:
    """Anna with this break."""
    rest = {"earliest": earliest, "latest": latest, "duration": duration}
    return person() | {"break": rest}


def person(name: str = "anna", **given: object) -> Document:
    return {"id": name, "start": 0, "end": 0, "shift": [0, 28800]} | given


def work(name: str = "lift", **given: object) -> Document:
    plain = {"id": name, "location": 1, "duration": 600, "priority": 3, "drop_cost": 1000}
    return plain | given


def day(**given: object) -> Document:
    """One technician, one job ten minutes away."""
    plain: Document = {
        "format": "palier-problem/1",
        "origin": "2026-06-01T06:00:00Z",
        "travel": {"durations": [[0, 600], [600, 0]]},
        "technicians": [person()],
        "jobs": [work()],
    }
    return plain | given


def roads(*rows: list[int]) -> Document:
    return {"travel": {"durations": list(rows)}}


def many(count: int, make: Callable[[int], Document]) -> list[Document]:
    return [make(number) for number in range(count)]


def raw(value: str, **given: object) -> str:
    """The day's text with the mark "X" replaced by what no JSON writer would write."""
    return json.dumps(day(**given)).replace('"X"', value)


LEGAL: dict[str, Document] = {
    "nobody and nothing": day(technicians=[], jobs=[]),
    "no places at all": day(technicians=[], jobs=[], travel={"durations": []}),
    "no technicians": day(technicians=[]),
    "no jobs": day(jobs=[]),
    "windows that close before anybody can be there": day(
        jobs=many(9, lambda number: work(f"lift-{number}", window=[0, 0]))
    ),
    "three hundred jobs at one point": day(
        technicians=many(3, lambda number: person(f"anna-{number}")),
        jobs=many(300, lambda number: work(f"lift-{number}", location=0)),
    ),
    "work that takes no time on roads of no length": day(
        **roads([0, 0], [0, 0]),
        jobs=many(200, lambda number: work(f"lift-{number}", duration=0, due=0, late_cost=5)),
    ),
    "somebody nobody wants at any price": day(jobs=[work(preferred={"anna": -LONGEST})]),
    "places without a way": day(**roads([0, -1], [-1, 0])),
    "not even a way to where one is": day(**roads([-1, -1], [-1, -1])),
    "a way out and none back": day(**roads([0, 600], [-1, 0])),
    "a long way from a place to itself": day(**roads([900, 600], [600, 900])),
    "roads that are slower one way": day(**roads([0, 5], [9000, 0])),
    "roads where a detour is shorter": day(
        **roads([0, 9000, 10], [9000, 0, 10], [10, 10, 0]), jobs=[work(), work("far", location=2)]
    ),
    "a shift of no length": day(technicians=[person(shift=[0, 0])]),
    "a shift that is over": day(now=LONGEST),
    "every time as long as may be": day(
        **roads([0, LONGEST], [LONGEST, 0]),
        technicians=[person(shift=[-LONGEST, LONGEST], overtime_max=LONGEST)],
        jobs=many(9, lambda number: work(f"lift-{number}", duration=LONGEST, due=-LONGEST)),
    ),
    "every price as high as may be": day(
        technicians=[person(overtime_cost=DEAREST, use_cost=DEAREST, overtime_max=LONGEST)],
        jobs=many(
            30,
            lambda number: work(
                f"lift-{number}",
                duration=3600,
                due=0,
                late_cost=DEAREST,
                late_fixed=DEAREST,
                drop_cost=DEAREST,
            ),
        ),
    ),
    "bonuses and penalties without measure": day(
        jobs=[work(preferred={"anna": DEAREST}), work("far", preferred={"anna": -DEAREST})]
    ),
    "a break as long as may be": day(technicians=[resting(-LONGEST, LONGEST, LONGEST)]),
    "a break that is none": day(technicians=[resting(0, 0, 0)]),
    "a promise made an age ago": day(
        jobs=[work(location=0, announced={"technician": "anna", "start": -LONGEST})],
        stability={"move_cost": DEAREST, "tolerance": LONGEST, "budget": 0},
    ),
    "a skill of a level nobody reaches": day(jobs=[work(skills={"rescue": DEAREST})]),
    "a load nobody carries": day(
        technicians=[person(capacity=DEAREST)],
        jobs=many(9, lambda number: work(f"lift-{number}", load=DEAREST)),
    ),
    "a job nobody may do": day(jobs=[work(technicians=[])]),
    "a job everybody is kept from": day(jobs=[work(excluded=["anna"])]),
    "the poles": day(
        travel={
            "locations": [{"lat": 90, "lon": 180}, {"lat": -90, "lon": -180}],
            "profile": "urban",
        }
    ),
    "names of a thousand letters": day(jobs=[work("é" * 1000)]),
    "a name that is one control character": day(jobs=[work("\0")]),
}

UNKEEPABLE: dict[str, Document] = {
    "a start fixed after the end of time": day(jobs=[work(locked={"start": LONGEST})]),
    "a start fixed before now": day(jobs=[work(locked={"start": -LONGEST})]),
    "two jobs fixed for the same second": day(
        jobs=many(2, lambda at: work(f"lift-{at}", locked={"technician": "anna", "start": 900}))
    ),
    "a promise that can neither be kept nor moved": day(
        technicians=[person(shift=[0, 100])],
        jobs=[work(announced={"technician": "anna", "start": 0})],
        stability={"budget": 0},
    ),
}

REFUSED: dict[str, tuple[str, Document | str]] = {
    "an empty file": ("not_json", ""),
    "half a file": ("not_json", json.dumps(day())[:50]),
    "a list": ("not_an_object", "[]"),
    "nothing": ("not_an_object", "null"),
    "brackets without end": ("not_json", "[" * 200_000),
    "objects without end": ("not_json", '{"a":' * 100_000),
    "depth where a list belongs": ("not_json", raw("[" * 5000 + "]" * 5000, jobs="X")),
    "a number of five thousand digits": ("not_json", raw("9" * 5000, now="X")),
    "a number of four hundred digits": ("out_of_range", raw("9" * 400, now="X")),
    "a number beyond all numbers": ("not_an_integer", raw("1e400", now="X")),
    "not a number": ("not_an_integer", raw("NaN", now="X")),
    "infinity": ("not_an_integer", raw("-Infinity", travel={"durations": [["X"]]})),
    "half a second": ("not_an_integer", day(now=1.5)),
    "a number in quotes": ("not_an_integer", day(now="1")),
    "true as a number": ("not_an_integer", day(now=True)),
    "a key given twice": ("not_json", '{"format":"palier-problem/1","format":"x"}'),
    "half a letter": ("not_a_text", day(jobs=[work("\ud800")])),
    "half a letter in a skill": ("not_a_text", day(jobs=[work(skills={"\ud800": 1})])),
    "another version": ("unknown_format", day(format="palier-problem/2")),
    "a key nobody knows": ("unknown_key", day(colour="red")),
    "a key nobody knows in a job": ("unknown_key", day(jobs=[work(colour="red")])),
    "jobs that are no list": ("not_a_list", day(jobs={})),
    "jobs that are words": ("not_an_object", day(jobs=["lift"])),
    "no jobs given": ("missing", day(jobs=None)),
    "a matrix that is not square": ("wrong_shape", day(**roads([0, 1], [1]))),
    "rows that are words": ("not_a_list", day(travel={"durations": ["ab", "cd"]})),
    "travel told twice": ("one_of_two", day(travel={"durations": [[0]], "locations": []})),
    "travel before it begins": ("negative", day(**roads([0, -2], [5, 0]))),
    "travel of a lifetime": ("out_of_range", day(**roads([0, 2**31], [2**31, 0]))),
    "a place off the globe": (
        "off_the_globe",
        day(travel={"locations": [{"lat": 10**400, "lon": 0}], "profile": "urban"}),
    ),
    "a place that is not a number": (
        "off_the_globe",
        raw("NaN", travel={"locations": [{"lat": "X", "lon": 0}], "profile": "urban"}),
    ),
    "a place nobody listed": ("unknown_location", day(jobs=[work(location=7)])),
    "a place before the first": ("unknown_location", day(jobs=[work(location=-1)])),
    "yesterday": ("not_an_instant", day(origin="yesterday")),
    "an instant without a zone": ("no_offset", day(origin="2026-06-01T06:00:00")),
    "the last second there is": ("out_of_range", day(origin="9999-12-31T23:59:59+00:00")),
    "the first second there was": ("out_of_range", day(origin="0001-01-01T00:00:00+14:00")),
    "work of less than no time": ("negative", day(jobs=[work(duration=-1)])),
    "a load of less than nothing": ("negative", day(jobs=[work(load=-1)])),
    "a price below zero": ("negative", day(jobs=[work(drop_cost=-1)])),
    "a price beyond all prices": ("out_of_range", day(jobs=[work(drop_cost=DEAREST + 1)])),
    "a crew of nobody": ("empty_crew", day(jobs=[work(crew=0)])),
    "a priority below the lowest": ("unknown_priority", day(jobs=[work(priority=9)])),
    "a window that closes before it opens": (
        "ends_before_it_begins",
        day(jobs=[work(window=[9, 3])]),
    ),
    "a window closed before the release": (
        "window_closed",
        day(jobs=[work(release=10, window=[0, 5])]),
    ),
    "a shift that ends before it begins": (
        "ends_before_it_begins",
        day(technicians=[person(shift=[5, 0])]),
    ),
    "the same job twice": ("duplicate_id", day(jobs=[work(), work()])),
    "the same technician twice": ("duplicate_id", day(technicians=[person(), person()])),
    "jobs that wait for each other": (
        "circular_after",
        day(jobs=[work(after=["far"]), work("far", after=["lift"])]),
    ),
    "a job that waits for itself": ("circular_after", day(jobs=[work(after=["lift"])])),
    "a job after one nobody knows": ("unknown_id", day(jobs=[work(after=["ghost"])])),
    "a job for one nobody knows": ("unknown_id", day(jobs=[work(technicians=["ghost"])])),
    "a job without a name": ("empty_id", day(jobs=[work("")])),
}
