"""What the clocks of one intervention have to tell that was not told yet, each thing once.

How clocks stand is `dispatch.clocks`; breaches proved wrong are taken back in `overturning`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dispatch.agreements import AgreementKind
from dispatch.clocks import Clock, ClockState, Mark, marks, predicted_breach
from server.breaches.overturning import correct
from server.breaches.tables import Breach
from server.breaches.tables import Mark as MarkRow
from server.interventions.clocks import core_clocks, key_of
from server.interventions.dossier import Dossier
from server.interventions.promises import Key
from server.interventions.shown_clocks import would_be_kept_at
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce

SYSTEM = Actor(None, "Palier")
AT_RISK, BREACHED, ESCALATED, PREDICTED = "at_risk", "breached", "escalated", "predicted_breach"
ANNOUNCED_AS = {
    AT_RISK: "clock_at_risk",
    BREACHED: "promise_breached",
    ESCALATED: "promise_escalated",
    PREDICTED: "breach_predicted",
}
TOLD = frozenset({*ANNOUNCED_AS.values(), "breach_overturned", "breach_reinstated"})


@dataclass(frozen=True, slots=True)
class _Telling:
    """Marks and breaches known so far, and what is told now."""

    session: Session
    dossier: Dossier
    known: frozenset[tuple[str, str, int, str]]
    breaches: Mapping[Key, Breach]
    now: datetime


async def catch_up(session: Session, dossier: Dossier, now: datetime) -> int:
    """Write and announce what is new about an intervention's clocks; how many things that were."""
    found = {key_of(clock): clock for clock in core_clocks(dossier, now)}
    telling = _Telling(
        session,
        dossier,
        known=await _known(session, dossier),
        breaches=await _breaches(session, dossier),
        now=now,
    )
    told = 0
    for clock in found.values():
        for mark in _new(telling, clock):
            await _tell(telling, clock, mark)
            told += 1
    for key, breach in telling.breaches.items():
        told += await correct(session, dossier, breach, found.get(key), now=now)
    return told


async def _known(session: Session, dossier: Dossier) -> frozenset[tuple[str, str, int, str]]:
    query = select(MarkRow.party, MarkRow.clock, MarkRow.round, MarkRow.kind).where(
        MarkRow.intervention_id == dossier.intervention.id
    )
    return frozenset((await session.execute(query)).all())


async def _breaches(session: Session, dossier: Dossier) -> dict[Key, Breach]:
    query = select(Breach).where(Breach.intervention_id == dossier.intervention.id)
    return {(row.party, row.clock, row.round): row for row in await session.scalars(query)}


def _new(telling: _Telling, clock: Clock) -> Iterator[Mark]:
    """Marks not told yet, in the order they happened; a prediction happens when it is made."""
    reached = list(marks(clock, telling.now))
    planned = next(
        (
            would_be_kept_at(telling.dossier, row)
            for row in telling.dossier.clocks
            if (row.party, row.kind, row.round) == key_of(clock)
        ),
        None,
    )
    if predicted_breach(clock, planned):
        reached.append(Mark(PREDICTED, telling.now))
    return (mark for mark in reached if (*key_of(clock), mark.kind) not in telling.known)


async def _tell(telling: _Telling, clock: Clock, mark: Mark) -> None:
    party, kind, round_ = key_of(clock)
    telling.session.add(
        MarkRow(
            intervention_id=telling.dossier.intervention.id,
            party=party,
            clock=kind,
            round=round_,
            kind=mark.kind,
            at=mark.at,
            recorded_at=telling.now,
            role=mark.role or "",
        )
    )
    if mark.kind == BREACHED and clock.state is ClockState.BREACHED:
        telling.session.add(_breach(telling, clock))
    family = next(each for each in ANNOUNCED_AS if mark.kind.startswith(each))
    about = about_clock(telling.dossier, clock, is_breach=family == BREACHED)
    what = Happening(ANNOUNCED_AS[family], about, _facts(telling.dossier, clock, mark))
    await announce(telling.session, SYSTEM, telling.now, what)


def _breach(telling: _Telling, clock: Clock) -> Breach:
    row, due = telling.dossier.intervention, clock.deadlines.due
    assert due is not None
    party, kind, round_ = key_of(clock)
    return Breach(
        intervention_id=row.id,
        party=party,
        clock=kind,
        round=round_,
        severity=(clock.breached_severity or clock.severity).value,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        asset_id=row.asset_id,
        agreement_version_id=row.agreement_version_id,
        occurred_at=due,
        recorded_at=telling.now,
    )


def about_clock(dossier: Dossier, clock: Clock, *, is_breach: bool) -> About:
    """Whom it concerns: the customer only when what we promised them was missed."""
    row = dossier.intervention
    is_theirs = is_breach and clock.party is AgreementKind.CUSTOMER
    return About(
        region_id=row.region_id,
        customer_id=row.customer_id if is_theirs else None,
        site_id=row.site_id,
        intervention_id=row.id,
    )


def _facts(dossier: Dossier, clock: Clock, mark: Mark) -> dict[str, Any]:
    row, due = dossier.intervention, clock.deadlines.due
    return {
        "number": row.number,
        "severity": row.severity,
        "work_type": row.work_type,
        "site_name": dossier.site.name,
        "asset_name": None if dossier.asset is None else dossier.asset.name,
        "party": clock.party.value,
        "clock": clock.kind.value,
        "reached_at": mark.at.isoformat(),
        "due_at": None if due is None else due.isoformat(),
        "percent": mark.percent,
        "level": mark.level,
        "role": mark.role,
    }
