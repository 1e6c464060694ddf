"""Agreements and their versions over HTTP; files, reviews and overviews are beside this module."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import (
    actions,
    file_routes,
    findings,
    negotiation_routes,
    overview_routes,
    owners,
    portal_routes,
    queries,
    register_routes,
    review_routes,
    steps,
)
from server.agreements.problems import (
    ApprovalMissing,
    Contradicts,
    DraftExists,
    ExpectationMissing,
    NoticeTooShort,
    NotOverYet,
    OwnerMissing,
    VersionImmutable,
    VersionsOverlap,
)
from server.agreements.schemas import (
    AgreementBody,
    AgreementBriefOut,
    AgreementChangeBody,
    AgreementKind,
    AgreementOut,
    FindingsOut,
    KeepersOut,
    TouchedOut,
    VersionBody,
    VersionChangeBody,
    VersionCommandBody,
    VersionOut,
    VersionStatus,
)
from server.kit.http import answers
from server.kit.problems import (
    AlreadyExists,
    Invalid,
    NotFound,
    SecondPersonNeeded,
    Stale,
    VersionMissing,
)
from server.kit.wire import Page
from server.kit.work import Work, shown

WRITERS = (Role.ADMIN, Role.EXPERIENCE)


@get(
    "/agreements",
    operation_id="list_agreements",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def list_agreements(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    customer_id: FromQuery[UUID | None] = None,
    kind: FromQuery[AgreementKind | None] = None,
    status: FromQuery[VersionStatus | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[AgreementBriefOut]:
    """The register by number; `status` finds agreements that have a version in it."""
    async with work.read() as session:
        return await queries.agreements(
            session,
            caller,
            today=work.now.date(),
            customer_id=customer_id,
            kind=kind,
            status=status,
            limit=limit,
            cursor=cursor,
        )


@get("/agreements/keepers", operation_id="agreement_keepers", **allow(*STAFF_READERS))
async def agreement_keepers(
    work: NamedDependency[Work],
) -> KeepersOut:
    """Who may look after agreements."""
    async with work.read() as session:
        return await owners.keepers(session)


@get(
    "/agreements/{agreement_id:uuid}",
    operation_id="get_agreement",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_agreement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> Response[AgreementOut]:
    """One agreement with all its versions."""
    async with work.read() as session:
        today = work.now.date()
        return shown(await queries.agreement(session, caller, agreement_id, today))


@post(
    "/agreements",
    operation_id="create_agreement",
    responses=answers(AlreadyExists, Invalid),
    **allow(*WRITERS),
)
async def create_agreement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[AgreementBody]
) -> Response[AgreementOut]:
    """Write an agreement down, with its first draft."""
    return await work.command(
        lambda session: actions.create_agreement(session, caller, data, work.now), status=201
    )


@patch(
    "/agreements/{agreement_id:uuid}",
    operation_id="change_agreement",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*WRITERS),
)
async def change_agreement(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[AgreementChangeBody],
) -> Response[AgreementOut]:
    """Change what needs no new version: names, owner, reviews."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_agreement(
            session, caller, agreement_id, data, expected=expected, now=work.now
        )
    )


@post(
    "/agreements/{agreement_id:uuid}/versions",
    operation_id="add_agreement_version",
    responses=answers(NotFound, DraftExists, NoticeTooShort, VersionsOverlap, Stale, Invalid),
    **allow(*WRITERS),
)
async def add_agreement_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[VersionBody],
) -> Response[AgreementOut]:
    """Draft an amendment; once active it follows the version in force."""
    return await work.command(
        lambda session: actions.add_version(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@patch(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}",
    operation_id="change_agreement_version",
    responses=answers(
        NotFound, VersionImmutable, NoticeTooShort, VersionsOverlap, Stale, VersionMissing, Invalid
    ),
    **allow(*WRITERS),
)
async def change_agreement_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    data: JSONBody[VersionChangeBody],
) -> Response[VersionOut]:
    """Rewrite a draft; If-Match names the version of the draft itself."""
    expected, ids = work.expected_version, (agreement_id, version_id)
    return await work.change(
        lambda session: actions.change_version(
            session, caller, ids, data, expected=expected, now=work.now
        )
    )


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/commands",
    operation_id="command_agreement_version",
    status_code=200,
    responses=answers(
        NotFound,
        SecondPersonNeeded,
        ExpectationMissing,
        OwnerMissing,
        ApprovalMissing,
        Contradicts,
        NoticeTooShort,
        NotOverYet,
        VersionsOverlap,
        Stale,
        Invalid,
    ),
    **allow(*WRITERS),
)
async def command_agreement_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    data: JSONBody[VersionCommandBody],
) -> Response[AgreementOut]:
    """Take a step: verify, sign, activate, end. Which ones, each version says in `allowed`."""
    ids = (agreement_id, version_id)
    return await work.command(
        lambda session: steps.command_version(session, caller, ids, data, now=work.now)
    )


@get(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/findings",
    operation_id="agreement_findings",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_findings(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
) -> FindingsOut:
    """What speaks against a version, compared with the agreements in force."""
    async with work.read() as session:
        return await findings.findings(session, caller, agreement_id, version_id)


@get(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/changes",
    operation_id="agreement_changes",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_changes(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
) -> TouchedOut:
    """What a version touches of the one before it."""
    async with work.read() as session:
        return await findings.changes(session, caller, (agreement_id, version_id), work.now)


handlers = [
    list_agreements,
    agreement_keepers,
    get_agreement,
    create_agreement,
    change_agreement,
    add_agreement_version,
    change_agreement_version,
    command_agreement_version,
    agreement_findings,
    agreement_changes,
    *file_routes.handlers,
    *review_routes.handlers,
    *negotiation_routes.handlers,
    *overview_routes.handlers,
    *register_routes.handlers,
    *portal_routes.handlers,
]
