"""Where somebody was when they arrived: kept for a year, then forgotten.

When they arrived is on the visit, and stays.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, delete

from server.interventions.schemas import ArrivalPositionBody
from server.interventions.tables import Arrival
from server.kit.database import Database, Session

KEPT = timedelta(days=365)


def record_arrival(
    session: Session, visit_id: UUID, position: ArrivalPositionBody, at: datetime
) -> None:
    """Write down how far from the site's pin it was, and who noticed."""
    session.add(
        Arrival(
            visit_id=visit_id,
            at=at,
            distance_m=position.distance_m,
            accuracy_m=position.accuracy_m,
            by=position.by,
        )
    )


async def forget_arrivals(database: Database, now: datetime) -> int:
    """Forget where people arrived more than a year ago; says how many times."""
    async with database.write() as session:
        gone = await session.execute(delete(Arrival).where(Arrival.at < now - KEPT))
    assert isinstance(gone, CursorResult)
    return gone.rowcount
