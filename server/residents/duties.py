"""Forgetting who reported something by a label, once nobody needs to reach them any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from server.interventions.tables import Intervention
from server.kit.database import Database
from server.kit.runner import Duty
from server.residents.tables import ResidentReport, TrackingLink
from server.residents.tracking import OPEN_FOR

EVERY = timedelta(hours=6)
NOBODY = {"caller_name": "", "caller_phone": ""}


def forgetting_reporters(database: Database) -> Duty:
    return Duty("reporters", EVERY, lambda now: forget_reporters(database, now))


async def forget_reporters(database: Database, now: datetime) -> int:
    """Forget names, numbers and addresses 30 days after the work; how many reports had any."""
    over = Intervention.decided_at < now - OPEN_FOR
    long_over = select(Intervention.id).where(over)
    known = or_(
        ResidentReport.caller_name != "",
        ResidentReport.caller_phone != "",
        ResidentReport.email != "",
    )
    async with database.write() as session:
        await session.execute(
            update(Intervention)
            .where(over, Intervention.source == "qr")
            .where(or_(Intervention.caller_name != "", Intervention.caller_phone != ""))
            .values(NOBODY)
        )
        await session.execute(
            delete(TrackingLink).where(TrackingLink.intervention_id.in_(long_over))
        )
        forgotten = await session.execute(
            update(ResidentReport)
            .where(ResidentReport.intervention_id.in_(long_over), known)
            .values(NOBODY | {"email": ""})
        )
        return int(forgotten.rowcount)  # type: ignore[attr-defined]
