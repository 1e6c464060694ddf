"""The closed lists agreements are written with: their kinds, their levels, what starts and stops.

What an agreement says with these words stands in `clauses` and `versions`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dispatch.hours import ClockKind


class AgreementKind(StrEnum):
    """Whose promise it is: ours to a customer, a division's to us, a supplier's to us."""

    CUSTOMER = "customer"
    INTERNAL = "internal"
    SUPPLIER = "supplier"


class Level(StrEnum):
    """Where a value was written, least specific first: what stands lower down wins."""

    CORPORATE = "corporate"
    CUSTOMER = "customer"
    SERVICE = "service"
    SITE = "site"
    ASSET = "asset"


class ClockStart(StrEnum):
    """What sets the clock going: the call, unless the agreement says otherwise."""

    CALL = "call"
    DISPATCH = "dispatch"
    ACKNOWLEDGEMENT = "acknowledgement"


class ClockStop(StrEnum):
    """What keeps the promise of a clock."""

    ACCEPTANCE = "acceptance"  # a technician accepts
    ARRIVAL = "arrival"  # a technician arrives
    PERSON_RELEASED = "person_released"
    BACK_IN_SERVICE = "back_in_service"


USUAL_STOPS: Mapping[ClockKind, ClockStop] = MappingProxyType(
    {
        ClockKind.ACKNOWLEDGE: ClockStop.ACCEPTANCE,
        ClockKind.RESPONSE: ClockStop.ARRIVAL,
        ClockKind.SAFE: ClockStop.PERSON_RELEASED,
        ClockKind.RESOLUTION: ClockStop.BACK_IN_SERVICE,
    }
)


class SeverityPolicy(StrEnum):
    """What a worse severity does to a clock that is running already."""

    EARLIER_OF = "earlier_of"  # the old due, or the new target from the change: what comes first
    RETROACTIVE = "retroactive"  # the new target from the original start
    FROM_CHANGE = "from_change"  # the new target from the change
