"""Candidates, assignments and plans over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions.problems import (
    AlreadyPlanned,
    InterventionEnded,
    TechnicianInactive,
    VisitFrozen,
)
from server.interventions.schemas import MOST_STAYING, AssignBody, VisitOut
from server.kit.database import Session
from server.kit.http import DoubleBooked, answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.planning import actions, queries
from server.planning.planner import Planner
from server.planning.problems import (
    CandidateChanged,
    NotACandidate,
    PlanNotReady,
    PlanRunning,
)
from server.planning.schemas import (
    CandidatesOut,
    LinesBody,
    PlanBody,
    PlanOut,
    PlansBody,
    PlansOut,
)

MOST_CANDIDATES = 50


@get(
    "/interventions/{intervention_id:uuid}/candidates",
    operation_id="intervention_candidates",
    responses=answers(NotFound, InterventionEnded, VisitFrozen),
    **allow(*DISPATCH),
)
async def intervention_candidates(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    *,
    top: Annotated[int | None, QueryParameter(ge=1, le=MOST_CANDIDATES)] = None,
    staying: Annotated[list[UUID] | None, QueryParameter(max_items=MOST_STAYING)] = None,
) -> CandidatesOut:
    """Who should go, what it displaces, and why not the others.

    Visits that are `staying` are not to be displaced.
    """
    await _planner(request).make_way()
    async with work.read() as session:
        return await queries.candidates(
            session,
            caller,
            intervention_id,
            top=top,
            now=work.now,
            days=request.app.state.standing_days,
            staying=frozenset(staying or ()),
        )


@post(
    "/interventions/{intervention_id:uuid}/visits",
    operation_id="assign_intervention",
    responses=answers(
        NotFound,
        Invalid,
        Stale,
        CandidateChanged,
        NotACandidate,
        AlreadyPlanned,
        DoubleBooked,
        InterventionEnded,
        TechnicianInactive,
        VisitFrozen,
    ),
    **allow(*DISPATCH),
)
async def assign_intervention(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[AssignBody],
) -> Response[VisitOut]:
    """Send a technician."""
    await _planner(request).make_way()
    days = request.app.state.standing_days
    async with work.read() as session:
        await days.prepare(session, intervention_id, work.now)
    return await work.command(
        lambda session: actions.assign(session, caller, intervention_id, data, work.now, days=days),
        status=201,
    )


@post(
    "/plans",
    operation_id="start_plan",
    status_code=202,
    responses=answers(NotFound, Invalid, PlanRunning),
    **allow(*DISPATCH),
)
async def start_plan(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[PlanBody],
) -> Response[PlanOut]:
    """Plan a region's day in the background, after the plans that were asked for before."""
    asked: list[UUID] = []

    async def act(session: Session) -> PlanOut:
        plan = await actions.start(session, caller, data, work.now)
        asked.append(plan.id)
        return plan

    answer = await work.command(act, status=202)
    for plan_id in asked:
        _planner(request).begin(plan_id)
    return answer


@post(
    "/plans/several",
    operation_id="start_plans",
    status_code=202,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def start_plans(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[PlansBody],
) -> Response[PlansOut]:
    """Plan several regions in the background, one after another."""
    asked: list[UUID] = []

    async def act(session: Session) -> PlansOut:
        found = await actions.start_several(session, caller, data, work.now)
        asked.extend(plan.id for plan in found.plans)
        return found

    answer = await work.command(act, status=202)
    for plan_id in asked:
        _planner(request).begin(plan_id)
    return answer


@get("/plans", operation_id="list_plans", responses=answers(Invalid), **allow(*STAFF_READERS))
async def list_plans(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID | None] = None,
    day: FromQuery[date | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[PlanOut]:
    """The plans of the caller's regions, newest first; those of one day are its versions."""
    async with work.read() as session:
        return await queries.plans(
            session, caller, region_id=region_id, day=day, limit=limit, cursor=cursor
        )


@get(
    "/plans/{plan_id:uuid}",
    operation_id="get_plan",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_plan(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    plan_id: FromPath[UUID],
) -> Response[PlanOut]:
    """One plan: its progress while it is made, then what it would change."""
    async with work.read() as session:
        plan = await queries.plan(session, caller, plan_id, work.now)
    return shown(_planner(request).with_progress(plan))


@post(
    "/plans/{plan_id:uuid}/publish",
    operation_id="publish_plan",
    status_code=200,
    responses=answers(NotFound, PlanNotReady, Stale, DoubleBooked),
    **allow(*DISPATCH),
)
async def publish_plan(
    work: NamedDependency[Work], caller: NamedDependency[Scope], plan_id: FromPath[UUID]
) -> Response[PlanOut]:
    """Carry a plan out and tell everybody concerned."""
    return await work.command(lambda session: actions.publish(session, caller, plan_id, work.now))


@post(
    "/plans/{plan_id:uuid}/publish-lines",
    operation_id="publish_plan_lines",
    status_code=200,
    responses=answers(NotFound, Invalid, PlanNotReady, Stale, DoubleBooked),
    **allow(*DISPATCH),
)
async def publish_plan_lines(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    plan_id: FromPath[UUID],
    data: JSONBody[LinesBody],
) -> Response[PlanOut]:
    """Carry out the lines of a plan that are named, and leave the others."""
    lines = data.intervention_ids
    return await work.command(
        lambda session: actions.publish(session, caller, plan_id, work.now, lines=lines)
    )


@post(
    "/plans/{plan_id:uuid}/cancel",
    operation_id="cancel_plan",
    status_code=200,
    responses=answers(NotFound, PlanNotReady),
    **allow(*DISPATCH),
)
async def cancel_plan(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    plan_id: FromPath[UUID],
) -> Response[PlanOut]:
    """Stop a search, or discard its result."""
    answer = await work.command(lambda session: actions.cancel(session, caller, plan_id, work.now))
    await _planner(request).stop(plan_id)
    return answer


def _planner(request: Request[Scope, object, State]) -> Planner:
    planner: Planner = request.app.state.planner
    return planner


handlers = [
    intervention_candidates,
    assign_intervention,
    start_plan,
    start_plans,
    list_plans,
    get_plan,
    publish_plan,
    publish_plan_lines,
    cancel_plan,
]
