"""Photos and signatures over HTTP: bytes in piece by piece, a picture no browser opens out."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import evidence_uploads
from server.interventions.evidence_schemas import LARGEST_PICTURE, FileStatusOut
from server.interventions.evidence_uploads import Piece
from server.interventions.problems import (
    ChunkRefused,
    FileHashDiffers,
    FileQuotaReached,
    UploadOffsetDiffers,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work

NEVER_OPENED = "default-src 'none'; frame-ancestors 'none'; sandbox"
Offset = Annotated[int, QueryParameter(ge=0, le=LARGEST_PICTURE)]


@put(
    "/visits/{visit_id:uuid}/files/{evidence_id:uuid}/content",
    operation_id="send_evidence",
    responses=answers(
        NotFound, UploadOffsetDiffers, ChunkRefused, FileHashDiffers, FileQuotaReached, Invalid
    ),
    **allow(Role.TECHNICIAN),
)
async def send_evidence(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    visit_id: FromPath[UUID],
    evidence_id: FromPath[UUID],
    offset: Offset,
) -> Response[FileStatusOut]:
    """Send up to 262,144 bytes of a promised file from `offset` on: the body is the bytes.

    A piece that is here already is fine again; the answer says where the next one begins.
    """
    kind = work.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given = Piece((visit_id, evidence_id), offset, await work.request.body())
    async with work.read() as session:
        given = await evidence_uploads.piece(session, caller, given, kind, work.now)
    arrived = await evidence_uploads.looked_at(work.read, given)
    answer = await work.change(
        lambda session: evidence_uploads.keep(session, caller, given, arrived, work.now)
    )
    if arrived is not None and not arrived.is_promised:
        # Said after the commit: what arrived is gone for good.
        raise FileHashDiffers
    return answer


@get(
    "/visits/{visit_id:uuid}/files/{evidence_id:uuid}",
    operation_id="evidence_status",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.TECHNICIAN),
)
async def evidence_status(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    visit_id: FromPath[UUID],
    evidence_id: FromPath[UUID],
) -> FileStatusOut:
    """How much of a promised file is here."""
    async with work.read() as session:
        return await evidence_uploads.status(session, caller, (visit_id, evidence_id))


@get(
    "/visits/{visit_id:uuid}/files/{evidence_id:uuid}/content",
    operation_id="get_evidence",
    media_type="image/jpeg",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.TECHNICIAN),
)
async def get_evidence(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    visit_id: FromPath[UUID],
    evidence_id: FromPath[UUID],
) -> Response[bytes]:
    """A photo or a signature that has arrived, without anything its camera wrote beside it."""
    async with work.read() as session:
        name, media_type, content = await evidence_uploads.picture(
            session, caller, (visit_id, evidence_id)
        )
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": NEVER_OPENED,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)


handlers = [send_evidence, evidence_status, get_evidence]
