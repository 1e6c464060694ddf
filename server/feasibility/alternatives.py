"""Several ways to promise what a draft is to promise: side by side with price, cost, quality."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from uuid_utils.compat import uuid7

from dispatch.agreements import WRITTEN, Effort, Rates, VersionStatus, monthly_cost
from dispatch.errors import Fault
from dispatch.measures import percent_text
from server.accounts.scope import Scope
from server.agreements import queries as agreements
from server.agreements.actions import change_version
from server.agreements.documents import plain, stored
from server.agreements.problems import VersionImmutable
from server.agreements.proposals import with_promise
from server.agreements.schemas import PromiseOut, TermsBody, VersionChangeBody
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.turns import tell
from server.feasibility.alternative_schemas import (
    AlternativeBody,
    AlternativeOut,
    AlternativesOut,
    CostOut,
    PriceBody,
    PriceOut,
    PricesBody,
    QualityOut,
)
from server.feasibility.queries import trial_row
from server.feasibility.schemas import TrialAnswerOut
from server.feasibility.tables import Alternative, Trial
from server.kit.database import AnySession, Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.work import require_version
from server.measures.cases import Wanted, cases, regions_of
from server.measures.felt import felt_about
from server.measures.promises_kept import attainments
from server.regions.queries import region_row
from server.regions.tables import Calendar

HISTORY = timedelta(days=365)
Ids = tuple[UUID, UUID]


async def alternatives(
    session: AnySession, scope: Scope, ids: Ids, now: datetime
) -> AlternativesOut:
    """What a version may promise instead, as written down; how this customer fared until now."""
    agreement, version = await agreements.version_row(session, scope, *ids)
    rows = await _rows(session, version)
    standing = [row for row in rows if row.replaced_at is None]
    trials = await _trials(session, standing)
    return AlternativesOut(
        items=[_shown(row, rows, trials) for row in standing],
        quality=await _quality(session, scope, agreement, standing, now),
    )


async def add(
    session: Session, scope: Scope, ids: Ids, data: AlternativeBody, *, now: datetime
) -> AlternativeOut:
    """One more way to promise it."""
    agreement, version = await _draft(session, scope, ids)
    faults = await _price_faults(session, scope, data.prices)
    if data.calendar_id is not None and await session.get(Calendar, data.calendar_id) is None:
        faults.append(Fault("calendar_id", "unknown", "There is no such calendar."))
    if faults:
        raise Invalid(faults)
    trial = await _trial(session, scope, data)
    row = Alternative(
        version_id=version.id,
        line_id=uuid7(),  # in the order they were first written
        revision=1,
        name=data.name,
        service=data.service,
        severity=data.severity,
        clock=data.clock,
        promise=stored(data.promise),
        calendar_id=data.calendar_id,
        currency=data.currency,
        prices=[stored(each) for each in data.prices],
        trial_id=data.trial_id,
        effort=None if trial is None else asdict(_effort(trial)),
        rates=None if data.rates is None else stored(data.rates),
        written_by=scope.name,
        written_at=now,
        replaced_at=None,
    )
    session.add(row)
    await session.flush()
    await tell(session, scope, agreement, "agreement_alternative_added", now=now, version=version)
    return _shown(row, [row], {} if trial is None else {trial.id: trial})


async def reprice(
    session: Session, scope: Scope, ids: tuple[UUID, UUID, UUID], data: PricesBody, *, now: datetime
) -> AlternativeOut:
    """Another price: a new revision of the same alternative; the old one stays to be read."""
    agreement, version = await _draft(session, scope, ids[:2])
    old = await _alternative(session, version, ids[2])
    require_version(old.version, data.base_version)
    if faults := await _price_faults(session, scope, data.prices):
        raise Invalid(faults)
    kept = {
        name: getattr(old, name)
        for name in (
            *("version_id", "line_id", "name", "service", "severity", "clock", "promise"),
            "calendar_id",
            *("currency", "trial_id", "effort", "rates"),
        )
    }
    row = Alternative(
        **kept,
        revision=old.revision + 1,
        prices=[stored(each) for each in data.prices],
        written_by=scope.name,
        written_at=now,
        replaced_at=None,
    )
    old.replaced_at = now
    session.add(row)
    await session.flush()
    await tell(session, scope, agreement, "agreement_alternative_priced", now=now, version=version)
    return _shown(row, await _rows(session, version), await _trials(session, [row]))


async def choose(
    session: Session, scope: Scope, ids: tuple[UUID, UUID, UUID], *, now: datetime
) -> AlternativeOut:
    """Write this one into the draft; any other may be chosen again until it is verified."""
    agreement, version = await _draft(session, scope, ids[:2])
    row = await _alternative(session, version, ids[2])
    if row.chosen_at is not None:
        raise AlreadyDecided(decision="chosen")
    where = {"service": row.service, "severity": row.severity, "clock": row.clock}
    terms = with_promise(plain(version.terms), where, row.promise, plain(row.calendar_id))
    body = VersionChangeBody(terms=TermsBody.model_validate(terms))
    await change_version(session, scope, ids[:2], body, expected=version.version, now=now)
    for each in await _rows(session, version):
        each.chosen_by, each.chosen_at = "", None
    row.chosen_by, row.chosen_at = scope.name, now
    await session.flush()
    await tell(session, scope, agreement, "agreement_alternative_chosen", now=now, version=version)
    return _shown(row, await _rows(session, version), await _trials(session, [row]))


async def _draft(session: Session, scope: Scope, ids: Ids) -> tuple[Agreement, AgreementVersion]:
    agreement, version = await agreements.version_row(session, scope, *ids)
    if VersionStatus(version.status) not in WRITTEN:
        raise VersionImmutable(stands=version.status)
    return agreement, version


async def _rows(session: AnySession, version: AgreementVersion) -> Sequence[Alternative]:
    query = select(Alternative).where(Alternative.version_id == version.id)
    return (await session.scalars(query.order_by(Alternative.line_id, Alternative.revision))).all()


async def _alternative(session: Session, version: AgreementVersion, id_: UUID) -> Alternative:
    row = await session.get(Alternative, id_, with_for_update=True)
    if row is None or row.version_id != version.id or row.replaced_at is not None:
        raise NotFound
    return row


async def _price_faults(session: Session, scope: Scope, prices: Sequence[PriceBody]) -> list[Fault]:
    faults = []
    seen: set[UUID | None] = set()
    for place, each in enumerate(prices):
        path = f"prices.{place}.region_id"
        if each.region_id in seen:
            faults.append(Fault(path, "listed_twice", "This region has a price above already."))
        seen.add(each.region_id)
        if each.region_id is not None:
            try:
                await region_row(session, scope, each.region_id)
            except NotFound:
                faults.append(Fault(path, "unknown", "There is no such region."))
    return faults


async def _trial(session: Session, scope: Scope, data: AlternativeBody) -> Trial | None:
    """The trial that tells what the promise takes: over, and of this very promise."""
    if data.trial_id is None:
        return None
    try:
        trial = await trial_row(session, scope, data.trial_id)
    except NotFound:
        raise Invalid([Fault("trial_id", "unknown", "There is no such trial.")]) from None
    if trial.answer is None:
        raise Invalid([Fault("trial_id", "not_over", "This trial has no answer.")])
    asked = (trial.within_seconds, trial.severity)
    if asked != (data.promise.seconds, data.severity):
        sentence = "This trial tried another promise."
        raise Invalid([Fault("trial_id", "another_promise", sentence)])
    return trial


def _effort(trial: Trial) -> Effort:
    took = msgspec.convert(trial.answer, TrialAnswerOut).planned_for
    return Effort(trial.weeks, took.travel_seconds, took.overtime_seconds, took.call_outs)


async def _trials(session: AnySession, rows: Sequence[Alternative]) -> Mapping[UUID, Trial]:
    wanted = {row.trial_id for row in rows if row.trial_id is not None}
    query = select(Trial).where(Trial.id.in_(wanted))
    return {trial.id: trial for trial in await session.scalars(query)}


async def _quality(
    session: AnySession,
    scope: Scope,
    agreement: Agreement,
    rows: Sequence[Alternative],
    now: datetime,
) -> dict[str, QualityOut]:
    """What was kept and felt in the twelve months until today, for each clock that is promised."""
    if not rows or agreement.customer_id is None:
        return {}
    today = now.date()
    wanted = Wanted(today - HISTORY, today, customer_id=agreement.customer_id)
    found = await cases(session, await regions_of(session, scope, wanted), wanted, now)
    felt = (await felt_about(session, found, now)).satisfied
    satisfied = felt.satisfied.percent
    kept = {each.clock: each for each in attainments(found)}
    return {
        clock: QualityOut(
            kept_percent=kept[clock].value,
            kept_of=kept[clock].denominator or 0,
            satisfied_percent=None if satisfied is None else percent_text(satisfied),
            answers=len(felt.scores),
        )
        for clock in sorted({row.clock for row in rows})
    }


def _shown(
    row: Alternative, rows: Sequence[Alternative], trials: Mapping[UUID, Trial]
) -> AlternativeOut:
    older = [each for each in rows if each.line_id == row.line_id and each.revision < row.revision]
    return AlternativeOut(
        id=row.id,
        revision=row.revision,
        name=row.name,
        service=row.service,
        severity=row.severity,  # type: ignore[arg-type]
        clock=row.clock,  # type: ignore[arg-type]
        promise=msgspec.convert(row.promise, PromiseOut),
        calendar_id=row.calendar_id,
        currency=row.currency,
        prices=_prices(row),
        before=[_prices(each) for each in sorted(older, key=lambda each: -each.revision)],
        cost=_cost(row, trials),
        written_by=row.written_by,
        written_at=row.written_at,
        chosen_by=row.chosen_by,
        chosen_at=row.chosen_at,
        version=row.version,
    )


def _prices(row: Alternative) -> list[PriceOut]:
    return [msgspec.convert(each, PriceOut) for each in row.prices]


def _cost(row: Alternative, trials: Mapping[UUID, Trial]) -> CostOut | None:
    """Worked out anew from what was stored with it, so that it can be checked."""
    if row.trial_id is None or row.effort is None or row.rates is None:
        return None
    rates: dict[str, Any] = row.rates
    monthly = monthly_cost(
        Effort(**row.effort), Rates(**{name: Decimal(value) for name, value in rates.items()})
    )
    lot = msgspec.convert(trials[row.trial_id].answer, TrialAnswerOut).planned_for
    return CostOut(
        trial_id=row.trial_id,
        **row.effort,
        **rates,
        monthly=f"{monthly:f}",
        expected_percent=None if lot.share is None else f"{lot.share * 100:.1f}",
    )
