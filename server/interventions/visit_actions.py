"""Judging commands to a visit in the order given, each once and only once.

What is permitted is judged in `judging`, carried out in `carrying_out`; a whole batch is one
transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.interventions import Role as Part
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.carrying_out import (
    Asked,
    carry_out,
    keep_evidence,
    over_authority,
    tell_of,
)
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions
from server.interventions.judging import Refused, heard_of, refusal
from server.interventions.parts_used import named_parts
from server.interventions.promised_files import drop, promise
from server.interventions.schemas import (
    VisitCommandBody,
    VisitCommandResultOut,
    VisitCommandResultsOut,
)
from server.interventions.shown import shown_visit
from server.interventions.standing import part_of, visit_commands
from server.interventions.tables import Intervention, Visit
from server.interventions.tables import VisitCommand as StoredCommand
from server.kit.database import Session
from server.kit.device_commands import as_given
from server.kit.problems import NotAllowed, NotFound
from server.parts.queries import parts_by_code

ABOVE_AUTHORITY = "authority_exceeded"


@dataclass(frozen=True, slots=True)
class Judged:
    """One command and its answer; none refused it where it was carried out or is known already."""

    asked: Asked
    result: VisitCommandResultOut
    refused: Refused | None = None


async def command_visit(
    session: Session,
    scope: Scope,
    visit_id: UUID,
    commands: Sequence[VisitCommandBody],
    now: datetime,
    *,
    ahead: timedelta = timedelta(),
) -> VisitCommandResultsOut:
    """Judge and carry out what a phone or the board asks of one visit.

    `ahead` is by how much the server's clock is set ahead of real time.
    """
    part = part_of(scope)
    if part is None:
        raise NotAllowed
    dossier = await _locked(session, scope, visit_id)
    visit = dossier.visit(visit_id)
    named = {part.part for body in commands for part in named_parts(body.payload)}
    dossier.catalogue |= await parts_by_code(session, named)
    judged = []
    for body in commands:
        heard = heard_of(body, dossier, visit, now=now, ahead=ahead)
        asked = Asked(session, scope, part, dossier, visit, body, heard, now)
        judged.append(await _judged(asked))
    await _tell_of_conflicts(judged)
    return VisitCommandResultsOut([each.result for each in judged])


async def _locked(session: Session, scope: Scope, visit_id: UUID) -> Dossier:
    query = (
        select(Visit.intervention_id, Visit.technician_id, Visit.status, Intervention.region_id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(Visit.id == visit_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    if scope.role is Role.TECHNICIAN:
        # A proposal is not told to anybody yet, so to its technician it does not exist.
        is_own = row.technician_id == scope.technician_id and row.status != "proposed"
    else:
        is_own = scope.sees_region(row.region_id)
    if not is_own:
        raise NotFound
    return (await all_dossiers(session, await lock_interventions(session, [row.intervention_id])))[
        0
    ]


async def _judged(asked: Asked) -> Judged:
    key = (asked.scope.account_id, asked.visit.id, asked.body.id)
    known = await asked.session.get(StoredCommand, key)
    if known is not None:
        outcome = "duplicate" if known.outcome == "applied" else known.outcome
        return Judged(asked, _result(asked, outcome, known))
    # First, whatever becomes of the command: what was photographed and signed is never refused.
    await promise(
        asked.session,
        asked.dossier,
        asked.visit,
        asked.body,
        scope=asked.scope,
        at=asked.at,
        now=asked.now,
    )
    await drop(
        asked.session, asked.dossier, asked.visit, asked.body, scope=asked.scope, now=asked.now
    )
    allowed = visit_commands(asked.dossier, asked.visit, asked.part)
    refused = refusal(asked.dossier, asked.visit, asked.body, asked.part, allowed, now=asked.now)
    if refused is None and (above := await over_authority(asked)) is not None:
        refused = Refused("rejected", ABOVE_AUTHORITY, above)
    facts: dict[str, Any] = {}
    if refused is None:
        facts = await carry_out(asked)
    elif refused.outcome == "conflict" or asked.part is Part.TECHNICIAN:
        await keep_evidence(asked)
    stored = _stored(asked, refused, facts)
    asked.session.add(stored)
    await asked.session.flush()
    if stored.is_skew_flagged:
        await _notice_clock(asked)
    if stored.code == ABOVE_AUTHORITY:
        await tell_of(asked, "approval_wanted", stored.facts)
    return Judged(asked, _result(asked, stored.outcome, stored), refused)


def _stored(asked: Asked, refused: Refused | None, facts: dict[str, Any]) -> StoredCommand:
    """The command as it was given; where its author was is kept apart, and not as long."""
    body, heard = asked.body, asked.heard
    is_flagged = heard.is_flagged and asked.part is Part.TECHNICIAN
    return StoredCommand(
        account_id=asked.scope.account_id,
        visit_id=asked.visit.id,
        kind=body.kind,
        **as_given(body, body.payload, but={"position"}),
        skew_seconds=heard.wrong_by if is_flagged else heard.skew,
        is_skew_flagged=is_flagged,
        judged_at=asked.at,
        received_at=asked.now,
        outcome="applied" if refused is None else refused.outcome,
        code=None if refused is None else refused.code,
        facts=facts if refused is None else refused.facts,
    )


def _result(asked: Asked, outcome: str, stored: StoredCommand) -> VisitCommandResultOut:
    return VisitCommandResultOut(
        id=stored.id,
        outcome=outcome,  # type: ignore[arg-type]
        code=stored.code,
        facts=stored.facts,
        visit=shown_visit(asked.dossier, asked.visit, asked.part),
    )


async def _notice_clock(asked: Asked) -> None:
    """Say once of a visit that its technician's clock is wrong."""
    if asked.visit.id not in asked.dossier.skews:
        asked.dossier.skews[asked.visit.id] = asked.heard.wrong_by
        await tell_of(asked, "clock_skew_noticed", {"seconds": asked.heard.wrong_by})


async def _tell_of_conflicts(judged: Sequence[Judged]) -> None:
    """Tell the office once of all that met something it had done meanwhile."""
    met = [each for each in judged if each.refused is not None and each.refused.is_told_office]
    if met:
        first, last = met[0], met[-1]
        facts = {"code": first.result.code, "kind": last.asked.body.kind}
        await tell_of(last.asked, "visit_conflict", facts)
