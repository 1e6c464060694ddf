"""Signed extracts over HTTP: made by staff, verified by anybody."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from server.accounts.guards import allow, public
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.reports import extracts
from server.reports.extract_schemas import (
    ExtractBody,
    ExtractKeyOut,
    SignedExtractOut,
    VerifiedOut,
    VerifyBody,
)


@post(
    "/performance-extracts",
    operation_id="make_extract",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(Role.ADMIN, Role.EXPERIENCE),
)
async def make_extract(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ExtractBody]
) -> Response[SignedExtractOut]:
    """What was kept and felt, in sums alone and signed, to show to others."""
    return await work.command(
        lambda session: extracts.signed_extract(session, caller, data, work.now)
    )


@get("/performance-extracts/key", operation_id="extract_key", **public())
async def get_extract_key(work: NamedDependency[Work]) -> ExtractKeyOut:
    """The public key with which extracts are verified."""
    async with work.read() as session:
        return await extracts.extract_key(session)


@post(
    "/performance-extracts/verify",
    operation_id="verify_extract",
    status_code=200,
    responses=answers(Invalid),
    **public(),
)
async def verify_extract(work: NamedDependency[Work], data: JSONBody[VerifyBody]) -> VerifiedOut:
    """Whether an extract somebody shows was signed here and not changed since."""
    async with work.read() as session:
        return await extracts.verified(session, data)


handlers = [make_extract, get_extract_key, verify_extract]
