"""The data of a day as it is checked before planning: what is wrong, where, and where to mend it.

What counts as wrong is decided in `dispatch.day.findings`; nothing is changed here.
"""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from dispatch.day import Finding, Weight, findings
from dispatch.day import Subject as Kind
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.planning.check_schemas import FindingOut, FixOut, PlanningCheckOut
from server.planning.day_rows import Subject
from server.planning.snapshot import Snapshot, local_day, read_day
from server.regions.queries import region_row

AT_THE_SITE = frozenset({"place_missing", "place_far"})
BY_SHIFTS = frozenset({"nobody_on_duty", "no_shift", "skill_off_duty"})
# What the fault means, for machines and logs; the pages have their own words for each code.
SENTENCES = {
    "absent": "The technician is away for some of that day.",
    "certificate_expired": "A certificate is not valid that day, so its skill does not count.",
    "duration_implausible": "The work is planned to take a few minutes, or more than eight hours.",
    "home_far": "The technician's home is too far away to be right.",
    "home_missing": "The technician's home has no position.",
    "longer_than_shifts": "The work takes longer than anybody who can do it is on duty.",
    "no_agreement": "No agreement covers this work, so nothing is promised for it.",
    "no_due": "No time is promised for this work: only its severity says how urgent it is.",
    "no_shift": "The technician has no shift left that day.",
    "nobody_on_duty": "Nobody is on duty that day.",
    "place_far": "The site is too far away to be right.",
    "place_missing": "The site has no position.",
    "skill_nobody_has": "Nobody in the region has the skill at this level.",
    "skill_off_duty": "Nobody with the skill at this level is on duty that day.",
    "window_outside_shifts": "Nobody who can do the work is on duty in the hours agreed to.",
    "window_over": "The hours agreed to are over.",
}


async def planning_check(
    session: AnySession, scope: Scope, region_id: UUID, day: date | None, now: datetime
) -> PlanningCheckOut:
    """Everything that would spoil a plan of this region's day, the gravest first."""
    region = await region_row(session, scope, region_id)
    snapshot = await read_day(session, region, day or local_day(region, now), now)
    return await asyncio.to_thread(_checked, snapshot)


def _checked(snapshot: Snapshot) -> PlanningCheckOut:
    uncovered = [
        name
        for name, subject in snapshot.subjects.items()
        if subject.intervention.agreement_version_id is None
    ]
    found = findings(snapshot.day, uncovered=uncovered)
    blocked = {work for each in found if each.weight is Weight.BLOCKS for work in each.affects}
    return PlanningCheckOut(
        region_id=snapshot.region.id,
        day=snapshot.date,
        work=len(snapshot.day.work),
        technicians=len(snapshot.day.own_crew),
        blocked=len(blocked),
        affected=len({work for each in found for work in each.affects}),
        findings=list(_shown(snapshot, found)),
    )


def _shown(snapshot: Snapshot, found: tuple[Finding, ...]) -> Iterator[FindingOut]:
    """Each finding once; what is wrong with a site is told of the site, not of all its work."""
    sites: dict[tuple[str, UUID], FindingOut] = {}
    for each in found:
        if each.code not in AT_THE_SITE:
            yield _finding(snapshot, each)
            continue
        site = snapshot.subjects[each.name].site
        known = sites.get((each.code, site.id))
        if known is None:
            shown = _of_site(snapshot.subjects[each.name], each)
            sites[each.code, site.id] = shown
            yield shown
        else:
            known.affected += 1


def _finding(snapshot: Snapshot, found: Finding) -> FindingOut:
    match found.subject:
        case Kind.TECHNICIAN:
            row = snapshot.technicians[found.name]
            if found.code in BY_SHIFTS:
                return _out(found, row.id, row.name, FixOut(None, "POST /api/shifts"))
            page = f"/admin/#/technicians/{row.id}"
            return _out(found, row.id, row.name, FixOut(page, _at("technicians", row.id)))
        case Kind.WORK:
            work = snapshot.subjects[found.name].intervention
            page = f"/board/#region={work.region_id}&intervention={work.id}"
            if found.code == "no_agreement":
                page = "/admin/#/coverage"
            return _out(found, work.id, work.number, FixOut(page, _at("interventions", work.id)))
        case Kind.SKILL:
            change = "POST /api/shifts" if found.code in BY_SHIFTS else "PATCH /api/technicians/…"
            return _out(found, None, found.name, FixOut(None, change))
        case Kind.REGION:
            region = snapshot.region
            return _out(found, region.id, region.name, FixOut(None, "POST /api/shifts"))


def _of_site(subject: Subject, found: Finding) -> FindingOut:
    site = subject.site
    fix = FixOut(f"/admin/#/sites/{site.id}", _at("sites", site.id))
    shown = _out(found, site.id, site.name, fix)
    shown.subject = "site"
    return shown


def _out(found: Finding, subject_id: UUID | None, name: str, fix: FixOut) -> FindingOut:
    return FindingOut(
        code=found.code,
        weight=found.weight.value,
        subject=found.subject.value,
        subject_id=subject_id,
        subject_name=name,
        sentence=SENTENCES[found.code],
        facts=dict(found.facts),
        affected=len(found.affects),
        fix=fix,
    )


def _at(objects: str, identity: UUID) -> str:
    return f"PATCH /api/{objects}/{identity}"
