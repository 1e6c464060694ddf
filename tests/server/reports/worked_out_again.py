"""A month worked out from its table of events alone, by rules written down here a second time.

Nothing of the product is used: whoever has the download can do the same.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import floor

Row = Mapping[str, str]
Key = tuple[str, str, str]
"""An intervention, one of its clocks, and the round of that clock."""


@dataclass(frozen=True)
class Month:
    """What the table says: shares as so many of so many, seconds by lift, money by currency."""

    reported: int
    kept: dict[str, tuple[int, int]]
    outside: dict[str, dict[str, int]]
    satisfied: tuple[int, int]
    easy: tuple[int, int]
    as_announced: tuple[int, int]
    not_announced: int
    lifts: dict[str, tuple[int, int]]
    credited: dict[str, Decimal]


def worked_out(text: str) -> Month:
    rows = list(csv.DictReader(io.StringIO(text)))
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_event[row["event"]].append(row)
    (as_of,) = by_event["report_as_of"]
    kept, outside = _promises(by_event, _second(as_of["from_at"]))
    announced, arrivals = _arrivals(by_event)
    return Month(
        reported=len(by_event["reported"]),
        kept=kept,
        outside=outside,
        satisfied=_at_least(by_event["satisfied"], 4),
        easy=_at_least(by_event["easy"], 5),
        as_announced=announced,
        not_announced=arrivals - announced[1],
        lifts=_lifts(by_event),
        credited=_money(by_event["credited"]),
    )


def _promises(
    by_event: Mapping[str, list[Row]], now: int
) -> tuple[dict[str, tuple[int, int]], dict[str, dict[str, int]]]:
    """By clock: done by its due, of those that came to be judged; and what was left out."""
    named = {event: {_key(row) for row in by_event[event]} for event in ("excused", "overturned")}
    elsewhere = {_key(row) for row in by_event["counted_elsewhere"]}
    done = {_key(row): _second(row["from_at"]) for row in by_event["done"]}
    ended = {_key(row): _second(row["from_at"]) for row in by_event["ended_without"]}
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for row in by_event["promised"]:
        key = _key(row)
        over = done.get(key, ended.get(key, now))
        if row["to_at"] and over > _second(row["to_at"]):
            how = "excused" if key in named["excused"] else "missed"
            how = "cancelled" if key in elsewhere and how == "missed" else how
        elif key in done:
            how = "kept"
        else:
            how = "cancelled" if key in ended else "not_yet_due"
        ends[row["clock"]][how] += 1
    kept, outside = {}, {}
    for clock, found in ends.items():
        judged = found["kept"] + found["missed"]
        if not judged:
            continue
        kept[clock] = found["kept"], judged
        left_out = {
            "not_yet_due": found["not_yet_due"],
            "excused": found["excused"],
            "overturned": sum(key[1] == clock for key in named["overturned"]),
            "cancelled": found["cancelled"],
            "uncovered": len(by_event["nothing_promised"]),
            "out_of_scope": len(by_event["out_of_scope"]),
        }
        outside[clock] = {reason: count for reason, count in left_out.items() if count}
    return kept, outside


def _arrivals(by_event: Mapping[str, list[Row]]) -> tuple[tuple[int, int], int]:
    """Within a quarter of an hour of the last arrival told half an hour ahead; and all arrivals."""
    kept = announced = 0
    for came in by_event["arrived"]:
        at = _instant(came["from_at"])
        told = [
            row
            for row in by_event["arrival_announced"]
            if (row["number"], row["visit"]) == (came["number"], came["visit"])
            and _instant(row["from_at"]) <= at - timedelta(minutes=30)
        ]
        if told:
            announced += 1
            kept += abs(at - _instant(told[-1]["to_at"])) <= timedelta(minutes=15)
    return (kept, announced), len(by_event["arrived"])


def _lifts(by_event: Mapping[str, list[Row]]) -> dict[str, tuple[int, int]]:
    """Second by second: agreed and not under planned work; and of those, out of service."""
    found = {}
    for lift in {row["lift"] for row in by_event["agreed_to_run"]}:
        of = {
            event: _union(row for row in by_event[event] if row["lift"] == lift)
            for event in ("agreed_to_run", "planned_work", "out_of_service")
        }
        run = [*_without(of["agreed_to_run"], of["planned_work"])]
        up = [*_without(run, of["out_of_service"])]
        found[lift] = _length(run), _length(run) - _length(up)
    return found


def _union(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """Stretches in seconds, in order and apart; one without an end goes on."""
    joined: list[tuple[int, int]] = []
    spans = (
        (_second(row["from_at"]), _second(row["to_at"] or "9999-01-01T00:00:00Z")) for row in rows
    )
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _without(
    stretches: Iterable[tuple[int, int]], holes: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    gone = list(holes)
    for start, end in stretches:
        reached = start
        for hole_start, hole_end in gone:
            if hole_end > reached and hole_start < end:
                yield reached, max(reached, hole_start)
                reached = max(reached, min(end, hole_end))
        yield reached, end


def _length(stretches: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in stretches)


def _money(rows: Iterable[Row]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row["unit"]] += Decimal(row["value"])
    return dict(found)


def _at_least(rows: Iterable[Row], best: int) -> tuple[int, int]:
    scores = [int(row["value"]) for row in rows]
    return sum(score >= best for score in scores), len(scores)


def _key(row: Row) -> Key:
    return row["number"], row["clock"], row["round"]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _second(text: str) -> int:
    return floor(_instant(text).timestamp())
