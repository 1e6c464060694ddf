"""One simulated case as the rows its intervention would have left, had people lived it.

Which cases there are is decided in `history`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, get_args
from uuid import UUID

import uuid_utils.compat

from dispatch.agreements import Severity
from dispatch.interventions import Decided, FactKind, VisitStatus
from dispatch.simulation import Case, Passage, drawn
from fixtures.towns.making.demand import SOURCES
from fixtures.towns.making.faults import FAULTS, Fault
from fixtures.towns.making.people import fictional_phone, people_speaking
from server.agreements.snapshot import Promises
from server.interventions.dossier import Dossier
from server.interventions.events import happening
from server.interventions.schemas import Cause
from server.interventions.tables import (
    Closing,
    Intervention,
    PauseOfWork,
    RecordedFact,
    Visit,
)
from server.kit.events import Actor, event_values
from server.roster.tables import Technician
from server.sites.tables import Asset, Site

Values = dict[str, Any]
"""A row by column."""
OFFICE = Actor(None, "Morning shift")
LANGUAGE = "en"
CHECK = "Doors, levelling and alarm looked at on the round"
ENDED = {
    VisitStatus.COMPLETED: "visit_completed",
    VisitStatus.PARTIALLY_COMPLETED: "visit_partially_completed",
    VisitStatus.CANNOT_COMPLETE: "visit_cannot_complete",
    VisitStatus.UNASSIGNED: "visit_unassigned",
    VisitStatus.CANCELLED: "visit_cancelled",
}


@dataclass(slots=True)
class Rows:
    """What one case leaves behind; names and words are drawn, each case its own."""

    case: Case
    asset: Asset
    site: Site
    seed: int
    technicians: Mapping[str, Technician]
    _draw: Random = field(init=False)
    fault: Fault | None = field(init=False)

    def __post_init__(self) -> None:
        self._draw = drawn(self.seed, "words", self.case.id)
        possible = [
            fault
            for fault in FAULTS
            if fault.severity == self.case.call.severity.value and self.asset.kind in fault.on
        ]
        is_called = possible and not self.case.call.is_planned
        weights = [fault.weight for fault in possible]
        self.fault = self._draw.choices(possible, weights=weights)[0] if is_called else None

    @property
    def work_type(self) -> str:
        if self.case.call.is_planned:
            return "maintenance"
        return "request" if self.case.call.severity is Severity.REQUEST else "repair"

    @property
    def key(self) -> tuple[str, str, str]:
        """The asset's code, the type of work and its severity: what it is promised by."""
        return self.case.call.lift.id, self.work_type, self.case.call.severity.value

    @property
    def cause(self) -> str:
        family = "none_found" if self.fault is None else self.fault.family
        return family if family in get_args(Cause) else "other"

    def intervention(self, service: str, promises: Promises) -> Intervention:
        """The intervention itself; its number and id are given by whoever writes it."""
        case, call = self.case, self.case.call
        severity = call.severity.value
        source = (
            "plan" if call.is_planned else self._draw.choice(SOURCES.get(severity, ("portal",)))
        )
        return Intervention(
            id=uuid_utils.compat.uuid7(),
            region_id=self.site.region_id,
            customer_id=self.site.customer_id,
            site_id=self.site.id,
            asset_id=self.asset.id,
            severity=severity,
            work_type=self.work_type,
            service=service,
            source=source,
            summary=CHECK if self.fault is None else self.fault.texts[LANGUAGE],
            description="",
            caller_name="" if call.is_planned else self._draw.choice(people_speaking("es")),
            caller_phone="" if call.is_planned else fictional_phone(self._draw.randrange(600, 999)),
            reported_at=call.at,
            reported_at_reason="",
            agreement_version_id=promises.version_id,
            duration_seconds=call.duration_seconds,
            skills=dict(call.skills),
            window_from=None,
            window_to=None,
            is_qualified=True,
            waiting_reason=case.waiting_reason,
            decided=None if case.decided is None else case.decided.value,
            decided_at=case.decided_at,
            decision_reason="Runs again." if case.decided is Decided.CANCELLED else "",
            reopened_at=None,
            out_of_scope_at=None,
            out_of_scope_reason="",
            repeat_of_id=None,
            checklist=promises.checklist,
            exclusions=promises.exclusions,
            status=case.status.value,
        )

    def fill(self, dossier: Dossier, now: datetime) -> None:
        """Add what was recorded to the dossier: visits, facts, pauses, the end."""
        identity = dossier.intervention.id
        for passage in self.case.visits:
            technician = self.technicians[passage.technician]
            dossier.technicians[technician.id] = technician
            dossier.visits.append(self._visit(identity, passage, technician.id))
        for fact in self.case.facts:
            is_call = fact.kind is FactKind.CALL_RECEIVED
            dossier.facts.append(
                RecordedFact(
                    intervention_id=identity,
                    kind=fact.kind.value,
                    round=0,
                    at=fact.at,
                    device_at=None if is_call else fact.at,
                    recorded_at=fact.at,
                    recorded_by=None if is_call else dossier.visits[-1].technician_id,
                )
            )
        dossier.pauses.extend(self._pauses(identity, now))
        if self.case.decided is Decided.CLOSED and self.case.decided_at is not None:
            closing = Closing(intervention_id=identity, closed_at=self.case.decided_at, reason="")
            dossier.closings.append(closing)

    def events(self, dossier: Dossier) -> Iterator[Values]:
        """What was announced, to the people it concerned."""
        row = dossier.intervention
        told = happening(row.reported_at, "intervention_reported", dossier)
        yield event_values(OFFICE, row.reported_at, told)
        for passage, visit in zip(self.case.visits, dossier.visits, strict=True):
            name = dossier.technicians[visit.technician_id].name
            steps = {
                "visit_dispatched": (OFFICE, passage.announced_at),
                "visit_accepted": (Actor(visit.technician_id, name), passage.accepted_at),
                "visit_arrived": (Actor(visit.technician_id, name), passage.arrived_at),
                ENDED[passage.status]: (Actor(visit.technician_id, name), passage.ended_at),
            }
            for kind, (actor, at) in steps.items():
                if at is not None:
                    yield event_values(actor, at, happening(at, kind, dossier, visit))
        if row.decided_at is not None:
            kind = f"intervention_{row.decided}"
            yield event_values(OFFICE, row.decided_at, happening(row.decided_at, kind, dossier))

    def answers(self, dossier: Dossier) -> Iterator[Values]:
        """All is as it should be, and what is measured lies where it may."""
        for passage, visit in zip(self.case.visits, dossier.visits, strict=True):
            if passage.status is VisitStatus.COMPLETED:
                for item in dossier.intervention.checklist:
                    yield {
                        "intervention_id": visit.intervention_id,
                        "visit_id": visit.id,
                        "item": item["key"],
                        "value": "done" if item["kind"] == "check" else item["high"],
                        "at": passage.ended_at,
                        "author_name": dossier.technicians[visit.technician_id].name,
                    }

    def _visit(self, intervention: UUID, passage: Passage, technician: UUID) -> Visit:
        is_done = passage.status is VisitStatus.COMPLETED
        is_begun = passage.arrived_at is not None
        return Visit(
            id=uuid_utils.compat.uuid7(),
            intervention_id=intervention,
            technician_id=technician,
            status=passage.status.value,
            starts_at=passage.starts_at,
            ends_at=passage.starts_at + self.case.call.lasts,
            travel_seconds=passage.travel_seconds,
            created_at=passage.created_at,
            announced_at=passage.announced_at,
            accepted_at=passage.accepted_at,
            en_route_at=passage.en_route_at,
            arrived_at=passage.arrived_at,
            work_started_at=passage.work_started_at,
            finished_at=passage.ended_at if is_begun else None,
            cause=self.cause if is_done else None,
            action="Checked and adjusted." if is_done else "",
            reason="no_access" if passage.status is VisitStatus.CANNOT_COMPLETE else "",
            remaining="A part has to be fitted."
            if passage.status is VisitStatus.PARTIALLY_COMPLETED
            else "",
            why=None,
        )

    def _pauses(self, intervention: UUID, now: datetime) -> Iterator[PauseOfWork]:
        for pause in self.case.pauses:
            is_over = pause.end is not None and pause.end <= now
            yield PauseOfWork(
                intervention_id=intervention,
                visit_id=None,
                reason=pause.reason.value,
                evidence="The technician called from the door.",
                from_at=pause.start,
                to_at=pause.end if is_over else None,
                recorded_at=pause.start,
                recorded_by=None,
                author_name=OFFICE.name,
                needs_approval=False,
                is_approved=False,
            )
