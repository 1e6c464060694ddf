"""When somebody who waits may expect a technician, as an honest range.

For planning the exact instants count; they are on the visit.
"""

from datetime import datetime, timedelta

from server.interventions.tables import Visit

EARLIER = timedelta(minutes=10)
LATER = timedelta(minutes=20)
STEP = timedelta(minutes=5)
ON_THE_WAY = "en_route"
COMING = frozenset({"dispatched", "accepted", ON_THE_WAY})


def expected(visit: Visit, now: datetime) -> tuple[datetime, datetime] | None:
    """From and to in whole five minutes; None for a visit that is not on its way to anybody.

    Nobody arrives in the past: once the planned instant has gone by, it is now that counts; nor
    before the time to which they said that they would be late.
    """
    if visit.status not in COMING:
        return None
    told = planned = visit.starts_at + timedelta(seconds=visit.late_by_seconds)
    if visit.status == ON_THE_WAY and visit.en_route_at is not None:
        planned = visit.en_route_at + timedelta(seconds=visit.travel_seconds)
    likely = max(planned, told if visit.late_by_seconds else planned, now)
    return max(_down(likely - EARLIER), _down(now)), _up(likely + LATER)


def _down(instant: datetime) -> datetime:
    return instant - timedelta(seconds=instant.timestamp() % STEP.total_seconds())


def _up(instant: datetime) -> datetime:
    lower = _down(instant)
    return lower if lower == instant else lower + STEP
