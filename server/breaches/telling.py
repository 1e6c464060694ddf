"""What the clocks of one intervention have to tell that was not told yet, each thing once.

How clocks stand is `dispatch.clocks`; breaches proved wrong are taken back in `overturning`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dispatch.agreements import AgreementKind
from dispatch.clocks import Clock, ClockState, Mark, marks, predicted_breach
from server.breaches.overturning import correct, missed_elsewhere
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
Told = tuple[str, str, int, str]
"""Who promised, which clock, which round, what it told."""
TOLD = frozenset({*ANNOUNCED_AS.values(), "breach_overturned", "breach_reinstated"})


@dataclass(frozen=True, slots=True)
class News:
    """Something a clock has to tell: the mark, the breach where it is one, what is announced."""

    mark: MarkRow
    breach: Breach | None
    what: Happening


async def catch_up(session: Session, dossier: Dossier, now: datetime) -> int:
    """Write and announce what is new about an intervention's clocks; how many things that were."""
    found = {key_of(clock): clock for clock in core_clocks(dossier, now)}
    known, breaches = await _known(session, dossier), await _breaches(session, dossier)
    told = 0
    for each in news(dossier, found.values(), known, now):
        session.add(each.mark)
        if each.breach is not None:
            session.add(each.breach)
        await announce(session, SYSTEM, now, each.what)
        told += 1
    elsewhere = await missed_elsewhere(session, dossier, now) if breaches else ()
    for key, breach in breaches.items():
        told += await correct(
            session,
            dossier,
            breach,
            found.get(key),
            is_counted_elsewhere=key in elsewhere,
            now=now,
        )
    return told


def news(
    dossier: Dossier, clocks: Iterable[Clock], known: Collection[Told], now: datetime
) -> Iterator[News]:
    """Give what these clocks of an intervention have to tell by now that is not known yet."""
    for clock in clocks:
        for mark in _new(dossier, clock, known, now):
            yield _news(dossier, clock, mark, now)


async def _known(session: Session, dossier: Dossier) -> frozenset[Told]:
    query = select(MarkRow.party, MarkRow.clock, MarkRow.round, MarkRow.kind).where(
        MarkRow.intervention_id == dossier.intervention.id
    )
    return frozenset((await session.execute(query)).all())


async def _breaches(session: Session, dossier: Dossier) -> dict[Key, Breach]:
    query = select(Breach).where(Breach.intervention_id == dossier.intervention.id)
    return {(row.party, row.clock, row.round): row for row in await session.scalars(query)}


def _new(dossier: Dossier, clock: Clock, known: Collection[Told], now: datetime) -> Iterator[Mark]:
    """Marks not told yet, in the order they happened; a prediction happens when it is made."""
    reached = list(marks(clock, now))
    planned = next(
        (
            would_be_kept_at(dossier, row)
            for row in dossier.clocks
            if (row.party, row.kind, row.round) == key_of(clock)
        ),
        None,
    )
    if predicted_breach(clock, planned):
        reached.append(Mark(PREDICTED, now))
    return (mark for mark in reached if (*key_of(clock), mark.kind) not in known)


def _news(dossier: Dossier, clock: Clock, mark: Mark, now: datetime) -> News:
    party, kind, round_ = key_of(clock)
    row = MarkRow(
        intervention_id=dossier.intervention.id,
        party=party,
        clock=kind,
        round=round_,
        kind=mark.kind,
        at=mark.at,
        recorded_at=now,
        role=mark.role or "",
    )
    is_breach = mark.kind == BREACHED and clock.state is ClockState.BREACHED
    family = next(each for each in ANNOUNCED_AS if mark.kind.startswith(each))
    about = about_clock(dossier, clock, is_breach=family == BREACHED)
    what = Happening(ANNOUNCED_AS[family], about, _facts(dossier, clock, mark))
    return News(row, _breach(dossier, clock, now) if is_breach else None, what)


def _breach(dossier: Dossier, clock: Clock, now: datetime) -> Breach:
    row, due = dossier.intervention, clock.deadlines.due
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
        recorded_at=now,
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
