"""Reports as PDF over HTTP, in the caller's language: the rows of the set-up pages."""

from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.files.actions import PDF
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.measures.cases import Wanted
from server.measures.counting import counted
from server.reports.customer_paper import customer_sheet
from server.reports.director_paper import director_sheet
from server.reports.handed_out import handed_out
from server.reports.lift_paper import lift_sheet
from server.reports.region_paper import region_sheet


@get(
    "/reports/overall.pdf",
    operation_id="overall_paper",
    media_type=PDF,
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_overall_paper(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
    region_id: FromQuery[UUID | None] = None,
) -> Response[bytes]:
    """Kept, at risk and felt on paper, with money and three trends."""
    wanted = Wanted(from_day, to_day, region_id)
    sheet = await counted(work, from_day, to_day, director_sheet, caller, wanted, work.now)
    return await handed_out(sheet, f"palier-overall-{from_day}.pdf")


@get(
    "/reports/regions/{region_id:uuid}/paper.pdf",
    operation_id="region_paper",
    media_type=PDF,
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_region_paper(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> Response[bytes]:
    """The work of a region on paper."""
    sheet = await counted(
        work, from_day, to_day, region_sheet, caller, region_id, from_day, to_day, now=work.now
    )
    return await handed_out(sheet, f"palier-region-{from_day}.pdf")


@get(
    "/reports/customers/{customer_id:uuid}/paper.pdf",
    operation_id="customer_paper",
    media_type=PDF,
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_customer_paper(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    customer_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> Response[bytes]:
    """The review with a customer on paper: both sides, and the agenda of what happened."""
    sheet = await counted(
        work, from_day, to_day, customer_sheet, caller, customer_id, from_day, to_day, now=work.now
    )
    return await handed_out(sheet, f"palier-customer-{from_day}.pdf")


@get(
    "/reports/lifts/{asset_id:uuid}/paper.pdf",
    operation_id="lift_paper",
    media_type=PDF,
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def get_lift_paper(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    asset_id: FromPath[UUID],
    *,
    from_day: FromQuery[date],
    to_day: FromQuery[date],
) -> Response[bytes]:
    """What one lift lost, by cause and one by one, on paper."""
    async with work.read() as session:
        sheet = await lift_sheet(session, caller, asset_id, from_day, to_day, now=work.now)
    return await handed_out(sheet, f"palier-lift-{from_day}.pdf")


handlers = [get_overall_paper, get_region_paper, get_customer_paper, get_lift_paper]
