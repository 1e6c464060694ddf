"""A building manager's month over HTTP: the page, its PDF, and the events behind it."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.files.actions import PDF
from server.files.downloads import disposition
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.work import Work
from server.reports.behind import events_behind
from server.reports.handed_out import handed_out
from server.reports.portal import portal_month
from server.reports.portal_paper import month_sheet
from server.reports.portal_schemas import PortalMonthOut

MonthText = Annotated[str, QueryParameter(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]


@get(
    "/portal/report",
    operation_id="portal_month",
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def get_portal_month(
    work: NamedDependency[Work], caller: NamedDependency[Scope], month: MonthText
) -> PortalMonthOut:
    """One month of my company: kept, felt, out of service and given back."""
    async with work.read() as session:
        return await portal_month(session, caller, month, work.now)


@get(
    "/portal/report/events.csv",
    operation_id="portal_month_events",
    media_type="text/csv",
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def get_portal_month_events(
    work: NamedDependency[Work], caller: NamedDependency[Scope], month: MonthText
) -> Response[str]:
    """Every event behind the figures of a month, one line each, to work them out again."""
    async with work.read() as session:
        written = await events_behind(session, caller, month, work.now)
    headers = {"Content-Disposition": disposition(f"palier-{month}-events.csv")}
    return Response(written, media_type="text/csv", headers=headers)


@get(
    "/portal/report.pdf",
    operation_id="portal_month_paper",
    media_type=PDF,
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def get_portal_month_paper(
    work: NamedDependency[Work], caller: NamedDependency[Scope], month: MonthText
) -> Response[bytes]:
    """The month as a PDF in the caller's language, with the rows of the page."""
    async with work.read() as session:
        sheet = await month_sheet(session, caller, month, work.now)
    return await handed_out(sheet, f"palier-{month}.pdf")


handlers = [get_portal_month, get_portal_month_events, get_portal_month_paper]
