"""What work usually takes when the caller does not say: as the service says, else our habits.

What was agreed with a customer is elsewhere.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from server.services.tables import Service

MINUTE = 60

# Hands-on minutes: half of a metro's outages end within 2.8 h, three tenths of it hands on
# (jeremiak/mta-elevator-outages, 2018); an entrapment is freed sooner, a wish is smaller.
REPAIR_MINUTES: Mapping[str, int] = MappingProxyType({"S1": 40, "S2": 50, "S3": 40, "S4": 30})
MAINTENANCE_MINUTES: Mapping[str, int] = MappingProxyType(
    {"lift": 40, "goods_lift": 45, "escalator": 60, "platform": 30, "other": 40}
)
INSPECTION_MINUTES = 60
REQUEST_MINUTES = 30

# The office reads what an inspection found before it is closed.
REVIEWED = frozenset({"inspection"})


def habitual_seconds(work_type: str, severity: str, asset_kind: str | None) -> int:
    """How long it usually takes on site where no service says it."""
    match work_type:
        case "maintenance":
            return MAINTENANCE_MINUTES[asset_kind or "other"] * MINUTE
        case "inspection":
            return INSPECTION_MINUTES * MINUTE
        case "request":
            return REQUEST_MINUTES * MINUTE
        case _:
            return REPAIR_MINUTES[severity] * MINUTE


def duration_seconds(
    service: Service | None, work_type: str, severity: str, asset_kind: str | None
) -> int:
    """How long it usually takes on site."""
    said: dict[str, int] = {} if service is None else service.duration_seconds
    return said.get(severity) or habitual_seconds(work_type, severity, asset_kind)


def skills(service: Service | None, severity: str, asset_kind: str | None) -> dict[str, int]:
    """What somebody must at least be able to do: what the service takes, and what nobody may lack.

    Free people, or know stairs that move; of two levels the higher.
    """
    needed = {"rescue": 1} if severity == "S1" else {}
    needed |= {"escalator": 1} if asset_kind == "escalator" else {}
    for skill, level in ({} if service is None else service.skills).items():
        needed[skill] = max(level, needed.get(skill, 0))
    return needed


def asks_for_review(service: Service | None, work_type: str) -> bool:
    """Whether the office looks at it before it is closed."""
    if service is None or service.asks_for_review is None:
        return work_type in REVIEWED
    return service.asks_for_review


def parts(service: Service | None) -> list[dict[str, Any]]:
    """What it usually takes out of the van, as work keeps what it will take."""
    return [] if service is None else [{**each, "note": ""} for each in service.parts]
