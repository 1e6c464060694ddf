"""Interventions, visits, the board and a phone's sync over HTTP."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import Severity
from server.interventions import (
    actions,
    board,
    board_changes,
    board_views,
    decisions,
    file_routes,
    lift_alarm_routes,
    pause_routes,
    queries,
    related_routes,
    replay,
    replay_steps,
    report_photo_routes,
    sync,
    visit_actions,
)
from server.interventions.board_schemas import (
    BoardChangesOut,
    BoardOut,
    BoardStepsOut,
    BoardViewBody,
    BoardViewsOut,
)
from server.interventions.phone_schemas import SyncOut, VisitDetailOut
from server.interventions.problems import (
    ChecklistOpen,
    DecisionRefused,
    EvidenceOutstanding,
    InterventionEnded,
    ReopenedTooLate,
)
from server.interventions.queries import WantedInterventions, WantedVisits
from server.interventions.schemas import (
    InterventionChangeBody,
    InterventionCommandBody,
    InterventionOut,
    InterventionStatus,
    ReportBody,
    TrailsOut,
    VisitCommandResultsOut,
    VisitCommandsBody,
)
from server.kit.http import answers
from server.kit.problems import (
    Invalid,
    NotFound,
    Stale,
    VersionMissing,
)
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.presence.location import keeping_of
from server.roster.queries import WantedShifts
from server.roster.routes import From, To
from server.settings import Settings

VISITORS = (*STAFF_READERS, Role.TECHNICIAN)


@get(
    "/interventions",
    operation_id="list_interventions",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def list_interventions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID | None] = None,
    site_id: FromQuery[UUID | None] = None,
    status: FromQuery[InterventionStatus | None] = None,
    severity: FromQuery[Severity | None] = None,
    q: FromQuery[str | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[InterventionOut]:
    """The caller's interventions, last reported first; `q` finds number, summary and site."""
    wanted = WantedInterventions(region_id, site_id, status, severity, q)
    async with work.read() as session:
        return await queries.interventions(
            session, caller, wanted, now=work.now, limit=limit, cursor=cursor
        )


@get(
    "/interventions/{intervention_id:uuid}",
    operation_id="get_intervention",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_intervention(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> Response[InterventionOut]:
    """One intervention with its clocks, facts and visits."""
    async with work.read() as session:
        return shown(await queries.intervention(session, caller, intervention_id, work.now))


@post(
    "/interventions",
    operation_id="report_intervention",
    responses=answers(Invalid),
    **allow(*DISPATCH),
)
async def report_intervention(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ReportBody]
) -> Response[InterventionOut]:
    """Take a call."""
    return await work.command(
        lambda session: actions.report(session, caller, data, work.now), status=201
    )


@patch(
    "/interventions/{intervention_id:uuid}",
    operation_id="change_intervention",
    responses=answers(NotFound, Stale, VersionMissing, InterventionEnded, Invalid),
    **allow(*DISPATCH),
)
async def change_intervention(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[InterventionChangeBody],
) -> Response[InterventionOut]:
    """Correct what was said about it."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change(
            session, caller, intervention_id, data, expected=expected, now=work.now
        )
    )


@post(
    "/interventions/{intervention_id:uuid}/commands",
    operation_id="command_intervention",
    status_code=200,
    responses=answers(
        NotFound,
        Stale,
        DecisionRefused,
        InterventionEnded,
        ReopenedTooLate,
        ChecklistOpen,
        EvidenceOutstanding,
        Invalid,
    ),
    **allow(*DISPATCH),
)
async def command_intervention(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[InterventionCommandBody],
) -> Response[InterventionOut]:
    """Decide what becomes of it."""
    return await work.command(
        lambda session: decisions.decide(session, caller, intervention_id, data, work.now)
    )


@get(
    "/interventions/{intervention_id:uuid}/trail",
    operation_id="intervention_trail",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def intervention_trail(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> TrailsOut:
    """Every deadline explained: what was counted, closed, a holiday or paused, and by whom."""
    async with work.read() as session:
        return await queries.trail(session, caller, intervention_id, work.now)


@get("/visits", operation_id="list_visits", responses=answers(Invalid), **allow(*VISITORS))
async def list_visits(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    technician_id: FromQuery[UUID | None] = None,
    region_id: FromQuery[UUID | None] = None,
    day: FromQuery[date | None] = None,
    since: From = None,
    until: To = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[VisitDetailOut]:
    """The caller's visits by planned start; `day` is a local day where the site is.

    `from` and `to` ask for those with any planned time between them.
    """
    span = WantedShifts(since=since, until=until)
    wanted = WantedVisits(technician_id, region_id, day, span.since, span.until)
    async with work.read() as session:
        return await queries.visits(
            session, caller, wanted, now=work.now, limit=limit, cursor=cursor
        )


@get(
    "/visits/{visit_id:uuid}",
    operation_id="get_visit",
    responses=answers(NotFound),
    **allow(*VISITORS),
)
async def get_visit(
    work: NamedDependency[Work], caller: NamedDependency[Scope], visit_id: FromPath[UUID]
) -> VisitDetailOut:
    """One visit with all one needs on site."""
    async with work.read() as session:
        return await queries.visit(session, caller, visit_id, work.now)


@post(
    "/visits/{visit_id:uuid}/commands",
    operation_id="command_visit",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH, Role.TECHNICIAN),
)
async def command_visit(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    visit_id: FromPath[UUID],
    data: JSONBody[VisitCommandsBody],
) -> Response[VisitCommandResultsOut]:
    """Carry out one command or several; each answer says what became of it.

    Command ids make repeating harmless, so an Idempotency-Key is welcome but not asked for.
    """
    commands = data.root if isinstance(data.root, list) else [data.root]
    # A key, where one is sent, is kept with the answer like everywhere else.
    carry_out = work.command if "idempotency-key" in work.request.headers else work.change
    ahead = work.request.app.state.clock.ahead
    return await carry_out(
        lambda session: visit_actions.command_visit(
            session, caller, visit_id, commands, work.now, ahead=ahead
        )
    )


@get(
    "/board",
    operation_id="board",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def show_board(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    *,
    region_id: FromQuery[UUID],
    day: FromQuery[date | None] = None,
    days: FromQuery[board.Days] = 1,
    at: FromQuery[datetime | None] = None,
) -> BoardOut:
    """A region's days: technicians, visits, what waits; `at` an instant before as it was then."""
    async with work.read() as session:
        if at is not None:
            then = replay.Then(region_id, day, days, replay.past(at, work.now))
            return await replay.board_at(session, caller, then, keeping=keeping_of(settings))
        return await board.board(
            session,
            caller,
            region_id=region_id,
            day=day,
            days=days,
            now=work.now,
            keeping=keeping_of(settings),
            boards=work.request.app.state.boards,
        )


@get(
    "/board/changes",
    operation_id="board_changes",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def show_board_changes(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    *,
    region_id: FromQuery[UUID],
    after: Annotated[int, QueryParameter(ge=0, le=2**63 - 1)] = 0,
    day: FromQuery[date | None] = None,
    days: FromQuery[board.Days] = 1,
) -> BoardChangesOut:
    """What happened on a board since it was read up to the event `after`."""
    since = board_changes.Since(region_id, day, days, after)
    async with work.read() as session:
        return await board_changes.changes(
            session,
            caller,
            since,
            now=work.now,
            keeping=keeping_of(settings),
            boards=work.request.app.state.boards,
        )


@get("/board/views", operation_id="board_views", **allow(*STAFF_READERS))
async def show_board_views(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> BoardViewsOut:
    """One's own views of the board."""
    async with work.read() as session:
        return await board_views.views(session, caller)


@post(
    "/board/views",
    operation_id="keep_board_view",
    status_code=200,
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def keep_board_view(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[BoardViewBody]
) -> Response[BoardViewsOut]:
    """Keep a view of the board under a name, or keep it no more."""
    return await work.command(lambda session: board_views.keep(session, caller, data))


@get(
    "/board/steps",
    operation_id="board_steps",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def show_steps(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID],
    day: FromQuery[date | None] = None,
) -> BoardStepsOut:
    """What changed the board of a day, step by step; `board` shows it at each instant."""
    async with work.read() as session:
        return await replay_steps.steps(session, caller, region_id=region_id, day=day, now=work.now)


@get("/sync", operation_id="sync", responses=answers(NotFound), **allow(Role.TECHNICIAN))
async def synchronise(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    cursor: FromQuery[str | None] = None,
) -> SyncOut:
    """Everything new for a technician's phone since its cursor."""
    async with work.read() as session:
        return await sync.sync(
            session, caller, cursor=cursor, now=work.now, keeping=keeping_of(settings)
        )


handlers = [
    *file_routes.handlers,
    *lift_alarm_routes.handlers,
    *pause_routes.handlers,
    *related_routes.handlers,
    *report_photo_routes.handlers,
    list_interventions,
    get_intervention,
    report_intervention,
    change_intervention,
    command_intervention,
    intervention_trail,
    list_visits,
    get_visit,
    command_visit,
    show_board,
    show_board_changes,
    show_board_views,
    keep_board_view,
    show_steps,
    synchronise,
]
