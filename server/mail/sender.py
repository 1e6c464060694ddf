"""What the duty that mails does: what is due is written, handed over, and settled."""

from datetime import datetime

import structlog

from server.kit.database import Database
from server.kit.turns import turn
from server.mail.outbox import Outcome, forget, is_due, pack, settle
from server.mail.smtp import UNSENT, hand_over
from server.mail.writing import written
from server.settings import Settings

log: structlog.stdlib.BoundLogger = structlog.get_logger()
MAIL = "mail"


async def send(database: Database, settings: Settings, now: datetime) -> int:
    """Send everything that is due; how many messages that were.

    Of several processes one does it at a time: the others find nothing left to do.
    """
    async with turn(database, MAIL) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            if not await is_due(session, now):
                return 0
        async with database.write() as session:
            parcels = await pack(session, now)
            messages = {each.id: written(each, settings, now) for each in parcels}
        handed = await hand_over(settings, messages)
        async with database.write() as session:
            for each in parcels:
                became = handed.get(each.id, UNSENT)
                if became.outcome is not Outcome.SENT:
                    log.info("mail_not_taken", mail=str(each.id), reason=became.reason)
                await settle(session, each, became, now)
            await forget(session, now)
        return len(parcels)
