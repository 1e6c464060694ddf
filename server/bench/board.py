"""How fast the dispatcher's board is: first sight, scrolling, dragging, and what others do to it.

A real server and a real Chromium share the machine; the steps on the page are in `board_hand`.
Days are drawn and written into regions of their own, 60 technicians with 400 visits and 200 with
2,000.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any
from zoneinfo import ZoneInfo

from server.bench.big_town import settle
from server.bench.board_hand import CALL_KEYS, KEY_SECONDS, BoardHand, Frames, hand
from server.bench.client import Client, signed_in
from server.bench.demo_server import TOWN_TIME, running_demo
from server.bench.drawn_days import full_midday
from server.bench.figures import Progress, Spread, silent, spread
from server.bench.onlookers import Onlookers
from server.bench.urgent import wait_for_engine

SIZES = {"SIXTY": (60, 400, 40), "HUNDREDS": (200, 2000, 100)}
DISPATCHERS = 20
ZONE = "Europe/Andorra"


@dataclass(frozen=True, slots=True)
class Opened:
    """One size of day: the server's answer, and the page until its first bars are painted.

    `first_render` is on the wall, `first_work` the page's own processor time until then;
    `coloured` is from pressing a bar until the rows in view tell where it can be; `verdicts` is the
    server's answer for everybody and every start.
    """

    technicians: int
    visits: int
    waiting: int
    kilobytes: float
    answers: Spread
    first_render: Spread
    first_work: Spread
    elements: int
    scrolling: Frames
    dragging: Frames
    coloured: Spread
    verdicts: Spread


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """`live` is a colleague's call until it is seen, with so many dispatchers connected.

    `urgent` is an urgent call by keys, from the first key until somebody is sent; `urgent_keys` so
    many of them, each `key_seconds` after the last.
    """

    sizes: tuple[Opened, ...]
    script_kilobytes: float
    dispatchers: int
    live: Spread
    urgent: Spread
    urgent_keys: int
    key_seconds: float


def measure(*, times: int, seed: int, progress: Progress = silent) -> BoardFigures:
    """Found a town, write the big days into it, open their boards; leave nothing behind.

    Refuses with `browser_missing`.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palier-bench-")))
        port = stack.enter_context(running_demo(folder / "town", lambda given: _fill(given, seed)))
        progress(0.3)
        regions = _regions(port)
        _await_engine(port)
        board = stack.enter_context(hand(port, folder / "board"))
        sizes = []
        for step, name in enumerate(SIZES):
            sizes.append(_opened(port, board, regions[name], name, times))
            progress(0.5 + step * 0.2)
        scripts = board.script_kilobytes()
        live = _live(port, board, regions["HUNDREDS"], times)
        own = next(each for code, each in regions.items() if code not in SIZES)
        board.opens(own)
        urgent = spread([board.calls() for _ in range(times)])
    keys = len(CALL_KEYS)
    return BoardFigures(
        tuple(sizes), scripts, DISPATCHERS, live, urgent, urgent_keys=keys, key_seconds=KEY_SECONDS
    )


def _fill(settings: Mapping[str, str], seed: int) -> None:
    noon = datetime.fromisoformat(TOWN_TIME).replace(hour=12, minute=0, tzinfo=ZoneInfo(ZONE))
    for name, (technicians, visits, waiting) in SIZES.items():
        midday = full_midday(technicians=technicians, visits=visits, waiting=waiting, seed=seed)
        settle(settings["PALIER_DATABASE_URL"], midday, noon, name=name, is_promised=True)


def _regions(port: int) -> dict[str, str]:
    with closing(Client(port, signed_in(port))) as client:
        regions = client.get("/api/regions").body["items"]
    return {each["code"]: each["id"] for each in regions}


def _await_engine(port: int) -> None:
    """A board is open all day; what the first minute of a server's life takes is not asked here."""
    with closing(Client(port, signed_in(port))) as client:
        wait_for_engine(client)


def _opened(port: int, board: BoardHand, region: str, name: str, times: int) -> Opened:
    with closing(Client(port, signed_in(port))) as client:
        answers = [client.get(f"/api/board?region_id={region}") for _ in range(times)]
        body = answers[-1].body
        verdicts = _verdicts(client, body["technicians"], times)
    board.opens(region)  # the first time pays for what the browser keeps
    renders = [board.opens(region) for _ in range(times)]
    works = [board.works_to_open(region) for _ in range(times)]
    return Opened(
        technicians=len(body["technicians"]),
        visits=sum(len(row["visits"]) for row in body["technicians"]),
        waiting=SIZES[name][2],
        kilobytes=round(answers[-1].size / 1000, 1),
        answers=spread([each.seconds for each in answers]),
        first_render=spread(renders),
        first_work=spread(works),
        elements=board.elements(),
        scrolling=board.scrolls(),
        dragging=board.drags(),
        coloured=spread([board.colours() for _ in range(times)]),
        verdicts=spread(verdicts),
    )


def _verdicts(client: Client, rows: Sequence[Mapping[str, Any]], times: int) -> list[float]:
    """Seconds until it is known where a visit can be put, of so many technicians' next ones."""
    coming = (
        next(
            (bar["visit"] for bar in row["visits"] if bar["visit"]["status"] == "dispatched"), None
        )
        for row in rows
    )
    ids = [visit["intervention_id"] for visit in coming if visit is not None]
    path = "/api/interventions/{}/verdicts"
    client.get(path.format(ids[-1]))  # the day is laid out for whoever asks first
    return [client.get(path.format(each)).seconds for each in ids[:times]]


def _live(port: int, board: BoardHand, region: str, times: int) -> Spread:
    """From a colleague's command to the page of the one who looks on."""
    board.opens(region)
    with (
        closing(Client(port, signed_in(port))) as colleague,
        Onlookers(port, region, DISPATCHERS - 1),
    ):
        site = colleague.get(f"/api/sites?region_id={region}&limit=1").body["items"][0]["id"]
        waits = [_seen(board, colleague, site, turn) for turn in range(times)]
    return spread(waits)


def _seen(board: BoardHand, colleague: Client, site: str, turn: int) -> float:
    """Seconds until the page counts this call; both clocks are this machine's."""
    summary = f"Called in turn {turn}"
    board.expects()
    sent = time()
    colleague.post("/api/interventions", {"site_id": site, "severity": "S1", "summary": summary})
    return board.saw() - sent
