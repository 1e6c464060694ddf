"""The plan document, `palier-plan/1`: read whole with every fault listed, and written.

Whether the plan is legal is for `checking`; opening files is not done here.
"""

from collections.abc import Mapping

from dispatch.errors import Fault
from dispatch.planning.fields import Fields, decimal, document
from dispatch.planning.plan import (
    COST_TERMS,
    LATER_TERMS,
    Cost,
    Plan,
    Reason,
    Route,
    RouteBreak,
    SolverReport,
    Stop,
    Unassigned,
)
from dispatch.planning.refusals import PlanRefused

FORMAT = "palier-plan/1"


def parse_plan(given: str | bytes | Mapping[str, object]) -> Plan:
    """Read a plan from its JSON text or mapping; every fault is listed in `PlanRefused`.

    >>> parse_plan(write_plan(Plan())) == Plan(stated_total=0)
    True
    """
    found: list[Fault] = []
    top = Fields(document(given, found), "", found)
    if found:
        raise PlanRefused(found)
    top.expect_format(FORMAT)
    top.require("routes", "unassigned", "cost")
    cost = top.child("cost") if top.has("cost") else None
    plan = Plan(
        routes=top.sequence("routes", _route),
        unassigned=top.sequence("unassigned", _unassigned),
        cost=_cost(cost) if cost else Cost(),
        stated_total=cost.integer("total") if cost else None,
        bound=top.integer("bound") if top.has("bound") else None,
        solver=_solver(top.child("solver")) if top.has("solver") else SolverReport(),
        stated_gap=decimal(top, top.raw("gap"), "gap") if top.has("gap") else None,
    )
    if cost:
        cost.refuse_unknown()
    top.refuse_unknown()
    if found:
        raise PlanRefused(found)
    return plan


def _cost(fields: Fields) -> Cost:
    """Read the bill; a term that came later may be left out."""
    terms = [name for name in COST_TERMS if name not in LATER_TERMS or fields.has(name)]
    return Cost(**{name: fields.integer(name) for name in terms})


def _route(fields: Fields, value: object, path: str) -> Route:
    inner = Fields(value, path, fields.found)
    inner.require("stops")
    route = Route(
        technician=inner.text("technician"),
        stops=inner.sequence("stops", _stop),
        leave=inner.integer("leave"),
        return_=inner.integer("return"),
        break_=_break(inner.child("break")) if inner.has("break") else None,
    )
    inner.refuse_unknown()
    return route


def _stop(fields: Fields, value: object, path: str) -> Stop:
    inner = Fields(value, path, fields.found)
    stop = Stop(
        inner.text("job"), inner.integer("arrive"), inner.integer("start"), inner.integer("finish")
    )
    inner.refuse_unknown()
    return stop


def _break(fields: Fields) -> RouteBreak:
    taken = RouteBreak(fields.integer("leg"), fields.integer("start"), fields.integer("finish"))
    fields.refuse_unknown()
    return taken


def _unassigned(fields: Fields, value: object, path: str) -> Unassigned:
    inner = Fields(value, path, fields.found)
    unassigned = Unassigned(inner.text("job"), inner.sequence("reasons", _reason))
    inner.refuse_unknown()
    return unassigned


def _reason(fields: Fields, value: object, path: str) -> Reason:
    if isinstance(value, str):
        return Reason(technician=None, code=value)
    inner = Fields(value, path, fields.found)
    technician = inner.text("technician") if inner.has("technician") else None
    code = inner.text("code")
    needed = inner.by_name("would_need", _plain)
    named = {"technician", "code", "would_need"}
    facts = {
        key: _plain(inner, fact, inner.at(key)) for key, fact in inner.items() if key not in named
    }
    return Reason(technician, code, facts, needed)


def _plain(fields: Fields, value: object, path: str) -> int | str | None:
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    fields.note(path, "not_plain", "a whole number, a text or null belongs here")
    return None


def _solver(fields: Fields) -> SolverReport:
    report = SolverReport(
        seconds=decimal(fields, fields.raw("seconds") or 0, fields.at("seconds")),
        iterations=fields.integer("iterations", 0),
        seed=fields.integer("seed", 0),
        workers=fields.integer("workers", 1),
        engine=fields.text("engine", ""),
        trace=fields.sequence("trace", _trace_point),
    )
    fields.refuse_unknown()
    return report


def _trace_point(fields: Fields, value: object, path: str) -> tuple[float, int]:
    match value:
        case [int() | float() as seconds, int() as total]:
            return (float(seconds), total)
        case _:
            fields.note(path, "not_a_pair", "give seconds and total")
            return (0.0, 0)


def write_plan(plan: Plan) -> dict[str, object]:
    """Give the plan as values ready for JSON, every key of the format spelt out.

    >>> write_plan(Plan(routes=(Route("anna", (), leave=0, return_=0),)))["routes"]
    [{'technician': 'anna', 'stops': [], 'break': None, 'leave': 0, 'return': 0}]
    """
    return {
        "format": FORMAT,
        "routes": [_written_route(route) for route in plan.routes],
        "unassigned": [
            {"job": left.job, "reasons": [written_reason(reason) for reason in left.reasons]}
            for left in plan.unassigned
        ],
        "cost": written_cost(plan.cost),
        "bound": plan.bound,
        "gap": plan.gap,
        "solver": {
            "seconds": plan.solver.seconds,
            "iterations": plan.solver.iterations,
            "seed": plan.solver.seed,
            "workers": plan.solver.workers,
            "engine": plan.solver.engine,
            "trace": [list(point) for point in plan.solver.trace],
        },
    }


def written_cost(cost: Cost) -> dict[str, int]:
    """Give the bill with its total first, ready for JSON.

    >>> written_cost(Cost(travel=5))["total"]
    5
    """
    terms = cost.terms().items()
    told = {name: value for name, value in terms if value or name not in LATER_TERMS}
    return {"total": cost.total, **told}


def written_reason(reason: Reason) -> dict[str, object]:
    """Give a reason with its figures beside its code, ready for JSON.

    >>> written_reason(Reason("anna", "excluded"))
    {'technician': 'anna', 'code': 'excluded', 'would_need': {}}
    """
    named = {"technician": reason.technician, "code": reason.code}
    return {**named, **reason.facts, "would_need": dict(reason.would_need)}


def _written_route(route: Route) -> dict[str, object]:
    taken = route.break_
    return {
        "technician": route.technician,
        "stops": [
            {"job": stop.job, "arrive": stop.arrive, "start": stop.start, "finish": stop.finish}
            for stop in route.stops
        ],
        "break": taken and {"leg": taken.leg, "start": taken.start, "finish": taken.finish},
        "leave": route.leave,
        "return": route.return_,
    }
