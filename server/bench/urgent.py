"""Who should take an urgent call, on a big company's day at noon: how long an answer takes.

The day is kept warm as the server keeps it. Over HTTP the same day is asked about on a real server;
ten calls at once are assigned together, and in turn to compare.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from uuid import UUID

from dispatch.planning import engine
from dispatch.planning.assignment import assign_together
from dispatch.planning.recommendation import candidates
from dispatch.planning.warm import WarmDay
from server.bench.big_town import NAME, settle
from server.bench.client import Client, signed_in
from server.bench.demo_server import running_demo
from server.bench.drawn_days import Midday, drawn_midday, linked
from server.bench.figures import Progress, Spread, silent, spread
from server.bench.refusals import DearerTogether, ServerDidNotStart

CARDS = 5
TOGETHER = 10
LINKED = 20  # jobs of the linked day that follow other work
FEW = 10  # calls ranked there: each takes long
AFTER_EVENTS = 10
CALL = {"severity": "S3", "summary": "Doors close slowly"}
READY_WITHIN = 300  # seconds: on a machine's first time the engine is compiled


@dataclass(frozen=True, slots=True)
class Answers:
    """Milliseconds of CPU and on the wall."""

    cpu: Spread
    wall: Spread


@dataclass(frozen=True, slots=True)
class Joint:
    """Calls assigned together, ten at once; how often that is cheaper than one after the other."""

    queues: int
    calls: int
    answers: Answers
    cheaper: int
    saved: int


@dataclass(frozen=True, slots=True)
class OverHttp:
    """Candidates asked of a real server: its day laid out, and right after something happened."""

    requests: int
    settled: Spread
    after_event: Spread


@dataclass(frozen=True, slots=True)
class UrgentFigures:
    """`ranking` is everybody's exact change of the total with cards for the first five.

    `linked` is the change alone on a day where some work follows other work.
    """

    seed: int
    technicians: int
    open_jobs: int
    planned_jobs: int
    calls: int
    candidates: int
    laid_out_ms: float
    ranking: Answers
    with_reasons: Answers
    linked: Answers
    joint: Joint
    http: OverHttp | None


def measure(
    *,
    technicians: int,
    jobs: int,
    calls: int,
    queues: int,
    seed: int,
    is_served: bool = True,
    progress: Progress = silent,
) -> UrgentFigures:
    """Rank each of these calls, assign queues of ten, and ask a server of the same day."""
    engine.warm()
    midday = drawn_midday(technicians=technicians, jobs=jobs, calls=calls, seed=seed)
    begun = perf_counter()
    day = WarmDay(midday.problem, midday.plan)
    laid_out = (perf_counter() - begun) * 1000
    ranking = _answers(lambda call: candidates(day, day.rank(call), top=CARDS), midday.calls)
    reasons = _answers(lambda call: day.rank(call).blocked, midday.calls)
    found = sum(len(day.rank(call).ways) for call in midday.calls)
    progress(0.2)
    joint = _joint(day, midday.calls, queues)
    waiting = _linked(midday, seed)
    progress(0.4)
    return UrgentFigures(
        seed=seed,
        technicians=technicians,
        open_jobs=jobs,
        planned_jobs=sum(len(route.stops) for route in midday.plan.routes),
        calls=calls,
        candidates=round(found / calls),
        laid_out_ms=round(laid_out, 1),
        ranking=ranking,
        with_reasons=reasons,
        linked=waiting,
        joint=joint,
        http=_over_http(midday) if is_served else None,
    )


def _linked(midday: Midday, seed: int) -> Answers:
    """Calls ranked on a day on which some work follows other work."""
    day_of_links = linked(midday, LINKED, seed)
    day = WarmDay(day_of_links.problem, day_of_links.plan)
    return _answers(lambda call: day.rank(call).ways, midday.calls[:FEW])


def _answers(ask: Callable[[str], object], calls: Sequence[str]) -> Answers:
    ask(calls[0])  # the first question pays for what is loaded once
    cpu, wall = [], []
    for call in calls:
        begun, asked = thread_time(), perf_counter()
        ask(call)
        cpu.append(thread_time() - begun)
        wall.append(perf_counter() - asked)
    return Answers(spread(cpu), spread(wall))


def _joint(day: WarmDay, calls: Sequence[str], queues: int) -> Joint:
    """Assign queues of calls together and in turn; refused if together is ever dearer."""
    size, draft = min(TOGETHER, len(calls)), day.live.draft
    as_it_stands, total = draft.remember(), draft.total()
    cpu, wall, cheaper, saved = [], [], 0, 0
    for number in range(queues):
        queue = Random(number).sample(calls, size)  # noqa: S311 - a seeded draw, not a secret
        jobs = [day.live.shapes.ids[call] for call in queue]
        begun, asked = thread_time(), perf_counter()
        assign_together(draft, jobs, day.places)
        cpu.append(thread_time() - begun)
        wall.append(perf_counter() - asked)
        together = draft.total()
        draft.restore(as_it_stands)
        for job in jobs:
            assign_together(draft, [job])
        in_turn = draft.total()
        draft.restore(as_it_stands)
        if together > in_turn:
            raise DearerTogether(queue, together - total, in_turn - total)
        cheaper += together < in_turn
        saved += in_turn - together
    return Joint(queues, size, Answers(spread(cpu), spread(wall)), cheaper, saved)


def _over_http(midday: Midday) -> OverHttp:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palier-bench-")))
        calls: list[UUID] = []

        def before(settings: Mapping[str, str]) -> None:
            offset = timedelta(seconds=float(settings["PALIER_DEMO_OFFSET_SECONDS"]))
            noon = (datetime.now(UTC) + offset).replace(second=0, microsecond=0)
            calls.extend(settle(settings["PALIER_DATABASE_URL"], midday, noon))

        port = stack.enter_context(running_demo(folder, before))
        client = stack.enter_context(closing(Client(port, signed_in(port))))
        wait_for_engine(client)
        client.get(_candidates(calls[0]))
        settled = [client.get(_candidates(call)).seconds for call in calls for _ in range(2)]
        lift = _some_lift(client)
        after = []
        for call in calls[:AFTER_EVENTS]:
            client.post("/api/interventions", CALL | {"asset_id": lift})
            after.append(client.get(_candidates(call)).seconds)
    return OverHttp(len(settled), spread(settled), spread(after))


def _candidates(call: UUID) -> str:
    return f"/api/interventions/{call}/candidates"


def _some_lift(client: Client) -> str:
    """A lift of the town that was founded: its region is not the one measured."""
    regions = client.get("/api/regions").body["items"]
    region = next(each["id"] for each in regions if each["code"] != NAME)
    known = client.get(f"/api/interventions?region_id={region}&limit=200").body["items"]
    return next(str(each["asset"]["id"]) for each in known if each["asset"])


def wait_for_engine(client: Client) -> None:
    """Until rankings are answered by the compiled engine. Refuses with `server_did_not_start`."""
    deadline = time.monotonic() + READY_WITHIN
    while client.get("/readyz").body["candidates"]["engine"] != "ready":
        if time.monotonic() > deadline:
            raise ServerDidNotStart("loading its engine", f"not done after {READY_WITHIN} s")
        time.sleep(0.5)
