"""The register as a document: agreements with everything that was recorded, by code.

What is checked beyond the shape is said in `register_reading`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from server.agreements.schemas import (
    AgreementKind,
    MeetingLevel,
    Seat,
    SignatoryBody,
    VersionStatus,
)
from server.kit.wire import Body, Code, Instant, Line, OptionalLine, Out, Text

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# Ten megabytes in base64, and a little more.
LONGEST_CONTENT = 14_000_000


class RegisterFile(Body):
    """A file with its bytes in base64."""

    name: Line
    media_type: Literal["application/pdf"]
    sha256: Sha256
    uploaded_at: Instant
    content: Annotated[str, StringConstraints(max_length=LONGEST_CONTENT)]


class RegisterDocument(Body):
    """What was agreed; `terms` as on the wire, but by code: `region`, `sites`, `calendar`."""

    zone: str
    valid_from: date
    valid_to: date | None
    terms: dict[str, Any]


class RegisterVersion(Body):
    """A version and its story. `sha256` is the hash of `document` in its canonical form."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    status: VersionStatus
    document: RegisterDocument
    sha256: Sha256
    valid_to: date | None
    author_name: OptionalLine
    written_at: Instant
    verified_by: OptionalLine
    verified_at: Instant | None
    blanket_reason: OptionalLine = ""
    blanket_reason_by: OptionalLine = ""
    signed_on: date | None
    signatories: Annotated[list[SignatoryBody], Field(max_length=20)]
    signed_file: Sha256 | None
    files: Annotated[list[RegisterFile], Field(max_length=200)]
    activated_by: OptionalLine
    activated_at: Instant | None
    ends_on: date | None
    termination_reason: OptionalLine
    termination_requested_by: OptionalLine
    termination_requested_at: Instant | None
    terminated_by: OptionalLine
    terminated_at: Instant | None
    closed_at: Instant | None


class RegisterReview(Body):
    held_on: date
    outcome: Literal["reached", "partly", "missed"]
    note: Text
    level: MeetingLevel = "strategic"
    present: Annotated[list[Seat], Field(max_length=9)] = []
    recorded_by: OptionalLine
    recorded_at: Instant


class RegisterRequest(Body):
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    asked_by: OptionalLine
    asked_at: Instant
    decision: Literal["kept", "amended", "rejected"] | None
    reason: OptionalLine
    decided_by: OptionalLine
    decided_at: Instant | None


class RegisterAgreement(Body):
    number: Code
    customer: Code | None
    kind: AgreementKind
    party: OptionalLine
    name: Line
    owner_name: OptionalLine
    review_every_months: Annotated[int, Field(ge=1, le=60)] | None
    next_review_on: date | None
    versions: Annotated[list[RegisterVersion], Field(min_length=1, max_length=1000)]
    reviews: Annotated[list[RegisterReview], Field(max_length=1000)]
    change_requests: Annotated[list[RegisterRequest], Field(max_length=1000)]


class RegisterBody(Body):
    """The whole register, or a part of it."""

    format: Literal["palier-agreements-1"]
    agreements: Annotated[list[RegisterAgreement], Field(max_length=10_000)]


class RegisterReadOut(Out):
    """How many agreements were written, and how many stood there already, word for word."""

    written: int
    skipped: int
