"""What speaks against a version: support that comes too late, lines said twice, one hour for all.

How dues are compared is decided in `dispatch.agreements`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.agreements import (
    AgreementKind,
    Clause,
    Contradiction,
    Touched,
    VersionsOverlap,
    contradictions,
    require_no_overlap,
    touched,
)
from dispatch.agreements import AgreementVersion as VersionValue
from server.accounts.scope import Scope
from server.agreements import queries
from server.agreements.amending import earliest_on
from server.agreements.problems import Contradicts
from server.agreements.schemas import ContradictionOut, FindingsOut, TouchedOut
from server.agreements.shown import HOLDING_STATUSES
from server.agreements.snapshot import versions_value
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import AnySession
from server.regions.tables import Region
from server.sites.tables import Site

BLANKET = "blanket_over_regions"
AVAILABILITY = ("availability_percent", "availability_calendar_id")


async def findings(
    session: AnySession, scope: Scope, agreement_id: UUID, version_id: UUID
) -> FindingsOut:
    """Everything that speaks against a version."""
    agreement, row = await queries.version_row(session, scope, agreement_id, version_id)
    hard = await against_others(session, agreement, row)
    return FindingsOut([*hard, *await blankets(session, agreement, row)])


async def changes(
    session: AnySession, scope: Scope, ids: tuple[UUID, UUID], now: datetime
) -> TouchedOut:
    """What a version touches of the one before it, and from which day it could hold."""
    agreement, row = await queries.version_row(session, scope, *ids)
    before = await _before(session, row)
    if before is None:
        return TouchedOut([], row.valid_from)
    old, new = await versions_value(session, [(agreement, before), (agreement, row)])
    beside = {Touched.AVAILABILITY: (_availability(before), _availability(row))}
    fields = touched(old, new, beside=beside)
    return TouchedOut(
        [field.value for field in Touched if field in fields], earliest_on(before, now)
    )


async def require_no_contradiction(
    session: AnySession, agreement: Agreement, row: AgreementVersion
) -> None:
    """Refuse what cannot be kept together with what others promise."""
    found = await against_others(session, agreement, row)
    if found:
        others = sorted({each.other_number for each in found})
        raise Contradicts(contradictions=len(found), agreements=others)


async def _before(session: AnySession, row: AgreementVersion) -> AgreementVersion | None:
    query = (
        select(AgreementVersion)
        .where(
            AgreementVersion.agreement_id == row.agreement_id,
            AgreementVersion.number < row.number,
            AgreementVersion.status.in_(HOLDING_STATUSES),
        )
        .order_by(AgreementVersion.number.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


def _availability(row: AgreementVersion) -> list[tuple[str, ...]]:
    return sorted(
        tuple(str(each[name]) for name in ("service", "site_ids", *AVAILABILITY))
        for each in row.terms["services"]
    )


async def against_others(
    session: AnySession, agreement: Agreement, row: AgreementVersion
) -> list[ContradictionOut]:
    """What contradicts a version among everything in force beside it, by code and agreement."""
    rows = await _others(session, agreement, row)
    value, *others = await versions_value(session, [(agreement, row), *rows])
    late = [_late(agreement.number, each) for each in contradictions(value, others)]
    return [*late, *_overlaps(value, others)]


async def _others(
    session: AnySession, agreement: Agreement, row: AgreementVersion
) -> Sequence[tuple[Agreement, AgreementVersion]]:
    """Versions of other agreements in force on some day of this one, and of the same people."""
    query = (
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(
            Agreement.id != agreement.id,
            AgreementVersion.status.in_(HOLDING_STATUSES),
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > row.valid_from),
        )
        .order_by(Agreement.number, AgreementVersion.number)
    )
    if row.valid_to is not None:
        query = query.where(AgreementVersion.valid_from < row.valid_to)
    if agreement.customer_id is not None:
        theirs = Agreement.customer_id == agreement.customer_id
        query = query.where(or_(theirs, Agreement.customer_id.is_(None)))
    return [(other, version) for other, version in await session.execute(query)]


def _late(number: str, found: Contradiction) -> ContradictionOut:
    promises = [dict(each.origins)["promise"] for each in (found.supported, found.supporting)]
    other = next((each.agreement for each in promises if each.agreement != number), number)
    question, example = found.question, found.example
    return ContradictionOut(
        code="slower_than_customer",
        agreement_number=number,
        other_number=other,
        service=question.service,
        severity=question.severity.value,
        clock=found.supported.clock.value,
        region_id=UUID(question.region) if question.region else None,
        facts={
            "start": example.start.isoformat(),
            "customer_due": example.supported_due.isoformat(),
            "supporting_due": example.supporting_due.isoformat(),
        },
    )


def _overlaps(value: VersionValue, others: Sequence[VersionValue]) -> Iterator[ContradictionOut]:
    for other in others:
        try:
            require_no_overlap([value, other])
        except VersionsOverlap as overlap:
            yield _finding(
                "overlaps",
                value,
                _clause(overlap.first, overlap.place),
                other=other.agreement,
                facts={"from": max(value.valid_from, other.valid_from).isoformat()},
            )


def _clause(version: VersionValue, place: str) -> Clause:
    return version.clauses[int(place.rpartition(".")[2])]


def _finding(
    code: str, value: VersionValue, clause: Clause, *, other: str, facts: dict[str, str]
) -> ContradictionOut:
    return ContradictionOut(
        code=code,  # type: ignore[arg-type]
        agreement_number=value.agreement,
        other_number=other,
        service=clause.service or value.services[0].service,
        severity=None if clause.severity is None else clause.severity.value,
        clock=None if clause.clock is None else clause.clock.value,
        region_id=None if clause.region is None else UUID(clause.region),
        facts=facts,
    )


async def blankets(
    session: AnySession, agreement: Agreement, row: AgreementVersion
) -> list[ContradictionOut]:
    """One time for places that are not reached alike, and no line that tells them apart.

    With the reason it is meant, once somebody has given one.
    """
    (value,) = await versions_value(session, [(agreement, row)])
    if value.kind is not AgreementKind.CUSTOMER:
        return []
    sites = await _places(session, agreement)
    meant = {"reason": row.blanket_reason} if row.blanket_reason else {}
    found = []
    for clause in value.clauses:
        profiles = {
            profile
            for site, region, profile in sites
            if _rules(value, clause, site=site, region=region)
        }
        if len(profiles) > 1:
            facts = {"profiles": ", ".join(sorted(profiles))} | meant
            found.append(_finding(BLANKET, value, clause, other=value.agreement, facts=facts))
    return found


async def _places(session: AnySession, agreement: Agreement) -> list[tuple[str, str, str]]:
    """Site, region and how that region is reached, for every site of the agreement's customer."""
    query = select(Site.id, Site.region_id, Region.profile).join(
        Region, Region.id == Site.region_id
    )
    if agreement.customer_id is not None:
        query = query.where(Site.customer_id == agreement.customer_id)
    return [
        (str(site), str(region), profile) for site, region, profile in await session.execute(query)
    ]


def _rules(value: VersionValue, clause: Clause, *, site: str, region: str) -> bool:
    """Whether a promise for every region is the one that holds at a site."""
    if clause.promise is None or clause.region or clause.site or clause.asset:
        return False
    services = [clause.service] if clause.service else [row.service for row in value.services]
    if not any(value.covers(service, site) for service in services):
        return False
    return not any(
        other.promise is not None
        and (other.region == region or other.site == site)
        and (other.service, other.severity, other.clock)
        == (clause.service, clause.severity, clause.clock)
        for other in value.clauses
    )
