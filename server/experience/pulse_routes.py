"""The pulse of technicians over HTTP."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import pulse
from server.experience.pulse_schemas import PulseBody, PulseOut
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work


@post(
    "/pulse",
    operation_id="give_pulse",
    responses=answers(NotFound, Invalid),
    **allow(Role.TECHNICIAN),
)
async def give_pulse(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[PulseBody]
) -> Response[PulseOut]:
    """Say how a day was, without a name; once for each day."""
    return await work.command(
        lambda session: pulse.give_pulse(session, caller, data, work.now), status=201
    )


handlers = [give_pulse]
