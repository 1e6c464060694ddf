"""What is said before an agreement is agreed, over HTTP."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import expectations, final_review, negotiations, proposals
from server.agreements.negotiation_schemas import (
    ExpectationBody,
    ExpectationOut,
    FinalAnswerBody,
    NegotiationOut,
    PortalNegotiationsOut,
    ProposalBody,
    ProposalDecisionBody,
    ProposalOut,
    RecipientOut,
    RequirementBody,
    RequirementChangeBody,
    RequirementOut,
)
from server.agreements.problems import (
    NothingToAnswer,
    NoticeTooShort,
    VersionImmutable,
    VersionsOverlap,
)
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, Stale, VersionMissing
from server.kit.work import Work

WRITERS = (Role.ADMIN, Role.EXPERIENCE)
# Whoever a version was sent to answers; anybody else does not find it.
RECIPIENTS = (Role.ADMIN, Role.EXPERIENCE, Role.DISPATCHER, Role.MANAGER)


@get(
    "/agreements/{agreement_id:uuid}/negotiation",
    operation_id="agreement_negotiation",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_negotiation(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> NegotiationOut:
    """What was expected, required, proposed and answered about the newest version."""
    async with work.read() as session:
        return await negotiations.negotiation(session, caller, agreement_id)


@post(
    "/agreements/{agreement_id:uuid}/expectations",
    operation_id="record_expectation",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def record_expectation(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[ExpectationBody],
) -> Response[ExpectationOut]:
    """Write down what somebody expects, in their words."""
    return await work.command(
        lambda session: expectations.expect(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/requirements",
    operation_id="record_requirement",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def record_requirement(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[RequirementBody],
) -> Response[RequirementOut]:
    """Write down what the agreement has to say, and where it says so."""
    return await work.command(
        lambda session: expectations.require(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@patch(
    "/agreements/{agreement_id:uuid}/requirements/{requirement_id:uuid}",
    operation_id="change_requirement",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*WRITERS),
)
async def change_requirement(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    requirement_id: FromPath[UUID],
    data: JSONBody[RequirementChangeBody],
) -> Response[RequirementOut]:
    """Trace a requirement to parts of the terms, or say that it is agreed or dropped."""
    expected, ids = work.expected_version, (agreement_id, requirement_id)
    return await work.change(
        lambda session: expectations.change_requirement(
            session, caller, ids, data, expected=expected, now=work.now
        )
    )


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/proposals",
    operation_id="propose_terms",
    responses=answers(NotFound, VersionImmutable, Invalid),
    **allow(*WRITERS, Role.MANAGER),
)
async def propose_terms(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    data: JSONBody[ProposalBody],
) -> Response[ProposalOut]:
    """Propose other words or another promise for a draft that is negotiated."""
    ids = (agreement_id, version_id)
    return await work.command(
        lambda session: proposals.propose(session, caller, ids, data, now=work.now), status=201
    )


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/proposals/{proposal_id:uuid}"
    "/decision",
    operation_id="decide_proposal",
    status_code=200,
    responses=answers(
        NotFound,
        AlreadyDecided,
        VersionImmutable,
        NoticeTooShort,
        VersionsOverlap,
        Stale,
        Invalid,
    ),
    **allow(*WRITERS),
)
async def decide_proposal(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    *,
    version_id: FromPath[UUID],
    proposal_id: FromPath[UUID],
    data: JSONBody[ProposalDecisionBody],
) -> Response[ProposalOut]:
    """Take a proposal into the draft or refuse it, with a reason the other side reads."""
    ids = (agreement_id, version_id, proposal_id)
    return await work.command(
        lambda session: proposals.decide_proposal(session, caller, ids, data, now=work.now)
    )


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/final-review/read",
    operation_id="read_final_version",
    status_code=200,
    responses=answers(NotFound, NothingToAnswer),
    **allow(*RECIPIENTS),
)
async def read_final_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
) -> Response[RecipientOut]:
    """Say that the final version is before one's eyes; the first time counts."""
    ids = (agreement_id, version_id)
    return await work.command(
        lambda session: final_review.mark_read(session, caller, ids, work.now)
    )


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/final-review/answer",
    operation_id="answer_final_version",
    status_code=200,
    responses=answers(NotFound, NothingToAnswer, AlreadyDecided, Invalid),
    **allow(*RECIPIENTS),
)
async def answer_final_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    data: JSONBody[FinalAnswerBody],
) -> Response[RecipientOut]:
    """Approve the final version or object to it, once."""
    ids = (agreement_id, version_id)
    return await work.command(
        lambda session: final_review.answer(session, caller, ids, data, now=work.now)
    )


@get("/portal/negotiations", operation_id="portal_negotiations", **allow(Role.MANAGER))
async def portal_negotiations(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> PortalNegotiationsOut:
    """The versions that are talked about with the manager's company."""
    async with work.read() as session:
        return await negotiations.portal_negotiations(session, caller)


handlers = [
    agreement_negotiation,
    record_expectation,
    record_requirement,
    change_requirement,
    propose_terms,
    decide_proposal,
    read_final_version,
    answer_final_version,
    portal_negotiations,
]
