"""How far an agreement is in order: points for each thing it ought to have, and its gaps."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dispatch.agreements import version_faults
from server.accounts.scope import Scope
from server.accounts.tables import Account
from server.agreements.queries import agreement_row, versions_of
from server.agreements.shown import holds_on, is_review_overdue, newest
from server.agreements.snapshot import corporate_versions, versions_value
from server.agreements.tables import Agreement, AgreementVersion
from server.aims.figures import own_figures
from server.aims.queries import aims_of
from server.conformity.schemas import GapOut, HygieneOut
from server.kit.database import AnySession
from server.meetings.planned import LEVELS, planned
from server.meetings.schemas import MeetingLevelOut

WHOLE = 100
NO_HOURS = "hours_missing"  # in no line that a promise is read with, corporate ones included
# What lacks how much; of two that exclude each other an agreement lacks one at most.
POINTS: Mapping[str, int] = {
    "owner_missing": 15,
    "backup_missing": 5,
    "review_missing": 15,
    "review_overdue": 15,
    "calendar_missing": 15,
    "exclusions_missing": 10,
    "feedback_missing": 10,
    "meetings_unplanned": 15,
    "meetings_missed": 15,
    "focus_missing": 10,
    "outcome_unmeasured": 5,
}


async def hygiene(
    session: AnySession, scope: Scope, agreement_id: UUID, now: datetime
) -> HygieneOut:
    """The score of an agreement and what it lacks, by the version of today or the newest."""
    row = await agreement_row(session, scope, agreement_id)
    versions = (await versions_of(session, [row.id]))[row.id]
    today = now.date()
    told = next((each for each in versions if holds_on(each, today)), None) or newest(versions)
    kinds = {each.kind for each in await aims_of(session, row.id)}
    known = await planned(session, [row.id])
    levels = [known.level(row.id, level, today) for level in LEVELS]
    felt = (await own_figures(session, scope, row, now)).felt
    is_spoken = bool(felt.satisfied.scores or felt.effort.scores)
    lacking = [
        *await _people(session, row),
        *_review(row, now),
        *await _terms(session, row, told, now),
        *([] if is_spoken else ["feedback_missing"]),
        *_meetings(levels),
        *([] if "focus" in kinds else ["focus_missing"]),
        *([] if "outcome" in kinds else ["outcome_unmeasured"]),
    ]
    gaps = [GapOut(code, POINTS[code]) for code in lacking]  # type: ignore[arg-type]
    return HygieneOut(WHOLE - sum(each.points for each in gaps), gaps)


async def _people(session: AnySession, row: Agreement) -> Sequence[str]:
    owner = None if row.owner_id is None else await session.get(Account, row.owner_id)
    is_gone = owner is not None and owner.is_disabled
    return [
        *(["owner_missing"] if is_gone or not row.owner_name else []),
        *([] if row.backup_name else ["backup_missing"]),
    ]


def _review(row: Agreement, now: datetime) -> Iterator[str]:
    if row.next_review_on is None:
        yield "review_missing"
    elif is_review_overdue(row, now.date()):
        yield "review_overdue"


async def _terms(
    session: AnySession, row: Agreement, told: AgreementVersion, now: datetime
) -> Sequence[str]:
    (value,) = await versions_value(session, [(row, told)])
    faults = version_faults(value, await corporate_versions(session, now))
    excluding = [each["exclusions"] for each in told.terms["services"]]
    return [
        *(["calendar_missing"] if any(each.code == NO_HOURS for each in faults) else []),
        *([] if all(excluding) else ["exclusions_missing"]),
    ]


def _meetings(levels: Sequence[MeetingLevelOut]) -> Iterator[str]:
    if all(each.every_months is None for each in levels):
        yield "meetings_unplanned"
    elif any(each.missed for each in levels):
        yield "meetings_missed"
