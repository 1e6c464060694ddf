"""OR-Tools' routing library as another engine: asked as well as it can be, held to our rules.

The model is in `routing_model`. What the library answers is timed, repaired and billed elsewhere.
"""

from collections.abc import Callable
from enum import Enum
from itertools import count
from math import ceil

from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.constraint_solver.routing_parameters_pb2 import RoutingSearchParameters

from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import BeyondEngine
from dispatch.planning.routing_model import Routes, RoutingModel

NAME = "ortools-routing"
LONGEST = 10 * 365 * 86_400  # seconds: the library searches for ever only if told so
SECONDS_PER_LEG = 4e-7  # to tell the library of the way between two places
ASKED = 100  # times in an iteration
REMOVED, SEQUENCE = 10, 10  # visits taken out at a time, and in a row


class Method(Enum):
    """Guided local search, or removing stretches of routes and putting them back."""

    GUIDED = "guided"
    RUINING = "ruining"


def refuse_unspeakable(problem: Problem) -> None:
    """Raise `BeyondEngine` for what ties routes to each other: the library cannot tell it."""
    crews = [job.id for job in problem.jobs if job.crew > 1]
    if crews:
        raise BeyondEngine(NAME, "crews of several technicians", crews)
    followers = [job.id for job in problem.jobs if job.after]
    if followers:
        raise BeyondEngine(NAME, "jobs that follow others", followers)
    if problem.balance_cost:
        raise BeyondEngine(NAME, "a balance cost", ())


def routed(
    problem: Problem,
    *,
    is_over: Callable[[], bool],
    iterations: int | None = None,
    seconds: float | None = None,
    start: Plan | None = None,
) -> Routes:
    """Ask for routes until it is over, or for so many iterations; no routes if none were found.

    An iteration is so many times that the library asks whether to go on: the same on any machine.

    Its first plan does not ask, only `seconds` by the clock on the wall end it; where they hardly
    suffice to tell the day to the library, it is not asked. `start` must be legal: the library
    takes anything else for no start at all.
    """
    refuse_unspeakable(problem)
    telling = SECONDS_PER_LEG * (len(problem.jobs) + 2 * len(problem.technicians)) ** 2
    if not problem.jobs or not problem.technicians:
        return {}
    if seconds is not None and seconds < telling:
        return {}
    model = RoutingModel(problem)
    solver = model.routing.solver()
    limit = solver.CustomLimit(is_over if iterations is None else _or_after(iterations, is_over))
    model.routing.AddSearchMonitor(limit)
    parameters = _parameters()
    if seconds is not None:
        parameters.time_limit.FromMilliseconds(max(1, ceil((seconds - telling) * 1000)))
    # Closed with these parameters before a start is read, or reading closes it with others.
    model.routing.CloseModelWithParameters(parameters)
    found = None if start is None else _from_start(model, start, parameters)
    found = found or model.routing.SolveWithParameters(parameters)
    return {} if found is None else model.routes(found)


def _or_after(iterations: int, is_over: Callable[[], bool]) -> Callable[[], bool]:
    asked = count()
    return lambda: next(asked) >= iterations * ASKED or is_over()


def _from_start(
    model: RoutingModel, start: Plan, parameters: RoutingSearchParameters
) -> pywrapcp.Assignment | None:
    routes = {route.technician: [stop.job for stop in route.stops] for route in start.routes}
    leave_others_out = True
    first = model.routing.ReadAssignmentFromRoutes(model.indices(routes), leave_others_out)
    if first is None:
        return None
    return model.routing.SolveFromAssignmentWithParameters(first, parameters)


def routed_by_ruining(problem: Problem, seconds: float) -> Routes:
    """Ask the library's own ruin and recreate, which knows wall time only and takes no start."""
    refuse_unspeakable(problem)
    if not problem.jobs or not problem.technicians:
        return {}
    model = RoutingModel(problem)
    parameters = _parameters(Method.RUINING)
    parameters.time_limit.FromMilliseconds(max(1, ceil(seconds * 1000)))
    model.routing.CloseModelWithParameters(parameters)
    found = model.routing.SolveWithIteratedLocalSearch(parameters)
    return {} if found is None else model.routes(found)


def _parameters(method: Method = Method.GUIDED) -> RoutingSearchParameters:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    strategies = routing_enums_pb2.FirstSolutionStrategy
    parameters.first_solution_strategy = strategies.PARALLEL_CHEAPEST_INSERTION
    parameters.time_limit.seconds = LONGEST
    if method is Method.GUIDED:
        guided = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.local_search_metaheuristic = guided
        return parameters
    parameters.use_iterated_local_search = True
    steps = parameters.iterated_local_search_parameters
    steps.perturbation_strategy = 1
    removal = steps.ruin_recreate_parameters.ruin_strategies.add().sisr
    removal.avg_num_removed_visits, removal.max_removed_sequence_size = REMOVED, SEQUENCE
    removal.bypass_factor = 0.01
    recreating = steps.ruin_recreate_parameters.recreate_strategy
    recreating.heuristic = strategies.LOCAL_CHEAPEST_INSERTION
    steps.improve_perturbed_solution = False
    annealing = steps.reference_solution_acceptance_strategy.simulated_annealing
    annealing.automatic_temperatures = True
    return parameters
