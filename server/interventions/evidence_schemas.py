"""Wire shapes of photos and signatures: promised by a command, their bytes follow on their own."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import Body, Code, Instant, Line, OptionalLine, Out

FileKind = Literal["photo", "signature"]
FileState = Literal["promised", "received", "refused", "waived"]
LARGEST_PICTURE = 8_000_000
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class FileBody(Body):
    """A photo or a signature that was taken; `sha256` and `size` are of the bytes to come.

    `item` is the item of the checklist it answers, `signer` who signed. `replaces` names a file of
    the same visit that was not to be read, or got lost, and for which this one was taken again.
    """

    id: UUID
    kind: FileKind
    sha256: Sha256
    size: Annotated[int, Field(gt=0, le=LARGEST_PICTURE)]
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,60}$")]
    taken_at: Instant
    signer: OptionalLine = ""
    item: Code | None = None
    note: OptionalLine = ""
    replaces: UUID | None = None


class DroppedFileBody(Body):
    """A promised file that will not come, given up by whoever took it: they say why."""

    id: UUID
    reason: Line


class EvidenceFileOut(Out):
    """A file of a visit. What is promised is still on a phone; what is waived need not come.

    `sha256` is of the bytes as they were taken, `taken_at` by the server's judgement. Whoever went
    without it is `waived_by`, and why; `replaced_by` is the file that was taken in its place.
    """

    id: UUID
    visit_id: UUID
    kind: FileKind
    item: str | None
    sha256: str
    size: int
    media_type: str
    received_size: int
    state: FileState
    taken_at: datetime
    signer: str
    note: str
    author: str
    waived_by: str
    waived_reason: str
    replaced_by: UUID | None


class FileStatusOut(Out):
    """How much of a file has arrived: the next bytes begin at `received_size`."""

    id: UUID
    size: int
    received_size: int
    state: FileState
