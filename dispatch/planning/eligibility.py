"""Who may do a job at all, whatever the time: one rule each, with the reason and what would help.

Rules that depend on the route are in `rules` and `reasons`.
"""

from dispatch.planning.job import Job
from dispatch.planning.plan import Reason
from dispatch.planning.technician import Technician


def locked_elsewhere(job: Job, technician: Technician) -> Reason | None:
    """A person has given the job to somebody else; in a crew there is room beside them."""
    if job.crew > 1 or job.locked is None or job.locked.technician in {None, technician.id}:
        return None
    return Reason(
        technician.id,
        "locked",
        facts={"locked_technician": job.locked.technician},
        would_need={"locked_technician": technician.id},
    )


def skill_missing(job: Job, technician: Technician) -> Reason | None:
    """The job asks for a skill the technician does not have at that level."""
    for skill, needed in sorted(job.skills.items()):
        has = technician.skills.get(skill, 0)
        if has < needed:
            facts: dict[str, int | str | None] = {"skill": skill, "needed": needed, "has": has}
            would_need: dict[str, int | str | None] = {"skill": skill, "level": needed}
            return Reason(technician.id, "skill_missing", facts, would_need)
    return None


def not_allowed(job: Job, technician: Technician) -> Reason | None:
    """The job names those who may do it, and this technician is not among them."""
    if job.technicians is None or technician.id in job.technicians:
        return None
    return Reason(technician.id, "not_allowed", would_need={"allowed": technician.id})


def excluded(job: Job, technician: Technician) -> Reason | None:
    """The job names this technician as one who may not do it."""
    if technician.id not in job.excluded:
        return None
    return Reason(technician.id, "excluded", would_need={"not_excluded": technician.id})


ELIGIBILITY = (locked_elsewhere, skill_missing, not_allowed, excluded)


def ineligible(job: Job, technician: Technician) -> Reason | None:
    """Tell the first rule that keeps this technician from the job whatever the time, if any.

    >>> rescue = Job("a", location=0, duration=60, priority=1, drop_cost=9, skills={"rescue": 2})
    >>> anna = Technician("anna", 0, 0, shift=(0, 28800), skills={"rescue": 1})
    >>> ineligible(rescue, anna).facts
    {'skill': 'rescue', 'needed': 2, 'has': 1}
    """
    for rule in ELIGIBILITY:
        reason = rule(job, technician)
        if reason is not None:
            return reason
    return None


def is_indifferent(job: Job) -> bool:
    """Tell whether nothing about the job makes one technician differ from another."""
    choosy = job.skills or job.excluded or job.preferred or job.borrow_cost
    fixed = job.locked or job.announced or job.technicians is not None
    return not choosy and not fixed


def borrowing(job: Job, technician: Technician) -> int:
    """What it costs that the technician comes from another region."""
    foreign = job.region is not None and job.region not in technician.regions
    return job.borrow_cost if foreign else 0


def preference(job: Job, technician: Technician) -> int:
    """The bonus for sending a technician the customer or the office prefers."""
    return job.preferred.get(technician.id, 0)
