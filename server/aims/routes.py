"""Aims, commitments and benchmarks over HTTP; managers read what was agreed with them."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.aims import actions, queries
from server.aims.schemas import (
    AimBody,
    AimCommandBody,
    AimsOut,
    BenchmarkBody,
    BenchmarksOut,
    CommitmentBody,
    CommitmentCommandBody,
    CommitmentsOut,
)
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, Stale
from server.kit.work import Work

WRITERS = (Role.ADMIN, Role.EXPERIENCE)


@get(
    "/agreements/{agreement_id:uuid}/aims",
    operation_id="agreement_aims",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def agreement_aims(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> AimsOut:
    """What is to be reached, each with its state."""
    async with work.read() as session:
        return await queries.aims(session, caller, agreement_id, work.now)


@post(
    "/agreements/{agreement_id:uuid}/aims",
    operation_id="set_aim",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def set_aim(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[AimBody],
) -> Response[AimsOut]:
    """Set something to be reached, with the measure that tells it."""
    return await work.command(
        lambda session: actions.set_aim(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/aims/{aim_id:uuid}/commands",
    operation_id="command_aim",
    status_code=200,
    responses=answers(NotFound, Invalid, Stale, AlreadyDecided),
    **allow(*WRITERS),
)
async def command_aim(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    aim_id: FromPath[UUID],
    data: JSONBody[AimCommandBody],
) -> Response[AimsOut]:
    """Say whether an aim told in words is met, or that it is over."""
    ids = (agreement_id, aim_id)
    return await work.command(
        lambda session: actions.command_aim(session, caller, ids, data, now=work.now)
    )


@get(
    "/agreements/{agreement_id:uuid}/commitments",
    operation_id="agreement_commitments",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def agreement_commitments(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> CommitmentsOut:
    """What comes back by an agreement, and whether it did."""
    async with work.read() as session:
        return await queries.commitments(session, caller, agreement_id, work.now.date())


@post(
    "/agreements/{agreement_id:uuid}/commitments",
    operation_id="make_commitment",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def make_commitment(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[CommitmentBody],
) -> Response[CommitmentsOut]:
    """Promise something that comes back, such as a roadmap every year."""
    return await work.command(
        lambda session: actions.commit(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/commitments/{commitment_id:uuid}/commands",
    operation_id="command_commitment",
    status_code=200,
    responses=answers(NotFound, Invalid, Stale),
    **allow(*WRITERS),
)
async def command_commitment(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    commitment_id: FromPath[UUID],
    data: JSONBody[CommitmentCommandBody],
) -> Response[CommitmentsOut]:
    """Say that it was kept, or from when on it does not come back."""
    ids = (agreement_id, commitment_id)
    return await work.command(
        lambda session: actions.command_commitment(session, caller, ids, data, now=work.now)
    )


@get(
    "/agreements/{agreement_id:uuid}/benchmarks",
    operation_id="agreement_benchmarks",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_benchmarks(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> BenchmarksOut:
    """Figures of others with their age, beside our own under an agreement."""
    async with work.read() as session:
        return await queries.benchmarks(session, caller, agreement_id, work.now)


@post(
    "/agreements/{agreement_id:uuid}/benchmarks",
    operation_id="note_benchmark",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def note_benchmark(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[BenchmarkBody],
) -> Response[BenchmarksOut]:
    """Write down a figure of others: it stands under every agreement."""
    return await work.command(
        lambda session: actions.note_benchmark(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


handlers = [
    agreement_aims,
    set_aim,
    command_aim,
    agreement_commitments,
    make_commitment,
    command_commitment,
    agreement_benchmarks,
    note_benchmark,
]
