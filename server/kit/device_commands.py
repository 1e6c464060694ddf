"""What a device says happened, as it comes and as it is kept: the same for visits and for duty.

How its clock is judged is in `dispatch.interventions.device_clock`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Mapped

from server.kit.wire import Body, CommandId, Count, Instant, OptionalLine


class DeviceCommandBody(Body):
    """What is said once, however often it is sent: `id` makes it repeatable without harm.

    `at` and `sent_at` are by the device's own clock: when it happened, and when this request left.
    Those who follow add `kind` and `payload`.
    """

    id: CommandId
    at: Instant
    base_version: Count
    device: OptionalLine = ""
    sequence: Count = 0
    clock_offset_seconds: Annotated[int, Field(ge=-(10**9), le=10**9)] = 0
    sent_at: Instant | None = None


class SaidByDevice:
    """What was said, when, and what was answered; kept whatever the answer.

    `device_at` is what the device claimed, `judged_at` what the server took it for; `sent_at` is
    the device's time as the request left it.
    """

    kind: Mapped[str]
    device: Mapped[str]
    sequence: Mapped[int]
    base_version: Mapped[int]
    device_at: Mapped[datetime]
    clock_offset_seconds: Mapped[int]
    sent_at: Mapped[datetime | None]
    judged_at: Mapped[datetime]
    received_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    outcome: Mapped[str]
    code: Mapped[str | None]
    facts: Mapped[dict[str, Any]]


def as_given(
    body: DeviceCommandBody, payload: BaseModel, *, but: Collection[str] = ()
) -> dict[str, Any]:
    """The columns of `SaidByDevice`, and the id, that say what the device sent, but for these."""
    return {
        "id": body.id,
        "device": body.device,
        "sequence": body.sequence,
        "base_version": body.base_version,
        "device_at": body.at,
        "clock_offset_seconds": body.clock_offset_seconds,
        "sent_at": body.sent_at,
        "payload": payload.model_dump(mode="json", exclude=set(but)),
    }
