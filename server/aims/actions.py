"""Setting aims and answering them, keeping what comes back, noting figures of others."""

from datetime import datetime
from uuid import UUID

from dispatch.agreements import FeltMeasure
from dispatch.agreements.objectives import SCALES, SHARE
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements.queries import agreement_row
from server.agreements.turns import tell, touch
from server.aims import queries
from server.aims.schemas import (
    AimBody,
    AimCommandBody,
    AimsOut,
    BenchmarkBody,
    BenchmarksOut,
    CommitmentBody,
    CommitmentCommandBody,
    CommitmentsOut,
)
from server.aims.tables import Aim, Benchmark, Commitment, CommitmentKept
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.span import require_known_day
from server.kit.work import require_version

MOST_FOCUS = 5


async def set_aim(
    session: Session, scope: Scope, agreement_id: UUID, data: AimBody, *, now: datetime
) -> AimsOut:
    """Set something to be reached; five focus areas at most, and one outcome."""
    row = await agreement_row(session, scope, agreement_id)
    _require_on_scale(data)
    # Two who set the sixth at once: one of them waits for the other and is refused.
    await touch(session, row)
    standing = [each for each in await queries.aims_of(session, row.id) if each.kind == data.kind]
    if data.kind == "focus" and len(standing) >= MOST_FOCUS:
        sentence = f"An agreement has {MOST_FOCUS} focus areas at most: end one first."
        raise Invalid([Fault("kind", "too_many", sentence)])
    if data.kind == "outcome":
        for each in standing:
            each.ended_by, each.ended_at = scope.name, now
    session.add(Aim(agreement_id=row.id, set_by=scope.name, set_at=now, **data.model_dump()))
    await session.flush()
    await tell(session, scope, row, "agreement_aim_set", now=now)
    return await queries.aims(session, scope, row.id, now)


async def command_aim(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: AimCommandBody,
    *,
    now: datetime,
) -> AimsOut:
    """Say whether an aim in words is met, or that it is over; ids of agreement and aim."""
    row = await agreement_row(session, scope, ids[0])
    aim = await session.get(Aim, ids[1], with_for_update=True)
    if aim is None or aim.agreement_id != row.id:
        raise NotFound
    require_version(aim.version, data.base_version)
    if aim.ended_at is not None:
        raise AlreadyDecided(decision="ended")
    if data.kind == "end":
        aim.ended_by, aim.ended_at = scope.name, now
    elif aim.measure is not None:
        sentence = "This aim follows a measure: nobody has to say whether it is met."
        raise Invalid([Fault("answer", "measured", sentence)])
    else:
        aim.answer, aim.answer_note = data.answer, data.note
        aim.answered_by, aim.answered_at = scope.name, now
    await session.flush()
    await tell(session, scope, row, "agreement_aim_changed", now=now)
    return await queries.aims(session, scope, row.id, now)


async def commit(
    session: Session, scope: Scope, agreement_id: UUID, data: CommitmentBody, *, now: datetime
) -> CommitmentsOut:
    """Promise something that comes back."""
    row = await agreement_row(session, scope, agreement_id)
    require_known_day("first_on", data.first_on)
    session.add(Commitment(agreement_id=row.id, set_by=scope.name, set_at=now, **data.model_dump()))
    await session.flush()
    await tell(session, scope, row, "commitment_made", now=now)
    return await queries.commitments(session, scope, row.id, now.date())


async def command_commitment(
    session: Session,
    scope: Scope,
    ids: tuple[UUID, UUID],
    data: CommitmentCommandBody,
    *,
    now: datetime,
) -> CommitmentsOut:
    """Say that it was kept on a day, or from which day on it does not come back any more."""
    row = await agreement_row(session, scope, ids[0])
    made = await session.get(Commitment, ids[1], with_for_update=True)
    if made is None or made.agreement_id != row.id:
        raise NotFound
    require_version(made.version, data.base_version)
    require_known_day("day", data.day)
    if data.kind == "end":
        if data.day < now.date():
            sentence = "It ends today or later: what was missed stays missed."
            raise Invalid([Fault("day", "in_the_past", sentence)])
        made.until = data.day
    elif data.day > now.date():
        raise Invalid([Fault("day", "in_the_future", "It was not kept yet.")])
    else:
        kept = CommitmentKept(
            commitment_id=made.id,
            kept_on=data.day,
            note=data.note,
            recorded_by=scope.name,
            recorded_at=now,
        )
        session.add(kept)
    await session.flush()
    await tell(session, scope, row, "commitment_changed", now=now)
    return await queries.commitments(session, scope, row.id, now.date())


async def note_benchmark(
    session: Session, scope: Scope, agreement_id: UUID, data: BenchmarkBody, *, now: datetime
) -> BenchmarksOut:
    """Write down a figure of others: it stands beside our own under every agreement."""
    row = await agreement_row(session, scope, agreement_id)
    require_known_day("as_of", data.as_of)
    if data.as_of > now.date():
        raise Invalid([Fault("as_of", "in_the_future", "Nobody can have read it yet.")])
    session.add(Benchmark(recorded_by=scope.name, recorded_at=now, **data.model_dump()))
    await session.flush()
    facts: dict[str, object] = {"measure": data.measure, "source": data.source}
    await announce(session, scope.actor, now, Happening("benchmark_noted", About(), facts))
    return await queries.benchmarks(session, scope, row.id, now)


def _require_on_scale(data: AimBody) -> None:
    if data.measure is None or data.at_least is None:
        return
    on_scale = {each.value: SCALES.get(each, SHARE) for each in FeltMeasure}
    lowest, highest = on_scale.get(data.measure, SHARE)
    if not lowest < data.at_least <= highest:
        sentence = f"{data.at_least} is not above {lowest} and at most {highest}."
        raise Invalid([Fault("at_least", "off_the_scale", sentence)])
