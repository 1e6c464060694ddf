"""Alarms over HTTP: what needs a decision now, and saying that one has seen it."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.notifications import alarms
from server.notifications.alarm_schemas import AlarmSeenBody, AlarmsOut


@get("/alarms", operation_id="list_alarms", responses=answers(NotFound), **allow(*STAFF_READERS))
async def list_alarms(
    work: NamedDependency[Work], caller: NamedDependency[Scope], *, region_id: FromQuery[UUID]
) -> AlarmsOut:
    """What somebody must decide in a region now, and who has seen it."""
    async with work.read() as session:
        at_once = work.request.app.state.alarms
        return await alarms.alarms(
            session, caller, region_id=region_id, now=work.now, at_once=at_once
        )


@post(
    "/alarms/seen",
    operation_id="see_alarm",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def see_alarm(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[AlarmSeenBody]
) -> Response[AlarmsOut]:
    """It stops ringing for the caller; the others learn who has seen it."""
    return await work.command(
        lambda session: alarms.see(
            session, caller, region_id=data.region_id, name=data.alarm, now=work.now
        )
    )


handlers = [list_alarms, see_alarm]
