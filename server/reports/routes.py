"""Reports over HTTP: for staff who read, on paper, a manager's own month, extracts to show."""

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
from server.measures.cases import Wanted
from server.measures.counting import counted
from server.reports import extract_routes, paper_routes, portal_routes
from server.reports.customers import customer_report
from server.reports.director import director_report
from server.reports.regions import region_report
from server.reports.schemas import CustomerReportOut, DirectorReportOut, RegionReportOut


@get(
    "/reports/overall",
    operation_id="overall_report",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_overall_report(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
    region_id: FromQuery[UUID | None] = None,
) -> DirectorReportOut:
    """Kept, at risk and felt on one page, with money and three trends."""
    wanted = Wanted(from_day, to_day, region_id)
    return await counted(work, from_day, to_day, director_report, caller, wanted, work.now)


@get(
    "/reports/regions/{region_id:uuid}",
    operation_id="region_report",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_region_report(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> RegionReportOut:
    """Where the working time of a region went, and how near plans were to what happened."""
    return await counted(
        work, from_day, to_day, region_report, caller, region_id, from_day, to_day, now=work.now
    )


@get(
    "/reports/customers/{customer_id:uuid}",
    operation_id="customer_report",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_customer_report(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    customer_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> CustomerReportOut:
    """What a customer was promised and what they felt, for the review with them."""
    return await counted(
        work, from_day, to_day, customer_report, caller, customer_id, from_day, to_day, now=work.now
    )


handlers = [
    get_overall_report,
    get_region_report,
    get_customer_report,
    *paper_routes.handlers,
    *portal_routes.handlers,
    *extract_routes.handlers,
]
