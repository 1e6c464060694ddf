"""Photos sent with a report over HTTP."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import report_photos as photos
from server.interventions.file_routes import NEVER_OPENED
from server.interventions.report_photo_schemas import ReportPhotosOut
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work


@get(
    "/interventions/{intervention_id:uuid}/report_photos",
    operation_id="report_photos",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def report_photos(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> ReportPhotosOut:
    """The photos that came with a report, and with those merged into it."""
    async with work.read() as session:
        return await photos.report_photos(session, caller, intervention_id)


@get(
    "/report_photos/{photo_id:uuid}/content",
    operation_id="get_report_photo",
    media_type="image/jpeg",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def get_report_photo(
    work: NamedDependency[Work], caller: NamedDependency[Scope], photo_id: FromPath[UUID]
) -> Response[bytes]:
    """One of them, without anything its camera wrote beside it."""
    async with work.read() as session:
        file = await photos.content(session, caller, photo_id)
        name, media_type, content = file.name, file.media_type, file.content
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": NEVER_OPENED,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)


handlers = [report_photos, get_report_photo]
