"""Duplicates, ties and likely duplicates over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions import cases, merging, related
from server.interventions.problems import MergeRefused
from server.interventions.related_schemas import (
    CaseOut,
    MergeBody,
    RelatedOut,
    SeparateBody,
    TieBody,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.work import Work


@get(
    "/interventions/{intervention_id:uuid}/related",
    operation_id="related_interventions",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def related_interventions(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> RelatedOut:
    """What was merged into it or tied to it, and what is likely the same trouble."""
    async with work.read() as session:
        return await related.related(session, caller, intervention_id)


@get(
    "/interventions/{intervention_id:uuid}/case",
    operation_id="intervention_case",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def intervention_case(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> CaseOut:
    """The customer's problem it belongs to: every intervention from the first contact on."""
    async with work.read() as session:
        return await cases.case(session, caller, intervention_id)


@post(
    "/interventions/{intervention_id:uuid}/merge",
    operation_id="merge_intervention",
    status_code=200,
    responses=answers(NotFound, Stale, MergeRefused, Invalid),
    **allow(*DISPATCH),
)
async def merge_intervention(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[MergeBody],
) -> Response[RelatedOut]:
    """End this report in favour of another about the same trouble."""
    return await work.command(
        lambda session: merging.merge(session, caller, intervention_id, data, work.now)
    )


@post(
    "/interventions/{intervention_id:uuid}/separate",
    operation_id="separate_intervention",
    status_code=200,
    responses=answers(NotFound, Stale, MergeRefused, Invalid),
    **allow(*DISPATCH),
)
async def separate_intervention(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[SeparateBody],
) -> Response[RelatedOut]:
    """Take a merged report up again as work of its own."""
    return await work.command(
        lambda session: merging.separate(session, caller, intervention_id, data, work.now)
    )


@post(
    "/interventions/{intervention_id:uuid}/ties",
    operation_id="tie_interventions",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def tie_interventions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[TieBody],
) -> Response[RelatedOut]:
    """Note that two interventions belong together."""
    return await work.command(
        lambda session: merging.tie(session, caller, intervention_id, data.other_id, work.now)
    )


@post(
    "/interventions/{intervention_id:uuid}/ties/undo",
    operation_id="untie_interventions",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def untie_interventions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[TieBody],
) -> Response[RelatedOut]:
    """Forget that they belong together."""
    return await work.command(
        lambda session: merging.untie(session, caller, intervention_id, data.other_id, work.now)
    )


handlers = [
    related_interventions,
    intervention_case,
    merge_intervention,
    separate_intervention,
    tie_interventions,
    untie_interventions,
]
