"""One day given to Palier and to its peers: the same evaluator, and never more CPU for Palier.

Peers are asked in `peers`; the days are drawn in `field_days`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from time import process_time

from dispatch.planning import Limits, Plan, Problem, SolverReport, check, solve
from dispatch.planning.repair import Routes, repaired
from server.bench.peers.meter import Meter
from server.bench.refusals import IllegalPlan, PeerMissing

PALIER = "palier"
PEERS = {  # the name, then the module and what has to be installed
    "vroom": ("server.bench.peers.vroom", "pyvroom"),
    "pyvrp": ("server.bench.peers.pyvrp", "pyvrp"),
    "ortools-routing": ("server.bench.peers.ortools_routing", "ortools"),
}
Asking = Callable[[Problem, Meter, int], Iterator[Routes]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one optimiser reached: its bill, promises kept by priority, and CPU seconds.

    `removed` counts jobs that had to be taken off its routes, because they broke a hard rule.
    """

    name: str
    total: int
    cost: Mapping[str, int]
    on_time: Mapping[int, int]
    left_out: int
    removed: int
    plans: int
    cpu_seconds: float


def versions(peers: Sequence[str]) -> dict[str, str]:
    """Give the version of each peer; raises `PeerMissing` for one that is not installed."""
    found = {}
    for name in peers:
        module, package = PEERS[name]
        try:
            import_module(module)
        except ImportError as error:
            raise PeerMissing(name, package) from error
        found[name] = version(package)
    return found


def entry_of_peer(name: str, problem: Problem, *, seconds: float, seed: int) -> Entry:
    """Ask a peer for plans until its CPU seconds are used; the best by our bill counts."""
    asking: Asking = import_module(PEERS[name][0]).routes
    meter = Meter(seconds)
    answers = asking(problem, meter, seed)
    best, removed, plans = None, 0, 0
    while True:
        with meter.running():
            routes = next(answers, None)
        if routes is None:
            break
        plan, gone = repaired(problem, routes, SolverReport(engine=name))
        plans += 1
        if best is None or plan.cost.total < best.cost.total:
            best, removed = plan, len(gone)
    if best is None:
        best, _ = repaired(problem, {}, SolverReport(engine=name))
    return _entry(problem, best, removed=removed, plans=plans, cpu_seconds=meter.used)


def entry_of_palier(problem: Problem, *, seconds: float, seed: int) -> Entry:
    """Plan the day ourselves on one thread in so many CPU seconds, first plan and bill included."""
    begun = process_time()
    plan = solve(problem, limits=Limits(seconds), seed=seed, clock=process_time)
    used = process_time() - begun
    return _entry(problem, plan, removed=0, plans=1, cpu_seconds=used)


def _entry(problem: Problem, plan: Plan, *, removed: int, plans: int, cpu_seconds: float) -> Entry:
    verdict = check(problem, plan)
    if not verdict.is_legal:
        raise IllegalPlan(plan.solver.engine, verdict.faults[0].detail)
    return Entry(
        name=plan.solver.engine,
        total=plan.cost.total,
        cost={name: value for name, value in plan.cost.terms().items() if value},
        on_time={priority: on_time(problem, plan, priority) for priority in (1, 2)},
        left_out=len(plan.unassigned),
        removed=removed,
        plans=plans,
        cpu_seconds=round(cpu_seconds, 2),
    )


def on_time(problem: Problem, plan: Plan, priority: int) -> int:
    """How many jobs of a priority begin no later than promised."""
    dues = {job.id: job.due for job in problem.jobs if job.priority == priority}
    starts = {stop.job: stop.start for route in plan.routes for stop in route.stops}
    return sum(
        due is not None and job in starts and starts[job] <= due for job, due in dues.items()
    )
