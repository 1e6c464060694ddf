"""Figures and their definitions over HTTP."""

from datetime import date
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.measures import queries
from server.measures.cases import Wanted
from server.measures.counting import counted
from server.measures.demand import demand
from server.measures.driving import satisfaction_drivers
from server.measures.objectives import agreement_doing
from server.measures.out_of_service import out_of_service
from server.measures.schemas import (
    AgreementDoingOut,
    AssetAvailabilityOut,
    DefinitionsOut,
    DemandOut,
    DriversOut,
    FiguresOut,
    OutOfServiceOut,
    TechnicianExperienceOut,
    WatermelonsOut,
)
from server.measures.technicians import technician_experience
from server.measures.watermelons import watermelons


@get("/measures/definitions", operation_id="list_measures", **allow(*STAFF_READERS))
async def list_measures() -> DefinitionsOut:
    """What every measure means, in which version."""
    return queries.definitions()


@get(
    "/measures",
    operation_id="figures",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def figures(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
) -> FiguresOut:
    """Figures about what was reported on those local days; `to_day` is the first after them."""
    wanted = Wanted(from_day, to_day, region_id, customer_id)
    return await counted(work, from_day, to_day, queries.figures, caller, wanted, work.now)


@get(
    "/assets/{asset_id:uuid}/availability",
    operation_id="asset_availability",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def asset_availability(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    asset_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> AssetAvailabilityOut:
    """How available one unit was in the hours agreed for it."""
    async with work.read() as session:
        return await queries.asset_availability(
            session, caller, asset_id, from_day, to_day, now=work.now
        )


@get(
    "/regions/{region_id:uuid}/demand",
    operation_id="region_demand",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def region_demand(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromPath[UUID]
) -> DemandOut:
    """What this week brings by the hour, and how near such forecasts have been."""
    async with work.read() as session:
        return await demand(session, caller, region_id, work.now)


@get(
    "/regions/{region_id:uuid}/technician_experience",
    operation_id="technician_experience",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_technician_experience(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> TechnicianExperienceOut:
    """How it is for technicians of a region, and what goes with it; never of fewer than five."""
    return await counted(
        work,
        from_day,
        to_day,
        technician_experience,
        caller,
        region_id,
        from_day,
        to_day,
        now=work.now,
    )


@get(
    "/assets/{asset_id:uuid}/out_of_service",
    operation_id="asset_out_of_service",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def asset_out_of_service(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    asset_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> OutOfServiceOut:
    """The ledger of one unit: agreed minutes lost, by cause, and what came back."""
    async with work.read() as session:
        return await out_of_service(session, caller, asset_id, from_day, to_day, now=work.now)


@get(
    "/agreements/{agreement_id:uuid}/doing",
    operation_id="agreement_doing",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_agreement_doing(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> AgreementDoingOut:
    """What an agreement kept and what was felt under it, side by side."""
    return await counted(
        work,
        from_day,
        to_day,
        agreement_doing,
        caller,
        agreement_id,
        from_day,
        to_day,
        now=work.now,
    )


@get(
    "/watermelons",
    operation_id="watermelons",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def list_watermelons(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
) -> WatermelonsOut:
    """Promises kept and people unhappy all the same: jobs, sites and customers."""
    wanted = Wanted(from_day, to_day, region_id, customer_id)
    return await counted(work, from_day, to_day, watermelons, caller, wanted, work.now)


@get(
    "/satisfaction_drivers",
    operation_id="satisfaction_drivers",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def list_drivers(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
) -> DriversOut:
    """What goes with satisfied and unhappy people; nothing is told under thirty answers."""
    wanted = Wanted(from_day, to_day, region_id, customer_id)
    return await counted(work, from_day, to_day, satisfaction_drivers, caller, wanted, work.now)


handlers = [
    get_agreement_doing,
    list_measures,
    figures,
    asset_availability,
    asset_out_of_service,
    get_technician_experience,
    list_watermelons,
    list_drivers,
    region_demand,
]
