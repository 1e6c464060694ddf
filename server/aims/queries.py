"""Reading aims with their state, commitments as they were kept, and figures of others."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import Cadence, Occasion, OccasionState, months_later, occasions
from dispatch.measures import DEFINITIONS
from dispatch.measures.watermelon import FEWEST_ANSWERS
from server.accounts.scope import Scope
from server.agreements.queries import CUSTOMER_KIND, agreement_row
from server.agreements.reviews import desired_outcome
from server.agreements.tables import Agreement
from server.aims.figures import Own, own_figures
from server.aims.schemas import (
    AimOut,
    AimsOut,
    BenchmarkOut,
    BenchmarksOut,
    CommitmentOut,
    CommitmentsCountedOut,
    CommitmentsOut,
)
from server.aims.tables import Aim, Benchmark, Commitment, CommitmentKept
from server.kit.database import AnySession

A_YEAR = 12


async def aims(session: AnySession, scope: Scope, agreement_id: UUID, now: datetime) -> AimsOut:
    """Everything that is to be reached, each with its state."""
    row = await agreement_row(session, scope, agreement_id)
    own = await own_figures(session, scope, row, now)
    shown = [shown_aim(each, own) for each in await aims_of(session, row.id)]
    return AimsOut(
        desired_outcome=await desired_outcome(session, row, now.date()),
        from_day=own.from_day,
        to_day=own.to_day,
        outcome=next((each for each in shown if each.kind == "outcome"), None),
        focus=[each for each in shown if each.kind == "focus"],
        key_results=[each for each in shown if each.kind == "key_result"],
    )


async def aims_of(session: AnySession, agreement_id: UUID) -> Sequence[Aim]:
    """The aims that are not over, in the order they were set."""
    query = select(Aim).where(Aim.agreement_id == agreement_id, Aim.ended_at.is_(None))
    return (await session.scalars(query.order_by(Aim.set_at, Aim.id))).all()


def shown_aim(row: Aim, own: Own) -> AimOut:
    return AimOut(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]
        text=row.text,
        measure=row.measure,  # type: ignore[arg-type]
        definition_version=DEFINITIONS[row.measure].version if row.measure else None,
        clock=row.clock,  # type: ignore[arg-type]
        at_least=None if row.at_least is None else _plain(row.at_least),
        in_words=row.in_words,
        value=own.text(row.measure, row.clock) if row.measure else None,
        rests_on=own.rests_on(row.measure, row.clock) if row.measure else None,
        fewest=FEWEST_ANSWERS,
        state=_state(row, own),  # type: ignore[arg-type]
        answer_note=row.answer_note,
        answered_at=row.answered_at,
        version=row.version,
    )


def _state(row: Aim, own: Own) -> str:
    """By the measure it follows, or else as somebody answered last."""
    if row.measure is None or row.at_least is None:
        return row.answer or "unknown"
    return own.state(row.measure, row.clock, row.at_least)


async def commitments(
    session: AnySession, scope: Scope, agreement_id: UUID, today: date
) -> CommitmentsOut:
    """What comes back by an agreement, in the order it was written down."""
    row = await agreement_row(session, scope, agreement_id)
    since = months_later(today, -A_YEAR)
    items = []
    for each, found in await _occasions(session, [row.id], today):
        counted = [one for one in found if one.planned_on >= since]
        items.append(
            CommitmentOut(
                id=each.id,
                text=each.text,
                every_months=each.every_months,
                first_on=each.first_on,
                until=each.until,
                next_on=_next(each, counted, today),
                kept=_count(counted, OccasionState.HELD),
                missed=_count(counted, OccasionState.MISSED),
                missed_on=_missed_on(counted),
                version=each.version,
            )
        )
    return CommitmentsOut(items)


async def commitments_counted(
    session: AnySession, customer_id: UUID, from_day: date, to_day: date, *, today: date
) -> list[CommitmentsCountedOut]:
    """What a customer was promised again and again on the days `[from_day, to_day)`."""
    query = select(Agreement.id, Agreement.number).where(
        Agreement.customer_id == customer_id, Agreement.kind == CUSTOMER_KIND
    )
    numbers: dict[UUID, str] = dict((await session.execute(query)).all())
    counted = []
    for each, found in await _occasions(session, numbers, today):
        within = [
            one
            for one in found
            if from_day <= one.planned_on < to_day and one.state is not OccasionState.PLANNED
        ]
        if within:
            counted.append(
                CommitmentsCountedOut(
                    agreement_id=each.agreement_id,
                    agreement_number=numbers[each.agreement_id],
                    text=each.text,
                    kept=_count(within, OccasionState.HELD),
                    missed=_count(within, OccasionState.MISSED),
                    missed_on=_missed_on(within),
                )
            )
    return counted


async def benchmarks(
    session: AnySession, scope: Scope, agreement_id: UUID, now: datetime
) -> BenchmarksOut:
    """The newest figure of others for each measure, its age, and our own beside it."""
    row = await agreement_row(session, scope, agreement_id)
    query = select(Benchmark).order_by(Benchmark.as_of, Benchmark.recorded_at, Benchmark.id)
    newest = {(each.measure, each.clock): each for each in await session.scalars(query)}
    own = await own_figures(session, scope, row, now) if newest else None
    return BenchmarksOut(
        [
            BenchmarkOut(
                id=each.id,
                measure=each.measure,  # type: ignore[arg-type]
                clock=each.clock,  # type: ignore[arg-type]
                value=_plain(each.value),
                source=each.source,
                as_of=each.as_of,
                age_days=(now.date() - each.as_of).days,
                own=own.text(each.measure, each.clock) if own else None,
                rests_on=own.rests_on(each.measure, each.clock) if own else 0,
            )
            for each in newest.values()
        ]
    )


async def _occasions(
    session: AnySession, agreement_ids: Collection[UUID], today: date
) -> list[tuple[Commitment, Sequence[Occasion]]]:
    query = select(Commitment).where(Commitment.agreement_id.in_(list(agreement_ids)))
    rows = (await session.scalars(query.order_by(Commitment.set_at, Commitment.id))).all()
    kept = await _kept(session, [row.id for row in rows])
    return [(row, occasions([_cadence(row)], kept.get(row.id, ()), today)) for row in rows]


async def _kept(
    session: AnySession, commitment_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[date]]:
    query = select(CommitmentKept.commitment_id, CommitmentKept.kept_on)
    found: dict[UUID, list[date]] = defaultdict(list)
    for commitment_id, kept_on in await session.execute(
        query.where(CommitmentKept.commitment_id.in_(commitment_ids))
    ):
        found[commitment_id].append(kept_on)
    return found


def _cadence(row: Commitment) -> Cadence:
    return Cadence(row.every_months, row.first_on, row.until)


def _next(row: Commitment, found: Sequence[Occasion], today: date) -> date | None:
    waiting = [each.planned_on for each in found if each.state is OccasionState.PLANNED]
    return waiting[0] if waiting else _cadence(row).following(today)


def _count(found: Sequence[Occasion], state: OccasionState) -> int:
    return sum(each.state is state for each in found)


def _missed_on(found: Sequence[Occasion]) -> list[date]:
    return [each.planned_on for each in found if each.state is OccasionState.MISSED]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
