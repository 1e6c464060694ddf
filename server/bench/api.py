"""How long the API takes to answer a dispatcher, alone and while a plan is being made.

The server is a real one in `demo_server`; its clients here share the machine with it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.bench.client import Answer, Client, signed_in
from server.bench.demo_server import running_demo
from server.bench.figures import Progress, Spread, silent, spread
from server.bench.refusals import PlanNotRunning

AT_ONCE = 8
PLAN_SECONDS = 300  # longer than the measurements: it is cancelled after them
SEARCHING_WITHIN = 60
ENDS_WITHIN = 2  # seconds a stopped search may still use the machine
Ask = Callable[[Client], Answer]


@dataclass(frozen=True, slots=True)
class Load:
    """One route's answers in milliseconds: asked in turn, and by eight clients at once."""

    in_turn: Spread
    at_once: Spread


@dataclass(frozen=True, slots=True)
class RouteFigures:
    """One route alone and while a plan is made; `ratio` compares p95 of asking in turn."""

    route: str
    idle: Load
    planning: Load
    ratio: float
    ratio_at_once: float


@dataclass(frozen=True, slots=True)
class ApiFigures:
    """`requests` for each route and condition in turn, and as many again with eight clients."""

    requests: int
    clients: int
    routes: tuple[RouteFigures, ...]


def measure(*, requests: int, seed: int, progress: Progress = silent) -> ApiFigures:
    """Found a town in a temporary folder, serve it, measure it, and leave nothing behind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palier-bench-")))
        port = stack.enter_context(running_demo(folder))
        session = signed_in(port)
        clients = [stack.enter_context(closing(Client(port, session))) for _ in range(AT_ONCE)]
        progress(0.3)
        routes = tuple(_measured(clients, requests, seed, progress))
    return ApiFigures(requests, AT_ONCE, routes)


def _measured(
    clients: Sequence[Client], requests: int, seed: int, progress: Progress
) -> Iterator[RouteFigures]:
    """Reads before writes, so that both conditions read the same town."""
    board = _fullest_board(clients[0])
    region = str(board["region_id"])
    reads = {"GET /api/board": _board(region), "GET candidates": _candidates(clients[0], board)}
    writes = {"POST /api/interventions": _reports(clients[0], region)}
    for done, asks in enumerate((reads, writes)):
        idle = {route: _load(clients, requests, ask) for route, ask in asks.items()}
        with _plan_being_made(clients[0], region, seed):
            busy = {route: _load(clients, requests, ask) for route, ask in asks.items()}
        for route in asks:
            yield _figures(route, idle[route], busy[route])
        progress(0.7 + 0.3 * done)


def _figures(route: str, idle: Load, planning: Load) -> RouteFigures:
    return RouteFigures(
        route,
        idle,
        planning,
        ratio=round(planning.in_turn.p95_ms / idle.in_turn.p95_ms, 2),
        ratio_at_once=round(planning.at_once.p95_ms / idle.at_once.p95_ms, 2),
    )


def _load(clients: Sequence[Client], requests: int, ask: Ask) -> Load:
    ask(clients[0])  # the first answer of a route pays for what is loaded once
    in_turn = [ask(clients[0]).seconds for _ in range(requests)]
    shares = [
        requests // len(clients) + (each < requests % len(clients)) for each in range(AT_ONCE)
    ]

    def asked(client: Client, share: int) -> list[float]:
        return [ask(client).seconds for _ in range(share)]

    with ThreadPoolExecutor(len(clients)) as pool:
        at_once = [each for part in pool.map(asked, clients, shares) for each in part]
    return Load(spread(in_turn), spread(at_once))


def _fullest_board(client: Client) -> dict[str, Any]:
    """The region with the most to show, so that no figure flatters."""
    regions = client.get("/api/regions").body["items"]
    boards = [client.get(f"/api/board?region_id={each['id']}").body for each in regions]
    return max(boards, key=lambda board: len(board["technicians"]) + len(board["queue"]))


def _board(region: str) -> Ask:
    return lambda client: client.get(f"/api/board?region_id={region}")


def _candidates(client: Client, board: dict[str, Any]) -> Ask:
    """Ask for each waiting call in turn; in an empty queue, for a call taken now."""
    waiting = [each["id"] for each in board["queue"]]
    if not waiting:
        waiting = [_reports(client, str(board["region_id"]))(client).body["id"]]
    turn = cycle(waiting)
    return lambda each: each.get(f"/api/interventions/{next(turn)}/candidates")


def _reports(client: Client, region: str) -> Ask:
    """Take a call about each of the region's lifts in turn."""
    known = client.get(f"/api/interventions?region_id={region}&limit=200").body["items"]
    turn = cycle([each["asset"]["id"] for each in known if each["asset"]])
    call = {"severity": "S3", "summary": "Doors close slowly"}
    return lambda each: each.post("/api/interventions", call | {"asset_id": next(turn)})


@contextmanager
def _plan_being_made(client: Client, region: str, seed: int) -> Iterator[None]:
    """A plan that is being searched from the first measurement to the last."""
    wish = {"region_id": region, "seconds": PLAN_SECONDS, "seed": seed}
    plan = f"/api/plans/{client.post('/api/plans', wish).body['id']}"
    deadline = time.monotonic() + SEARCHING_WITHIN
    while not (found := client.get(plan).body)["elapsed_seconds"]:
        if found["status"] != "running" or time.monotonic() > deadline:
            raise PlanNotRunning(found["status"])
        time.sleep(0.1)
    yield
    if (status := client.get(plan).body["status"]) != "running":
        raise PlanNotRunning(status)
    client.post(f"{plan}/cancel", {})
    time.sleep(ENDS_WITHIN)
