"""A plan explained: why jobs are late, what would have to change for those left out; also as JSON.

What the answers mean is in `why_late` and `remedies`; the words of people are elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dispatch.planning.causes import Anchor, Chain, Link
from dispatch.planning.difference import written_difference
from dispatch.planning.in_time import InTime
from dispatch.planning.plan import Plan
from dispatch.planning.plan_file import written_reason
from dispatch.planning.problem import Problem
from dispatch.planning.reasons import known_job
from dispatch.planning.remedies import Remedy, remedies
from dispatch.planning.soonest import Soonest
from dispatch.planning.why_late import WhyLate, late_jobs, why_late


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why jobs of a plan are late, and for each one left out what would have to change."""

    late: tuple[WhyLate, ...]
    left_out: tuple[tuple[str, tuple[Remedy, ...]], ...]


def explain(problem: Problem, plan: Plan, job: str | None = None) -> Explanation:
    """Explain every late job and every one left out, or just the one asked about.

    A job served in time has nothing to explain. Raises `UnknownJob` for one the problem does not
    know, `PlanRefused` for a plan of another problem.

    >>> from datetime import UTC, datetime
    >>> explain(Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),)), Plan()).late
    ()
    """
    if job is not None:
        known_job(problem, job)
    late = late_jobs(problem, plan)
    served = {stop.job for route in plan.routes for stop in route.stops}
    left_out = [each.id for each in problem.jobs if each.id not in served]
    return Explanation(
        late=tuple(why_late(problem, plan, each) for each in late if job in {None, each}),
        left_out=tuple(
            (each, remedies(problem, plan, each)) for each in left_out if job in {None, each}
        ),
    )


def written_explanation(found: Explanation) -> dict[str, object]:
    """Give an explanation as values ready for JSON.

    >>> written_explanation(Explanation((), ()))
    {'late': [], 'unassigned': []}
    """
    return {
        "late": [written_why_late(each) for each in found.late],
        "unassigned": [
            {"job": job, "remedies": [written_remedy(each) for each in ways]}
            for job, ways in found.left_out
        ],
    }


def written_why_late(found: WhyLate) -> dict[str, object]:
    """Give the reasons of one late job; its links less what was available are its lateness."""
    return {
        "job": found.job,
        "due": found.due,
        "start": found.start,
        "lateness": found.lateness,
        "available": found.available,
        **_written_chain(found.chain),
        "is_in_reach": found.is_in_reach,
        "soonest": _written_soonest(found.soonest),
        "in_time": [_written_way(way) for way in found.in_time],
        "against": [written_reason(reason) for reason in found.against],
    }


def _written_chain(chain: Chain) -> dict[str, object]:
    return {"since": _written_anchor(chain.since), "links": _written_links(chain.links)}


def _written_anchor(anchor: Anchor) -> dict[str, object]:
    return {
        "code": anchor.code,
        "moment": anchor.moment,
        "technician": anchor.technician,
        "job": anchor.job,
    }


def _written_links(links: Iterable[Link]) -> list[dict[str, object]]:
    return [
        {
            "code": link.code,
            "seconds": link.seconds,
            "technician": link.technician,
            "job": link.job,
        }
        for link in links
    ]


def _written_soonest(found: Soonest | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "technicians": list(found.technicians),
        "start": found.start,
        **_written_chain(found.chain),
    }


def _written_way(way: InTime) -> dict[str, object]:
    return {
        "technician": way.technician,
        "start": way.start,
        "difference": written_difference(way.difference),
    }


def written_remedy(remedy: Remedy) -> dict[str, object]:
    """Give one way to serve a job left out: the reasons to mend, and what that does to the plan."""
    return {
        "technician": remedy.technician,
        "start": remedy.start,
        "changes": [written_reason(reason) for reason in remedy.changes],
        "drops": list(remedy.drops),
        "difference": written_difference(remedy.difference),
    }
