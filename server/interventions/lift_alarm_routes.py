"""Alarms of lifts over HTTP: sent by a program with a key."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from server.accounts.guards import DISPATCH, allow
from server.accounts.scope import Scope
from server.interventions import lift_alarms
from server.interventions.lift_alarm_schemas import LiftAlarmBody, LiftAlarmOut
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.work import Work


@post(
    "/lift_alarms",
    operation_id="take_lift_alarm",
    responses=answers(Invalid),
    **allow(*DISPATCH),
)
async def take_lift_alarm(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[LiftAlarmBody]
) -> Response[LiftAlarmOut]:
    """Take an alarm a lift sends: it opens an intervention, or joins the one about it."""
    return await work.command(
        lambda session: lift_alarms.take(session, caller, data, work.now), status=201
    )


handlers = [take_lift_alarm]
