"""How an agreement does: its promises beside its objectives of experience, each with its figure.

Two sides that are never made into one: one may be red while the other is green.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import Objective
from dispatch.measures import DEFINITIONS, ObjectiveStanding
from dispatch.measures.figures import mean_text, percent_text
from dispatch.measures.watermelon import FEWEST_ANSWERS
from server.accounts.scope import Scope
from server.agreements.queries import agreement_row
from server.agreements.shown import HOLDING_STATUSES
from server.agreements.tables import AgreementVersion
from server.agreements.values import objectives_of, service_row
from server.kit.database import AnySession
from server.measures.cases import Case, Wanted, cases, regions_of
from server.measures.felt import Felt, felt_about, felt_figures
from server.measures.promises_kept import attainments
from server.measures.queries import require_days
from server.measures.schemas import AgreementDoingOut, ObjectiveDoingOut

MEANS = frozenset({"csat_mean", "ces_mean"})


async def agreement_doing(
    session: AnySession,
    scope: Scope,
    agreement_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> AgreementDoingOut:
    """Of what was reported on those days and the version of the last of them covers."""
    require_days(from_day, to_day)
    agreement = await agreement_row(session, scope, agreement_id)
    wanted = Wanted(from_day, to_day, customer_id=agreement.customer_id)
    version, covered = await covered_by(session, scope, agreement_id, wanted, now=now)
    felt = await felt_about(session, covered, now)
    return AgreementDoingOut(
        agreement_id=agreement_id,
        version_number=None if version is None else version.number,
        from_day=from_day,
        to_day=to_day,
        interventions=len(covered),
        service=[each for each in attainments(covered) if each.denominator],
        experience=list(felt_figures(felt)),
        objectives=[]
        if version is None
        else [doing(each, felt) for each in objectives_of(version.terms)],
    )


async def covered_by(
    session: AnySession, scope: Scope, agreement_id: UUID, wanted: Wanted, *, now: datetime
) -> tuple[AgreementVersion | None, list[Case]]:
    """The version that held last on those days, and what it covers of what was reported."""
    version = await _version(session, agreement_id, wanted.to_day)
    if version is None:
        return None, []
    found = await cases(session, await regions_of(session, scope, wanted), wanted, now)
    return version, [case for case in found if covers(version, case)]


async def _version(
    session: AnySession, agreement_id: UUID, to_day: date
) -> AgreementVersion | None:
    """The version that held last in the period."""
    query = (
        select(AgreementVersion)
        .where(
            AgreementVersion.agreement_id == agreement_id,
            AgreementVersion.status.in_(HOLDING_STATUSES),
            AgreementVersion.valid_from < to_day,
        )
        .order_by(AgreementVersion.valid_from.desc())
        .limit(1)
    )
    found: Sequence[AgreementVersion] = (await session.scalars(query)).all()
    return found[0] if found else None


def covers(version: AgreementVersion, case: Case) -> bool:
    """Whether a version is about what was asked for there."""
    row = case.dossier.intervention
    return any(
        service_row(each).covers(row.service, str(row.site_id))
        for each in version.terms["services"]
    )


def doing(objective: Objective, felt: Felt) -> ObjectiveDoingOut:
    """How one objective stands."""
    measure = objective.measure.value
    held = ObjectiveStanding(objective, felt.exact(measure), felt.rests_on(measure))
    figure, is_mean = held.figure, measure in MEANS
    return ObjectiveDoingOut(
        measure=objective.measure.value,
        definition_version=DEFINITIONS[measure].version,
        at_least=f"{objective.at_least:f}",
        value=None if figure is None else (mean_text(figure) if is_mean else percent_text(figure)),
        rests_on=held.rests_on,
        fewest=FEWEST_ANSWERS,
        standing=held.standing.value,
    )
