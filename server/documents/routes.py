"""Documents of sites and lifts over HTTP: kept by dispatchers, the shared ones read by managers."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, Parameter

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.documents import actions, queries
from server.documents.schemas import (
    DocumentBody,
    DocumentChangeBody,
    DocumentOut,
    DocumentsOut,
)
from server.files.actions import LARGEST, PDF
from server.files.downloads import download_headers
from server.files.problems import FileTooLarge, FileTypeRefused
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.work import Work

# A little more than the largest file, so that it is refused in our own words.
LARGEST_UPLOAD = LARGEST + 1024 * 1024


@get(
    "/sites/{site_id:uuid}/documents",
    operation_id="site_documents",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def site_documents(
    work: NamedDependency[Work], caller: NamedDependency[Scope], site_id: FromPath[UUID]
) -> DocumentsOut:
    """The papers of a site and its lifts; managers get those shared with them."""
    async with work.read() as session:
        return await queries.documents(session, caller, site_id)


@post(
    "/documents",
    operation_id="create_document",
    responses=answers(Invalid),
    **allow(*DISPATCH),
)
async def create_document(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[DocumentBody]
) -> Response[DocumentOut]:
    """Write down a paper; its file is sent after it."""
    return await work.command(
        lambda session: actions.create(session, caller, data, work.now), status=201
    )


@patch(
    "/documents/{document_id:uuid}",
    operation_id="change_document",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*DISPATCH),
)
async def change_document(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    document_id: FromPath[UUID],
    data: JSONBody[DocumentChangeBody],
) -> Response[DocumentOut]:
    """Change what is known of a paper, such as its last day."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change(
            session, caller, document_id, data, expected=expected, now=work.now
        )
    )


@delete(
    "/documents/{document_id:uuid}",
    operation_id="remove_document",
    status_code=204,
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(*DISPATCH),
)
async def remove_document(
    work: NamedDependency[Work], caller: NamedDependency[Scope], document_id: FromPath[UUID]
) -> None:
    """Take a paper away, its file with it."""
    expected = work.expected_version
    async with work.database.write() as session:
        await actions.remove(session, caller, document_id, expected=expected, now=work.now)


@post(
    "/documents/{document_id:uuid}/file",
    operation_id="upload_document_file",
    responses=answers(NotFound, FileTypeRefused, FileTooLarge, Invalid),
    request_max_body_size=LARGEST_UPLOAD,
    **allow(*DISPATCH),
)
async def upload_document_file(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    document_id: FromPath[UUID],
    name: FromQuery[Annotated[str, Parameter(min_length=1, max_length=200)]],
) -> Response[DocumentOut]:
    """Keep a PDF of at most 10 MB with a paper: the body is the file itself, application/pdf."""
    content = await work.request.body()
    kind = work.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await work.command(
        lambda session: actions.keep_file(
            session, caller, document_id, content, name=name, media_type=kind, now=work.now
        ),
        status=201,
    )


@get(
    "/documents/{document_id:uuid}/file",
    operation_id="get_document_file",
    media_type=PDF,
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def get_document_file(
    work: NamedDependency[Work], caller: NamedDependency[Scope], document_id: FromPath[UUID]
) -> Response[bytes]:
    """The file of a paper, to keep."""
    async with work.read() as session:
        file = await queries.download(session, caller, document_id)
    headers = download_headers(file.name)
    return Response(file.content, media_type=file.media_type, headers=headers)


handlers = [
    site_documents,
    create_document,
    change_document,
    remove_document,
    upload_document_file,
    get_document_file,
]
