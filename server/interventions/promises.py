"""What an intervention is promised: resolved once, written down, added to and never changed.

What a promise amounts to for its clock is computed in `clocks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import text

from dispatch.agreements import AgreementKind, ClockKind, Question, Severity, Target
from dispatch.clocks import Promised, Stint
from dispatch.hours import Calendar, calendar_as_json, read_calendar
from server.agreements.snapshot import (
    Promises,
    promises_for,
    target_as_json,
    target_from_json,
)
from server.interventions.dossier import Dossier
from server.interventions.standing import timeline
from server.interventions.tables import Intervention, Promise
from server.kit.database import AnySession, Session

Key = tuple[str, str, int]
"""Who promised, which clock, which round."""
KEEP_HOURS = text(
    "insert into service_hours (fingerprint, hours) values (:fingerprint, :hours)"
    " on conflict do nothing"
)


@dataclass(frozen=True, slots=True)
class Then:
    """What is promised from an instant on, for the severity it then has; None is nothing."""

    severity: str
    from_at: datetime
    target: Target | None


async def resolved(session: AnySession, row: Intervention, severity: str) -> Promises:
    """What the agreements in force at the call promise for a severity."""
    question = Question(
        service=row.service,
        severity=Severity(severity),
        region=str(row.region_id),
        site=str(row.site_id),
        asset=None if row.asset_id is None else str(row.asset_id),
        customer=str(row.customer_id),
    )
    return await promises_for(session, question, row.reported_at)


async def promise(session: Session, dossier: Dossier, promises: Promises) -> None:
    """Write down what was promised at the call, with the service hours as they are today."""
    note_promises(dossier, promises)
    await keep_hours(session, dossier.hours)
    session.add_all(dossier.promises)
    await session.flush()


def note_promises(dossier: Dossier, promises: Promises) -> None:
    """Put what was promised at the call into the dossier; nothing is written."""
    row = dossier.intervention
    for key, target in _targets(promises, round_=lambda _: 0).items():
        _note(dossier, key, Then(row.severity, row.reported_at, target), promises.revisions)


async def keep_hours(session: Session, hours: Mapping[str, str]) -> None:
    """Keep service hours by their fingerprint; those that are kept already stay."""
    for fingerprint, each in hours.items():
        await session.execute(KEEP_HOURS, {"fingerprint": fingerprint, "hours": each})


async def promise_anew(
    session: Session, dossier: Dossier, promises: Promises, *, before: str, at: datetime
) -> None:
    """Write down what a new severity is promised from an instant on, and what no longer is.

    A clock that did not run before begins with nothing promised; one whose event has happened
    already is not begun.
    """
    severity = dossier.intervention.severity
    known = latest_promises(dossier)
    targets = _targets(promises, round_=lambda kind: _round_of(dossier, kind))
    for key in sorted(_changing(dossier, known) | targets.keys()):
        target = targets.get(key)
        if key not in known:
            if target is None or _has_happened(dossier, target):
                continue
            begun_at = _begun_at(dossier, key)
            await _add(session, dossier, key, Then(before, begun_at, None), {})
        await _add(session, dossier, key, Then(severity, at, target), promises.revisions)
    await session.flush()


def promise_return(session: Session, dossier: Dossier, at: datetime) -> None:
    """Begin a new response clock for the return visit; the promise is the one that stood."""
    response = ClockKind.RESPONSE.value
    for (party, kind, round_), row in latest_promises(dossier).items():
        is_latest = round_ == dossier.round - 1
        if kind == response and is_latest and row.terms is not None:
            again = Promise(
                intervention_id=row.intervention_id,
                party=party,
                kind=kind,
                round=dossier.round,
                severity=row.severity,
                from_at=at,
                terms=row.terms,
                hours=row.hours,
                calendar_revision_id=row.calendar_revision_id,
            )
            session.add(again)
            dossier.promises.append(again)


def promised(dossier: Dossier) -> tuple[Promised, ...]:
    """Every promise as the clocks read it: one for each clock, through all severities."""
    stints: dict[Key, list[Stint]] = {}
    for row in dossier.promises:
        stint = Stint(Severity(row.severity), row.from_at, target_of(dossier, row))
        stints.setdefault(_key(row), []).append(stint)
    return tuple(
        Promised(AgreementKind(party), ClockKind(kind), tuple(own), round_)
        for (party, kind, round_), own in stints.items()
    )


def latest_promises(dossier: Dossier) -> dict[Key, Promise]:
    """What stands now, by clock."""
    return {_key(row): row for row in sorted(dossier.promises, key=lambda row: row.from_at)}


def target_of(dossier: Dossier, row: Promise) -> Target | None:
    """A stored promise as a value; None where nothing is promised."""
    if row.terms is None or row.hours is None:
        return None
    return _target(msgspec.json.encode(row.terms), dossier.hours[row.hours])


@lru_cache(maxsize=4096)
def _target(terms: bytes, hours: str) -> Target:
    """Thousands of calls were promised the same: it is read once."""
    return target_from_json(msgspec.json.decode(terms), calendar_of(hours))


@lru_cache(maxsize=1024)
def calendar_of(hours: str) -> Calendar:
    return read_calendar(msgspec.json.decode(hours))


def _key(row: Promise) -> Key:
    return row.party, row.kind, row.round


def _targets(promises: Promises, *, round_: Callable[[ClockKind], int]) -> dict[Key, Target]:
    return {
        (party.value, target.clock.value, round_(target.clock)): target
        for party, found in promises.by_kind.items()
        for target in found.targets
    }


def _round_of(dossier: Dossier, kind: ClockKind) -> int:
    """Only the response clock begins anew with each return visit."""
    return dossier.round if kind is ClockKind.RESPONSE else 0


def _changing(dossier: Dossier, known: Mapping[Key, Promise]) -> set[Key]:
    """Clocks a change of severity can still move; a response of an earlier round is over."""
    return {key for key in known if key[2] == _round_of(dossier, ClockKind(key[1]))}


def _begun_at(dossier: Dossier, key: Key) -> datetime:
    row = dossier.intervention
    return row.reopened_at if key[2] and row.reopened_at else row.reported_at


def _has_happened(dossier: Dossier, target: Target) -> bool:
    since = dossier.intervention.reopened_at or dossier.intervention.reported_at
    return any(event >= since for event in timeline(dossier).stops(target.kept_by))


async def _add(
    session: Session,
    dossier: Dossier,
    key: Key,
    then: Then,
    revisions: Mapping[str, UUID],
) -> None:
    row = _note(dossier, key, then, revisions)
    if row.hours is not None:
        await keep_hours(session, {row.hours: dossier.hours[row.hours]})
    session.add(row)


def _note(dossier: Dossier, key: Key, then: Then, revisions: Mapping[str, UUID]) -> Promise:
    (party, kind, round_), target = key, then.target
    fingerprint = None
    if target is not None:
        fingerprint, hours = _written_hours(target.calendar)
        dossier.hours[fingerprint] = hours
    row = Promise(
        intervention_id=dossier.intervention.id,
        party=party,
        kind=kind,
        round=round_,
        severity=then.severity,
        from_at=then.from_at,
        terms=None if target is None else target_as_json(target),
        hours=fingerprint,
        calendar_revision_id=None if target is None else revisions.get(target.calendar_id),
    )
    dossier.promises.append(row)
    return row


@lru_cache(maxsize=1024)
def _written_hours(calendar: Calendar) -> tuple[str, str]:
    """Service hours as text, and the fingerprint they are kept by."""
    hours = msgspec.json.encode(calendar_as_json(calendar), order="sorted").decode()
    return sha256(hours.encode()).hexdigest(), hours
