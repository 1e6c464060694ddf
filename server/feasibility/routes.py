"""Trials of promises over HTTP."""

from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.feasibility import actions, alternative_routes, queries
from server.feasibility.problems import TooManyTrials
from server.feasibility.schemas import TrialBody, TrialOut
from server.feasibility.trials import Trials
from server.kit.database import Session
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.wire import Page
from server.kit.work import Work, shown

PROMISING = (Role.ADMIN, Role.EXPERIENCE)


@post(
    "/feasibility",
    operation_id="start_trial",
    status_code=202,
    responses=answers(NotFound, Invalid, TooManyTrials),
    **allow(*PROMISING),
)
async def start_trial(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[TrialBody],
) -> Response[TrialOut]:
    """Try a promise out on some weeks of a region, in the background, after those asked before."""
    asked: list[UUID] = []

    async def act(session: Session) -> TrialOut:
        trial = await actions.start(session, caller, data, work.now)
        asked.append(trial.id)
        return trial

    answer = await work.command(act, status=202)
    for trial_id in asked:
        _trials(request).begin(trial_id)
    return answer


@get(
    "/feasibility", operation_id="list_trials", responses=answers(Invalid), **allow(*STAFF_READERS)
)
async def list_trials(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[TrialOut]:
    """The trials of the caller's regions, newest first."""
    async with work.read() as session:
        found = await queries.trials(session, caller, limit=limit, cursor=cursor)
    found.items = [_trials(request).with_progress(each) for each in found.items]
    return found


@get(
    "/feasibility/{trial_id:uuid}",
    operation_id="get_trial",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_trial(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    trial_id: FromPath[UUID],
) -> Response[TrialOut]:
    """One trial: how far it is while it runs, then what would have been kept and at what cost."""
    async with work.read() as session:
        trial = await queries.trial(session, caller, trial_id)
    return shown(_trials(request).with_progress(trial))


@post(
    "/feasibility/{trial_id:uuid}/cancel",
    operation_id="cancel_trial",
    status_code=200,
    responses=answers(NotFound),
    **allow(*PROMISING),
)
async def cancel_trial(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    trial_id: FromPath[UUID],
) -> Response[TrialOut]:
    """Stop a trial; one that is over stays as it is."""
    answer = await work.command(lambda session: actions.cancel(session, caller, trial_id, work.now))
    _trials(request).stop(trial_id)
    return answer


def _trials(request: Request[Scope, object, State]) -> Trials:
    trials: Trials = request.app.state.trials
    return trials


handlers = [start_trial, list_trials, get_trial, cancel_trial, *alternative_routes.handlers]
