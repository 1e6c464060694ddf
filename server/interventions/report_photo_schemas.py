"""Wire shapes of the photos that come with a report."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import Out

MOST_PHOTOS = 3
LARGEST_PHOTO = 600_000
"""Characters of base64, so 450 kB: a phone makes its picture smaller before it sends it."""
LARGEST_REPORT = 2 * 1024 * 1024

Photo = Annotated[
    str, StringConstraints(max_length=LARGEST_PHOTO, pattern=r"^[A-Za-z0-9+/]+={0,2}$")
]
Photos = Annotated[list[Photo], Field(max_length=MOST_PHOTOS)]


class ReportPhotoOut(Out):
    """A photo of this report, or of one that was merged into it: `intervention_id` says which."""

    id: UUID
    intervention_id: UUID
    number: str
    received_at: datetime


class ReportPhotosOut(Out):
    photos: list[ReportPhotoOut]
