"""A customer chooses when somebody comes, as far as their agreement lets them.

Until the time they chose the clocks stand still, by a pause like any other that a customer asks
for: what is due is counted from there on, and the trail says why.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import Choices, Severity, Slot, slots
from dispatch.interventions import PauseReason
from server.accounts.scope import Scope
from server.agreements.snapshot import calendar_values
from server.agreements.tables import AgreementVersion
from server.agreements.values import choices_of
from server.interventions.choosing_schemas import (
    ChoicesForJobOut,
    ChoosableOut,
    ChooseBody,
    ChosenOut,
)
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier, locked_dossier, one_dossier
from server.interventions.events import tell
from server.interventions.evidence import Standstill, record_pause
from server.interventions.problems import ChoiceClosed
from server.interventions.standing import ENDED, open_visits
from server.interventions.tables import ChosenTime, PauseOfWork
from server.kit.database import AnySession, Session
from server.regions.tables import Region

EVIDENCE = "Chosen in the portal."


async def choices_for(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> ChoicesForJobOut:
    """What was chosen for a job, and what may be chosen now."""
    dossier = await one_dossier(session, scope, intervention_id)
    return await _shown(session, dossier, now)


async def choose(
    session: Session, scope: Scope, intervention_id: UUID, data: ChooseBody, now: datetime
) -> ChoicesForJobOut:
    """Have somebody come then, the clocks count from then on; what was chosen before is over."""
    dossier = await locked_dossier(session, scope, intervention_id)
    choices, found = await _choosable(session, dossier, now)
    slot = next((s for s in found if (s.from_at, s.to_at) == (data.from_at, data.to_at)), None)
    if choices is None or slot is None:
        raise ChoiceClosed
    await _end_former(session, dossier, now)
    begins = now.replace(microsecond=0)
    still = Standstill(
        PauseReason.CUSTOMER_REQUESTED_SLOT.value, begins, EVIDENCE, max(begins, slot.from_at)
    )
    pause = record_pause(session, dossier, still, scope=scope, now=now)
    await session.flush()
    session.add(
        ChosenTime(
            intervention_id=dossier.intervention.id,
            pause_id=pause.id,
            from_at=slot.from_at,
            to_at=slot.to_at,
            discount=_worth(choices, slot),
            currency=choices.currency,
            chosen_at=now,
            chosen_by=scope.account_id,
            chosen_by_name=scope.name,
        )
    )
    dossier.intervention.window_from, dossier.intervention.window_to = slot.from_at, slot.to_at
    settle(dossier, now)
    await session.flush()
    await tell(session, scope.actor, now, kind="time_chosen", dossier=dossier)
    return await _shown(session, dossier, now)


async def _end_former(session: Session, dossier: Dossier, now: datetime) -> None:
    """An earlier choice holds back nothing any more."""
    for former in await _chosen(session, dossier):
        pause = await session.get_one(PauseOfWork, former.pause_id)
        if pause.to_at is not None and pause.to_at > now:
            pause.to_at = max(pause.from_at, now.replace(microsecond=0))


async def _shown(session: AnySession, dossier: Dossier, now: datetime) -> ChoicesForJobOut:
    choices, found = await _choosable(session, dossier, now)
    chosen = next(iter(await _chosen(session, dossier)), None)
    return ChoicesForJobOut(
        chosen=None if chosen is None else _shown_chosen(chosen),
        items=[] if choices is None else [_shown_slot(choices, slot) for slot in found],
    )


async def _choosable(
    session: AnySession, dossier: Dossier, now: datetime
) -> tuple[Choices | None, Sequence[Slot]]:
    """Nothing once somebody is sent, the work is over, or it is outside the agreement."""
    row = dossier.intervention
    is_closed = row.status in ENDED or row.out_of_scope_at is not None or open_visits(dossier)
    if is_closed or row.agreement_version_id is None:
        return None, ()
    version = await session.get_one(AgreementVersion, row.agreement_version_id)
    choices = choices_of(version.terms)
    if choices is None or Severity(row.severity) not in choices.severities:
        return None, ()
    region = await session.get_one(Region, row.region_id)
    calendars = await calendar_values(session, [region.calendar_id])
    calendar = calendars[region.calendar_id]
    return choices, tuple(slots(choices, calendar, reported_at=row.reported_at, now=now))


async def _chosen(session: AnySession, dossier: Dossier) -> Sequence[ChosenTime]:
    """The last first."""
    query = select(ChosenTime).where(ChosenTime.intervention_id == dossier.intervention.id)
    return (await session.scalars(query.order_by(ChosenTime.id.desc()))).all()


def _worth(choices: Choices, slot: Slot) -> Decimal | None:
    return choices.later_discount if slot.is_later else None


def _shown_slot(choices: Choices, slot: Slot) -> ChoosableOut:
    worth = _worth(choices, slot)
    return ChoosableOut(
        from_at=slot.from_at,
        to_at=slot.to_at,
        is_later=slot.is_later,
        discount=None if worth is None else f"{worth:f}",
        currency=choices.currency,
    )


def _shown_chosen(row: ChosenTime) -> ChosenOut:
    return ChosenOut(
        from_at=row.from_at,
        to_at=row.to_at,
        discount=None if row.discount is None else f"{row.discount:f}",
        currency=row.currency,
        chosen_at=row.chosen_at,
        chosen_by=row.chosen_by_name,
    )
