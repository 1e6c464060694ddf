"""Placing visits by hand over HTTP: verdicts while something is dragged, and rows to carry out."""

from datetime import date
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import DISPATCH, allow
from server.accounts.scope import Scope
from server.deeds.schemas import DeedResultOut
from server.interventions.problems import InterventionEnded, VisitFrozen
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.planning import placing, verdicts
from server.planning.placing_schemas import PlacementsBody, VerdictsOut


@get(
    "/interventions/{intervention_id:uuid}/verdicts",
    operation_id="placement_verdicts",
    responses=answers(NotFound, Invalid, InterventionEnded, VisitFrozen),
    **allow(*DISPATCH),
)
async def placement_verdicts(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    *,
    day: FromQuery[date | None] = None,
    technician_id: FromQuery[list[UUID] | None] = None,
) -> VerdictsOut:
    """For every technician of a day what would come of each start: what a drag colours by.

    `technician_id`, once or several times, asks of these alone, which is answered sooner.
    """
    await request.app.state.planner.make_way()
    async with work.read() as session:
        return await verdicts.verdicts(
            session,
            caller,
            intervention_id,
            day=day,
            now=work.now,
            days=request.app.state.standing_days,
            technician_ids=technician_id,
        )


@post(
    "/placements",
    operation_id="place_visits",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def place_visits(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[PlacementsBody],
) -> Response[DeedResultOut]:
    """Place, give, take back, move, lock one visit or many; each row is told what became of it."""
    await request.app.state.planner.make_way()
    days = request.app.state.standing_days
    async with work.read() as session:
        await days.prepare(session, data.rows[0].intervention_id, work.now)
    return await work.command(
        lambda session: placing.place(session, caller, data, work.now, days=days)
    )


handlers = [placement_verdicts, place_visits]
