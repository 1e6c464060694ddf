"""Interventions and visits as staff and technicians see them.

What a building manager sees is made in `portal`, from shapes of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from dispatch.interventions import Role as Part
from server.accounts.scope import Scope
from server.interventions.checklist import shown_checklist
from server.interventions.dossier import Dossier
from server.interventions.parts_used import shown_parts, wanted_parts
from server.interventions.promised_files import shown_files
from server.interventions.schemas import (
    AssetBriefOut,
    FactOut,
    InterventionOut,
    PauseOut,
    ReasonOut,
    SeverityChangeOut,
    SiteBriefOut,
    VisitOut,
)
from server.interventions.shown_clocks import shown_clocks
from server.interventions.spending import shown_spending
from server.interventions.standing import can_decide, decisions, part_of, visit_commands
from server.interventions.tables import PauseOfWork, RecordedFact, SeverityChange, Visit
from server.kit.wire import Position
from server.sites.access import access_line
from server.sites.queries import shown_contacts
from server.sites.tables import Asset, Site


def shown_intervention(dossier: Dossier, scope: Scope, now: datetime) -> InterventionOut:
    row, part = dossier.intervention, part_of(scope)
    return InterventionOut(
        id=row.id,
        number=row.number,
        status=row.status,  # type: ignore[arg-type]
        severity=row.severity,  # type: ignore[arg-type]
        work_type=row.work_type,  # type: ignore[arg-type]
        source=row.source,  # type: ignore[arg-type]
        summary=row.summary,
        description=row.description,
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        reported_at=row.reported_at,
        region_id=row.region_id,
        customer_id=row.customer_id,
        customer_name=dossier.customer.name,
        site=shown_site(dossier.site, has_key=part is Part.DISPATCHER, at=now),
        asset=shown_asset(dossier.asset),
        agreement_version_id=row.agreement_version_id,
        is_covered=row.agreement_version_id is not None,
        service=row.service,
        is_out_of_scope=row.out_of_scope_at is not None,
        out_of_scope_reason=row.out_of_scope_reason,
        repeat_of_id=row.repeat_of_id,
        follow_up_of_id=row.follow_up_of_id,
        merged_into_id=row.merged_into_id,
        impact=row.impact,
        urgency=row.urgency,
        severity_proposed=row.severity_proposed,
        severity_changes=[_severity_change(each) for each in dossier.severity_changes],
        pauses=[shown_pause(each, scope) for each in _by_start(dossier.pauses)],
        checklist=shown_checklist(dossier),
        parts=shown_parts(dossier),
        wanted_parts=wanted_parts(dossier),
        spending=shown_spending(dossier),
        files=shown_files(dossier),
        duration_seconds=row.duration_seconds,
        skills=row.skills,
        window_from=row.window_from,
        window_to=row.window_to,
        waiting_reason=row.waiting_reason,
        clocks=shown_clocks(dossier, now),
        facts=shown_facts(dossier.facts),
        visits=[shown_visit(dossier, visit, part) for visit in dossier.visits],
        allowed=decisions(dossier, part),
        version=row.version,
    )


def shown_visit(dossier: Dossier, visit: Visit, part: Part | None) -> VisitOut:
    return VisitOut(
        id=visit.id,
        intervention_id=visit.intervention_id,
        technician_id=visit.technician_id,
        technician_name=dossier.technicians[visit.technician_id].name,
        status=visit.status,  # type: ignore[arg-type]
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        travel_seconds=visit.travel_seconds,
        late_by_seconds=visit.late_by_seconds,
        is_technician_locked=visit.is_technician_locked,
        is_start_locked=visit.is_start_locked,
        announced_at=visit.announced_at,
        accepted_at=visit.accepted_at,
        en_route_at=visit.en_route_at,
        arrived_at=visit.arrived_at,
        work_started_at=visit.work_started_at,
        finished_at=visit.finished_at,
        cause=visit.cause,  # type: ignore[arg-type]
        action=visit.action,
        note=visit.note,
        reason=visit.reason,
        why=None if visit.why is None else ReasonOut(visit.why["code"], visit.why["facts"]),
        skew_seconds=dossier.skews.get(visit.id),
        not_answered_at=dossier.unanswered.get(visit.id) if visit.status == "dispatched" else None,
        allowed=visit_commands(dossier, visit, part),
        version=visit.version,
    )


def address(site: Site) -> str:
    """The address on one line, as an envelope has it."""
    street = " ".join(part for part in (site.street, site.number) if part)
    place = " ".join(part for part in (site.postcode, site.place) if part)
    return ", ".join(part for part in (street, place) if part)


def shown_site(site: Site, *, has_key: bool, at: datetime) -> SiteBriefOut:
    """A site as whoever goes there needs it; access is told for the day of `at`."""
    return SiteBriefOut(
        id=site.id,
        code=site.code,
        name=site.name,
        address=address(site),
        position=Position(lat=site.lat, lon=site.lon),
        zone=site.zone,
        access_notes=access_line(site, at),
        contact_name=site.contact_name,
        contact_phone=site.contact_phone,
        hazards=site.hazards,
        key_box=site.key_box if has_key else "",
        contacts=shown_contacts(site),
    )


def shown_asset(asset: Asset | None) -> AssetBriefOut | None:
    if asset is None:
        return None
    return AssetBriefOut(id=asset.id, code=asset.code, name=asset.name, kind=asset.kind)  # type: ignore[arg-type]


def shown_facts(facts: Sequence[RecordedFact]) -> list[FactOut]:
    return [
        FactOut(kind=fact.kind, at=fact.at, device_at=fact.device_at)  # type: ignore[arg-type]
        for fact in sorted(facts, key=lambda fact: fact.at)
    ]


def _severity_change(row: SeverityChange) -> SeverityChangeOut:
    return SeverityChangeOut(
        at=row.at,
        severity_before=row.severity_before,  # type: ignore[arg-type]
        severity=row.severity,  # type: ignore[arg-type]
        reason=row.reason,
        author=row.author_name,
    )


def _by_start(pauses: Sequence[PauseOfWork]) -> list[PauseOfWork]:
    return sorted(pauses, key=lambda pause: pause.from_at)


def shown_pause(row: PauseOfWork, scope: Scope) -> PauseOut:
    return PauseOut(
        id=row.id,
        reason=row.reason,
        evidence=row.evidence,
        from_at=row.from_at,
        to_at=row.to_at,
        author=row.author_name,
        recorded_at=row.recorded_at,
        needs_approval=row.needs_approval,
        is_approved=row.is_approved,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
        can_decide=can_decide(row, scope),
    )
