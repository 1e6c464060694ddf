"""What a webhook is told and how it is signed: the Standard Webhooks way (standardwebhooks.com).

No name, telephone number or free text of a person leaves this way: whoever is told asks the API
for more, with a key of its own and that key's rights.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.tables import Event

TRIED = "webhook_tried"
KINDS = (
    "intervention_reported",
    "intervention_severity_changed",
    "intervention_cancelled",
    "intervention_closed",
    "intervention_reopened",
    "visit_dispatched",
    "visit_moved",
    "visit_unassigned",
    "visit_accepted",
    "visit_declined",
    "visit_not_answered",
    "visit_travel_started",
    "visit_arrived",
    "visit_completed",
    "visit_cannot_complete",
    "person_released",
    "made_safe",
    "back_in_service",
    "clock_at_risk",
    "promise_breached",
    "plan_published",
    "agreement_version_signed",
    "agreement_version_activated",
    "agreement_version_superseded",
    "agreement_version_terminated",
    "agreement_version_closed",
    "credit_proposed",
    "credit_approved",
    "credit_dropped",
    "credit_countered",
)
FACTS = (
    "number",
    "severity",
    "work_type",
    "site_name",
    "asset_name",
    "starts_at",
    "ends_at",
    "from_at",
    "to_at",
    "due_at",
    "clock",
    "party",
    "percent",
    "agreement_id",
    "version_id",
    "version_number",
    "credit_id",
)
PREFIX = "whsec_"
_ID = {"type": ["string", "null"], "format": "uuid"}
SCHEMA: dict[str, Any] = {
    "description": "What a webhook is sent, signed the Standard Webhooks way.",
    "type": "object",
    "required": ["type", "timestamp", "data"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "enum": [*KINDS, TRIED]},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": {
            "type": "object",
            "required": ["seq", "facts"],
            "additionalProperties": False,
            "properties": {
                "seq": {"type": ["integer", "null"]},
                "region_id": _ID,
                "site_id": _ID,
                "intervention_id": _ID,
                "visit_id": _ID,
                "facts": {
                    "type": "object",
                    "propertyNames": {"enum": list(FACTS)},
                    "additionalProperties": {"type": ["string", "integer", "number", "null"]},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message: it keeps its id and its words over every try, so that none counts twice."""

    id: str
    body: bytes

    def headers(self, secret: str, at: datetime) -> dict[str, str]:
        """What proves to the receiver who sent this, that it is whole, and when it was sent."""
        moment = str(int(at.timestamp()))
        return {
            "Content-Type": "application/json",
            "webhook-id": self.id,
            "webhook-timestamp": moment,
            "webhook-signature": signature(secret, self.id, moment, self.body),
        }


def new_secret() -> str:
    """256 random bits, as the libraries that check signatures expect them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 over id, second and body.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
    ...     "1614265330", b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def message_of(delivery_id: UUID, event: Event) -> Message:
    """An event as others are told of it."""
    about = {
        "seq": event.seq,
        "region_id": event.region_id,
        "site_id": event.site_id,
        "intervention_id": event.intervention_id,
        "visit_id": event.visit_id,
    }
    facts = {name: event.data[name] for name in FACTS if name in event.data}
    return _message(delivery_id, event.kind, event.at, {**about, "facts": facts})


def trial_of(delivery_id: UUID, at: datetime) -> Message:
    """A message that says nothing but that the address works."""
    return _message(delivery_id, TRIED, at, {"seq": None, "facts": {}})


def _message(delivery_id: UUID, kind: str, at: datetime, data: Mapping[str, Any]) -> Message:
    told = {"type": kind, "timestamp": at.isoformat(), "data": data}
    body = json.dumps(told, default=str, ensure_ascii=False, separators=(",", ":"))
    return Message(f"msg_{delivery_id.hex}", body.encode())
