"""Mail to whoever reported something by a label and left an address, with a link to follow it.

What managers are told in `mailing`, without anybody's name.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from server.accounts.schemas import Role
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.kit.tables import Event
from server.mail.outbox import Letter, post, was_told
from server.mail.writing import NOTICE
from server.notifications.codes import codes_of
from server.notifications.queries import told_facts
from server.regions.tables import Region
from server.residents.tables import ResidentReport
from server.residents.tracking import new_link

TOGETHER = timedelta(minutes=1)
"""So long a mail waits for more to happen to the same intervention."""
FRESH = timedelta(hours=12)
# Of the customer's own business whoever stood in the lift hears nothing.
TOLD = frozenset(
    {
        "intervention_reported",
        "visit_dispatched",
        "visit_moved",
        "visit_accepted",
        "visit_travel_started",
        "visit_running_late",
        "arrival_delayed",
        "visit_arrived",
        "person_released",
        "made_safe",
        "back_in_service",
        "visit_completed",
        "visit_cannot_complete",
        "intervention_cancelled",
        "intervention_refused",
    }
)
CODES = {kind: code for kind, code in codes_of(Role.MANAGER).items() if kind in TOLD} | {
    "report_joined": "reported"
}
UNTOLD_FACTS = frozenset({"technician_first_name", "due_at", "clock", "party", "percent"})


async def tell_reporters(session: Session, after: int, until: int, now: datetime) -> int:
    """Put into the outbox what reporters are to be told of these events; each thing once."""
    query = (
        select(Event, ResidentReport, Region.zone)
        .join(Intervention, Intervention.id == ResidentReport.intervention_id)
        .join(
            Event,
            or_(
                Event.intervention_id == Intervention.id,
                Event.intervention_id == Intervention.merged_into_id,
            ),
        )
        .join(Region, Region.id == Intervention.region_id)
        .where(Event.seq > after, Event.seq <= until, Event.at >= now - FRESH)
        .where(Event.kind.in_(CODES), Event.at >= ResidentReport.received_at)
        .where(ResidentReport.email != "")
        .order_by(Event.seq, ResidentReport.id)
    )
    told = 0
    for event, report, zone in (await session.execute(query)).all():
        code = CODES[event.kind]
        again = f":{event.seq}" if event.kind == "visit_moved" else ""
        key = f"{report.intervention_id}:{code}{again}"
        if await was_told(session, report.email, key):
            continue
        letter = Letter(
            address=report.email,
            language=report.language,
            topic=NOTICE,
            key=key,
            about=str(report.intervention_id),
            facts=_facts(event, code, zone),
            secret=await new_link(session, report.intervention_id, now),
        )
        told += await post(session, letter, now, now + TOGETHER)
    return told


def _facts(event: Event, code: str, zone: str) -> dict[str, object]:
    known = told_facts(event)
    return {
        **{name: value for name, value in known.items() if name not in UNTOLD_FACTS},
        "code": code,
        "page": "portal",
        "path": "/",
        "zone": zone,
        "at": event.at.isoformat(),
    }


async def stop_telling(session: Session, address: str) -> None:
    """Forget an address whose reader wants no more mail."""
    reports = update(ResidentReport).where(ResidentReport.email == address)
    await session.execute(reports.values(email=""))
