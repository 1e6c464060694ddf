"""Playing the demo's day up to now: the morning's plan, the calls since, the visits that followed.

Everything goes through the actions people use, at the time it would have happened.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.roster import ShiftKind
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.cli.town import Town, entries, rows
from server.interventions import actions as interventions
from server.interventions.decisions import decide
from server.interventions.schemas import (
    AnswerBody,
    Cause,
    InterventionCommandBody,
    ReportBody,
    VisitCommandBody,
    VisitPayload,
)
from server.interventions.tables import Intervention, Visit
from server.interventions.visit_actions import command_visit
from server.kit.database import Session
from server.planning import actions as planning
from server.presence.actions import command_duty
from server.presence.schemas import DutyCommandBody
from server.roster.tables import Shift, Technician

MORNING = time(6, 0)
PLANNED_BY = time(6, 15)
ITERATIONS = 400
# What came in last is left for whoever sits down at the board.
LEFT_FOR_THE_DISPATCHER = timedelta(minutes=20)
# Technicians accept what comes next; the afternoon may still be planned again.
ACCEPTED_AHEAD = timedelta(minutes=75)
LANGUAGE = "en"
URGENT = {"S1", "S2"}
UNDER_WAY = ("dispatched", "accepted", "en_route", "arrived", "in_progress")
OFFICE = Scope(account_id=UUID(int=0), name="Morning shift", role=Role.DISPATCHER)
NAMES = UUID(int=20_261_123)


@dataclass(frozen=True, slots=True)
class Call:
    """Something to report, at its instant."""

    at: datetime
    severity: str
    cause: Cause
    body: Mapping[str, Any]


def scope_of(technician: Technician) -> Scope:
    return Scope(
        account_id=technician.id,
        name=technician.name,
        role=Role.TECHNICIAN,
        technician_id=technician.id,
    )


def is_planned(day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the day's plan was made when the demo was founded, or is still to come."""
    return now >= datetime.combine(day, PLANNED_BY, zone)


@dataclass(slots=True)
class Day:
    """The demo's day as it is played."""

    session: Session
    town: Town
    day: date
    causes: dict[UUID, Cause] = field(default_factory=dict)

    async def play(self, folder: Path, now: datetime) -> None:
        """Live through the day until now."""
        await self._begin_shifts(now)
        calls = sorted(_calls(folder, self.town, self.day), key=lambda call: call.at)
        planned = self._local(PLANNED_BY)
        for call in calls:
            if call.at <= min(planned, now):
                await self._report(call)
        if planned <= now:
            await self._plan(planned)
        for call in calls:
            if planned < call.at <= now:
                await self._advance(call.at)
                await self._take(call, now)
        await self._advance(now)

    async def _begin_shifts(self, now: datetime) -> None:
        """Technicians say that they begin, at the time they should."""
        begun = (
            select(Shift, Technician)
            .join(Technician, Technician.id == Shift.technician_id)
            .where(Shift.kind == ShiftKind.SHIFT.value)
            .where(Shift.starts_at <= now, Shift.ends_at > now)
            .order_by(Shift.starts_at, Shift.id)
        )
        for shift, technician in (await self.session.execute(begun)).all():
            said = DutyCommandBody(
                id=uuid5(NAMES, f"{shift.id} begun").hex,
                kind="start_shift",
                at=shift.starts_at,
                base_version=0,
                device="demo",
            )
            scope = scope_of(technician)
            await command_duty(self.session, scope, technician.id, [said], shift.starts_at)

    async def _plan(self, planned: datetime) -> None:
        for region in self.town.regions.values():
            await planning.plan_region_now(
                self.session, OFFICE, region, self.day, planned, iterations=ITERATIONS
            )

    def _local(self, at: time) -> datetime:
        return datetime.combine(self.day, at, next(iter(self.town.zones.values())))

    async def _report(self, call: Call) -> UUID:
        body = ReportBody.model_validate(call.body)
        made = await interventions.report(self.session, OFFICE, body, call.at)
        self.causes[made.id] = call.cause
        if made.status == "draft":
            qualify = InterventionCommandBody(
                id=uuid5(NAMES, f"{made.number} qualify").hex,
                kind="qualify",
                at=call.at,
                base_version=made.version,
            )
            await decide(self.session, OFFICE, made.id, qualify, call.at)
        return made.id

    async def _take(self, call: Call, now: datetime) -> None:
        intervention = await self._report(call)
        if call.severity in URGENT and call.at <= now - LEFT_FOR_THE_DISPATCHER:
            await planning.send_best(self.session, OFFICE, intervention, call.at)

    async def _advance(self, now: datetime) -> None:
        """Technicians do what their day says up to this instant."""
        under_way = (
            select(Visit, Technician, Intervention)
            .join(Technician, Technician.id == Visit.technician_id)
            .join(Intervention, Intervention.id == Visit.intervention_id)
            .where(Visit.status.in_(UNDER_WAY))
            .order_by(Visit.starts_at, Visit.id)
        )
        for visit, technician, intervention in (await self.session.execute(under_way)).all():
            steps = [step for step in self._steps(visit, intervention) if step.at <= now]
            if steps:
                await command_visit(self.session, scope_of(technician), visit.id, steps, now)

    def _steps(self, visit: Visit, intervention: Intervention) -> Iterator[VisitCommandBody]:
        """What is still ahead of this visit, each at its instant."""
        minute = timedelta(minutes=1)
        done = {
            "accept": visit.accepted_at,
            "start_travel": visit.en_route_at,
            "arrive": visit.arrived_at,
            "start_work": visit.work_started_at,
        }
        told = visit.announced_at or visit.created_at
        planned = {
            "accept": max(told + 4 * minute, visit.starts_at - ACCEPTED_AHEAD),
            "start_travel": visit.starts_at - timedelta(seconds=visit.travel_seconds),
            "arrive": visit.starts_at,
            "start_work": visit.starts_at + minute,
            "person_released": visit.starts_at + 9 * minute,
            "complete": visit.ends_at - minute,
        }
        if intervention.severity != "S1":
            del planned["person_released"]
        earliest = told
        for kind, at in planned.items():
            earliest = max(earliest, at)
            if done.get(kind) is None:
                yield self._command(visit, intervention, kind, earliest)

    def _command(
        self, visit: Visit, intervention: Intervention, kind: str, at: datetime
    ) -> VisitCommandBody:
        is_last = kind == "complete"
        cause = self.causes.get(intervention.id, "other") if is_last else None
        return VisitCommandBody.model_validate(
            {
                "id": uuid5(NAMES, f"{visit.id} {kind}").hex,
                "kind": kind,
                "at": at,
                "base_version": visit.version,
                "device": "demo",
                "payload": VisitPayload(
                    cause=cause, action="Checked and adjusted.", answers=_answers(intervention)
                )
                if is_last
                else VisitPayload(),
            }
        )


def _answers(intervention: Intervention) -> list[AnswerBody]:
    """All is as it should be, and what is measured lies where it may."""
    return [
        AnswerBody(item=item["key"], value="done" if item["kind"] == "check" else item["high"])
        for item in intervention.checklist
    ]


def _calls(folder: Path, town: Town, day: date) -> Iterator[Call]:
    region_of_site = {each["code"]: each["region"] for each in rows(folder, "sites")}
    region_of = {each["code"]: region_of_site[each["site"]] for each in rows(folder, "assets")}
    for each in entries(folder, "calls"):
        zone = town.zones[region_of[each["asset"]]]
        yield _call(each, town, datetime.combine(day, time.fromisoformat(each["at"]), zone))
    for each in entries(folder, "preventive"):
        zone = town.zones[region_of[each["asset"]]]
        at = datetime.combine(day, MORNING, zone)
        given = each | {"source": "plan", "fault": "none_found"} | _window(each, day, zone)
        yield _call(given, town, at)


def _call(given: Mapping[str, Any], town: Town, at: datetime) -> Call:
    fault = given["fault"]
    kept = ("severity", "work_type", "source", "caller_name", "caller_phone", "duration_seconds")
    body = {name: given[name] for name in kept if name in given}
    extra = ("skills", "window_from", "window_to")
    body |= {name: given[name] for name in extra if name in given}
    body |= {"asset_id": town.assets[given["asset"]], "summary": given["summary"][LANGUAGE]}
    return Call(at, given["severity"], fault if fault in get_args(Cause) else "other", body)


def _window(given: Mapping[str, Any], day: date, zone: ZoneInfo) -> dict[str, datetime]:
    if given["window"] is None:
        return {}
    opens, closes = (time.fromisoformat(each) for each in given["window"])
    return {
        "window_from": datetime.combine(day, opens, zone),
        "window_to": datetime.combine(day, closes, zone),
    }
