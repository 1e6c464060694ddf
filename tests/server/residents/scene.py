"""Somebody in a lift: the label before them, what they say, and how they follow it."""

from base64 import b64encode
from typing import Any

from server.interventions.report_photos import drawn
from server.residents import labels, reporting, tracking
from server.residents.schemas import (
    LabelPlaceOut,
    LabelsBody,
    ResidentReportBody,
    ResidentReportedOut,
    TrackedOut,
)
from tests.server.interventions.town import Building, Town


async def label_in(town: Town, building: Building | None = None, **more: Any) -> str:
    """A new label for the hotel's lift, or another building's: the secret on it."""
    where = building or town.hotel
    body = LabelsBody(asset_ids=[where.lift.id], **more)
    async with town.write() as session:
        (made,) = (await labels.make(session, town.office, body, town.now)).labels
    address, _, token = made.path.partition("#")
    assert address == f"/q/{where.lift.code}"
    return token


async def before(town: Town, token: str) -> LabelPlaceOut:
    async with town.read() as session:
        return await labels.place(session, token, town.now, tells_by_mail=True)


async def says(
    town: Town, token: str, kind: Any = "out_of_service", *, photo: bytes = b"", **more: Any
) -> ResidentReportedOut:
    photos = [b64encode(photo).decode()] if photo else []
    body = ResidentReportBody(token=token, kind=kind, photos=photos, **more)
    pictures = await drawn(body.photos)
    async with town.write() as session:
        return await reporting.report(session, body, pictures, town.now)


async def follows(town: Town, told: ResidentReportedOut | str) -> TrackedOut:
    path = told if isinstance(told, str) else told.path
    async with town.read() as session:
        return await tracking.tracked(session, path.rsplit("/", 1)[-1], town.now)
