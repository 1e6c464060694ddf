"""What is wrong with a day's crew: nobody on duty, no shift, no home, skills that are missing.

Faults of the work itself are in `work_findings`.
"""

from collections.abc import Iterator
from datetime import timedelta

from dispatch.day.day import Person
from dispatch.day.finding import (
    FARTHEST_METRES,
    NOWHERE,
    Checked,
    Finding,
    Rule,
    Subject,
    Weight,
    everything,
)
from dispatch.geo import distance_metres
from dispatch.roster import Absence


def nobody_on_duty(checked: Checked) -> Iterator[Finding]:
    """There is work, and nobody can be sent out any more that day."""
    if checked.day.work and not checked.on_duty:
        affected = everything(checked.day)
        yield Finding("nobody_on_duty", Weight.BLOCKS, Subject.REGION, checked.day.region, affected)


def no_shift(checked: Checked) -> Iterator[Finding]:
    """Somebody is not on duty; it matters where they have visits planned all the same."""
    for person in checked.day.own_crew:
        name = person.technician.id
        if checked.hours_of(person) or _absences(checked, person):
            continue
        theirs = tuple(
            work.id for work in checked.day.work if work.visit and work.visit.technician == name
        )
        weight = Weight.WARNS if theirs else Weight.TELLS
        yield Finding("no_shift", weight, Subject.TECHNICIAN, name, theirs)


def absent(checked: Checked) -> Iterator[Finding]:
    """Somebody is away for some of the day; it matters where they have visits planned then."""
    for person in checked.day.own_crew:
        name = person.technician.id
        for away in _absences(checked, person):
            theirs = tuple(
                work.id
                for work in checked.day.work
                if work.visit
                and work.visit.technician == name
                and away.starts_at < work.visit.starts_at + timedelta(seconds=work.duration_seconds)
                and work.visit.starts_at < away.ends_at
            )
            weight = Weight.WARNS if theirs else Weight.TELLS
            facts = {"from": away.starts_at.isoformat(), "until": away.ends_at.isoformat()}
            yield Finding("absent", weight, Subject.TECHNICIAN, name, theirs, facts)


def _absences(checked: Checked, person: Person) -> list[Absence]:
    return [away for away in person.away if away.ends_at > checked.day.now]


def home_missing(checked: Checked) -> Iterator[Finding]:
    """Somebody on duty starts from a place nobody has entered, or from far outside the region."""
    for person in checked.own_on_duty:
        name, home = person.technician.id, person.technician.home
        if home == NOWHERE:
            yield Finding("home_missing", Weight.WARNS, Subject.TECHNICIAN, name)
        elif checked.middle and distance_metres(checked.middle, home) > FARTHEST_METRES:
            far = {"metres": round(distance_metres(checked.middle, home))}
            yield Finding("home_far", Weight.WARNS, Subject.TECHNICIAN, name, facts=far)


def certificate_expired(checked: Checked) -> Iterator[Finding]:
    """A skill somebody on duty has does not count that day, because no certificate covers it."""
    for person in checked.own_on_duty:
        usable = {skill for free in checked.hours_of(person) for skill in free.skills}
        for skill in sorted(set(person.technician.skills) - usable):
            needed = tuple(work.id for work in checked.day.work if skill in work.skills)
            held = [each for each in person.technician.certificates if each.name == skill]
            last = max((each.valid_until for each in held), default=None)
            until = None if last is None else last.isoformat()
            facts: dict[str, int | str | None] = {"skill": skill, "valid_until": until}
            weight = Weight.WARNS if needed else Weight.TELLS
            name = person.technician.id
            yield Finding("certificate_expired", weight, Subject.TECHNICIAN, name, needed, facts)


def skill_missing(checked: Checked) -> Iterator[Finding]:
    """Work asks for a skill at a level nobody has, or nobody who is on duty that day."""
    asked: dict[tuple[str, int], list[str]] = {}
    for work in checked.day.work:
        for skill, level in work.skills.items():
            asked.setdefault((skill, level), []).append(work.id)
    for (skill, level), affected in sorted(asked.items()):
        if any(free.skills.get(skill, 0) >= level for free in checked.hours):
            continue
        best = max((each.technician.skills.get(skill, 0) for each in checked.day.crew), default=0)
        code = "skill_nobody_has" if best < level else "skill_off_duty"
        facts: dict[str, int | str | None] = {"skill": skill, "level": level, "best": best}
        yield Finding(code, Weight.BLOCKS, Subject.SKILL, skill, tuple(affected), facts)


CREW_RULES: tuple[Rule, ...] = (
    nobody_on_duty,
    skill_missing,
    home_missing,
    certificate_expired,
    no_shift,
    absent,
)
