"""Files of agreements over HTTP: raw PDF in, a download that no browser opens out."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, Parameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import attachments
from server.agreements.problems import VersionImmutable
from server.agreements.schemas import FileOut
from server.files.actions import LARGEST, PDF
from server.files.downloads import download_headers
from server.files.problems import FileTooLarge, FileTypeRefused
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work

# A little more than the largest file, so that it is refused in our own words.
LARGEST_UPLOAD = LARGEST + 1024 * 1024


@post(
    "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/files",
    operation_id="upload_agreement_file",
    responses=answers(NotFound, VersionImmutable, FileTypeRefused, FileTooLarge, Invalid),
    request_max_body_size=LARGEST_UPLOAD,
    **allow(Role.ADMIN, Role.EXPERIENCE),
)
async def upload_agreement_file(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    name: FromQuery[Annotated[str, Parameter(min_length=1, max_length=200)]],
) -> Response[FileOut]:
    """Keep a PDF of at most 10 MB with a version: the body is the file itself, application/pdf."""
    content = await work.request.body()
    kind = work.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await work.command(
        lambda session: attachments.attach(
            session,
            caller,
            (agreement_id, version_id),
            content,
            name=name,
            media_type=kind,
            now=work.now,
        ),
        status=201,
    )


@get(
    "/agreements/{agreement_id:uuid}/files/{file_id:uuid}",
    operation_id="get_agreement_file",
    media_type=PDF,
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def get_agreement_file(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Response[bytes]:
    """A file to keep; managers get those of their own agreements."""
    async with work.read() as session:
        file = await attachments.download(session, caller, agreement_id, file_id)
    headers = download_headers(file.name)
    return Response(file.content, media_type=file.media_type, headers=headers)


handlers = [upload_agreement_file, get_agreement_file]
