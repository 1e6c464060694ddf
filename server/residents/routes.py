"""Labels, reports by them and tracking links over HTTP."""

from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow, public
from server.accounts.scope import Scope
from server.experience.problems import FeedbackLinkEnded
from server.experience.schemas import FeedbackLinkOut
from server.interventions.report_photo_schemas import LARGEST_REPORT
from server.interventions.report_photos import drawn
from server.kit.database import Session
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.residents import labels, reporting, tracking
from server.residents.problems import LabelEnded, TooManyReports, TrackingEnded
from server.residents.schemas import (
    LabelPlaceOut,
    LabelsBody,
    LabelsOut,
    ResidentReportBody,
    ResidentReportedOut,
    ResidentReportsOut,
    TrackedBody,
    TrackedOut,
)
from server.settings import Settings

Asked = Request[object, object, State]


@post("/labels", operation_id="make_labels", responses=answers(Invalid), **allow(*DISPATCH))
async def make_labels(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[LabelsBody]
) -> Response[LabelsOut]:
    """New labels to print for these lifts: by their address anybody there reports a fault."""
    return await work.command(
        lambda session: labels.make(session, caller, data, work.now), status=201
    )


@get(
    "/reports_by_label",
    operation_id="label_place",
    responses=answers(LabelEnded, TooManyReports),
    **public(),
)
async def label_place(
    work: NamedDependency[Work], settings: NamedDependency[Settings], token: FromQuery[str]
) -> LabelPlaceOut:
    """The lift a label stands in, and whether its trouble is known."""
    try:
        async with work.read() as session:
            return await labels.place(session, token, work.now, tells_by_mail=settings.sends_mail)
    except LabelEnded:
        await _count_wrong(work)
        raise


@post(
    "/reports_by_label",
    operation_id="report_by_label",
    request_max_body_size=LARGEST_REPORT,
    responses=answers(Invalid, LabelEnded, TooManyReports),
    **public(),
)
async def report_by_label(
    work: NamedDependency[Work], data: JSONBody[ResidentReportBody]
) -> Response[ResidentReportedOut]:
    """Report a fault from the lift, with up to three photos; what is known is joined."""
    async with work.read() as session:
        is_known = await labels.holds(session, data.token, work.now)
    # Drawing takes a while: not for whoever holds no label.
    pictures = await drawn(data.photos) if is_known else []

    async def act(session: Session) -> ResidentReportedOut:
        # Counted with what it does: the same report sent again gets its answer again.
        await reporting.count_report(session, data, _address(work.request), work.now)
        return await reporting.report(session, data, pictures, work.now)

    try:
        return await work.command(act, status=201)
    except LabelEnded:
        await _count_wrong(work)
        raise


@get("/tracked", operation_id="tracked", responses=answers(TrackingEnded), **public())
async def tracked(work: NamedDependency[Work], token: FromQuery[str]) -> TrackedOut:
    """How the work of a tracking link goes on."""
    async with work.read() as session:
        return await tracking.tracked(session, token, work.now)


@post(
    "/tracked/survey",
    operation_id="tracked_survey",
    responses=answers(TrackingEnded, FeedbackLinkEnded),
    **public(),
)
async def tracked_survey(
    work: NamedDependency[Work], data: JSONBody[TrackedBody]
) -> Response[FeedbackLinkOut]:
    """A link by which whoever followed the work says how it was, once."""
    return await work.command(
        lambda session: tracking.survey(session, data.token, work.now), status=201
    )


@get(
    "/interventions/{intervention_id:uuid}/resident_reports",
    operation_id="resident_reports",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def resident_reports(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> ResidentReportsOut:
    """What people said by the label, also where it was known already."""
    async with work.read() as session:
        return await reporting.reports_of(session, caller, intervention_id)


async def _count_wrong(work: Work) -> None:
    async with work.database.write() as session:
        await reporting.count_wrong(session, _address(work.request), work.now)


def _address(request: Asked) -> str:
    return request.client.host if request.client else ""


handlers = [
    make_labels,
    label_place,
    report_by_label,
    tracked,
    tracked_survey,
    resident_reports,
]
