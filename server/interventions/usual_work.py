"""What work usually takes when the caller does not say, and how each kind of work is treated.

What was agreed with a customer is elsewhere; these are the house's own habits.
"""

from collections.abc import Mapping
from types import MappingProxyType

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
# Reported by somebody who is not trained to judge it: the office has a look, unless it presses.
NEEDS_TRIAGE = frozenset({"portal", "qr", "import", "follow_up"})
PRESSING = frozenset({"S1", "S2"})
OWN_PROPOSALS = frozenset({"plan", "follow_up"})


def duration_seconds(work_type: str, severity: str, asset_kind: str | None) -> int:
    """How long it usually takes on site."""
    match work_type:
        case "maintenance":
            return MAINTENANCE_MINUTES[asset_kind or "other"] * MINUTE
        case "inspection":
            return INSPECTION_MINUTES * MINUTE
        case "request":
            return REQUEST_MINUTES * MINUTE
        case _:
            return REPAIR_MINUTES[severity] * MINUTE


def skills(severity: str, asset_kind: str | None) -> dict[str, int]:
    """What somebody must at least be able to do: free people, or know stairs that move."""
    needed = {"rescue": 1} if severity == "S1" else {}
    return needed | ({"escalator": 1} if asset_kind == "escalator" else {})


def asks_for_review(work_type: str) -> bool:
    return work_type in REVIEWED


def is_planned(source: str, work_type: str) -> bool:
    """Whether we proposed it ourselves: then nobody waits, and no clock runs."""
    return source in OWN_PROPOSALS or work_type == "maintenance"


def is_triaged(source: str, severity: str) -> bool:
    """Whether nobody has to look first; what a technician ordered the office always looks at."""
    return source not in NEEDS_TRIAGE or (severity in PRESSING and source != "follow_up")
