"""Plans, bills and reasons in plain words for a terminal.

The commands are in `planning`; the pages have their own words in four languages.
"""

from datetime import timedelta

from dispatch.planning import Candidate, Cost, Plan, Problem, Reason, Recommendation

REASONS = {
    "skill_missing": "has {skill} at level {has}, needs {needed}",
    "not_allowed": "is not among those who may do this job",
    "excluded": "may not do this job",
    "locked": "the job is fixed otherwise",
    "off_shift": "is off shift: would leave at {leaves}, the day ends at {ends}",
    "unreachable": "there is no way from place {from} to place {to}",
    "over_capacity": "would carry {load}, at most {capacity}",
    "window_missed": "would begin at {arrival}, the window closes at {closes}",
    "waited_for": "{job} would begin at {arrival}, others wait for it at {appointed}",
    "crew_incomplete": "needs a crew of {needed}, {possible} at most could come together",
    "after_unassigned": "follows {job}, which is left out",
    "break_impossible": "could rest at {ready} only, at the latest {latest}",
    "overtime": "would need {needed} s of overtime, at most {max}",
    "over_budget": "would move {moves} promises, at most {budget} may",
    "dearer_than_dropping": "would cost {delta}, leaving it out costs {drop_cost}",
}


def bill_in_words(cost: Cost) -> str:
    """Give the total and the lines that are not zero.

    >>> bill_in_words(Cost(travel=600))
    'Total 600: travel 600'
    """
    terms = [f"{name} {value}" for name, value in cost.terms().items() if value]
    return f"Total {cost.total}: {', '.join(terms)}" if terms else f"Total {cost.total}"


def plan_in_words(problem: Problem, plan: Plan) -> str:
    """Tell each technician's day in a line, then what is left out, then the bill."""
    lines = []
    for route in plan.routes:
        stops = "  ".join(f"{clock(problem, stop.start)} {stop.job}" for stop in route.stops)
        back = clock(problem, route.return_)
        lines.append(f"{route.technician:<14} {stops}  back {back}")
    lines.extend(
        f"left out       {left.job}: {_why(problem, left.reasons)}" for left in plan.unassigned
    )
    return "\n".join([*lines, bill_in_words(plan.cost), *_bound_in_words(plan)])


def _bound_in_words(plan: Plan) -> list[str]:
    if plan.bound is None:
        return []
    if plan.bound == plan.cost.total:
        return ["No plan costs less: this one is the best possible."]
    told = f"No plan costs less than {plan.bound}"
    return [told if plan.gap is None else f"{told}: at most {plan.gap:.1%} could be saved."]


def recommendation_in_words(problem: Problem, found: Recommendation) -> str:
    """Tell the candidates, best first, with what they displace, then the reasons against others."""
    lines = [f"Who should take {found.job}:"] if found.candidates else ["Nobody can take it."]
    for rank, candidate in enumerate(found.candidates, start=1):
        lines.extend(_candidate(problem, rank, candidate))
    lines.extend(
        f"  no {reason.technician:<12} {reason_in_words(reason)}" for reason in found.blocked
    )
    return "\n".join(lines)


def reason_in_words(reason: Reason) -> str:
    """Say why somebody cannot take a job.

    >>> reason_in_words(Reason("anna", "overtime", {"needed": 900, "max": 0}))
    'would need 900 s of overtime, at most 0'
    """
    words = REASONS.get(reason.code, reason.code).format(**reason.facts)
    other = reason.facts.get("job")
    return words if other is None or str(other) in words else f"{words} (job {other})"


def _candidate(problem: Problem, rank: int, candidate: Candidate) -> list[str]:
    late = f", {candidate.lateness} s late" if candidate.lateness else ", on time"
    start = clock(problem, candidate.start)
    lines = [f"  {rank}. {candidate.technician:<12} {start}{late}, total {candidate.delta:+}"]
    mates = [each for each in candidate.crew if each != candidate.technician]
    lines.extend([f"       together with {', '.join(mates)}"] if mates else [])
    for move in candidate.moves:
        before, after = clock(problem, move.start_before), clock(problem, move.start_after)
        flips = "; its promise changes" if move.promise_flips else ""
        lines.append(f"       moves {move.job} from {before} to {after}{flips}")
    lines.extend(f"       returns {drop.job} to the queue" for drop in candidate.drops)
    return lines


def _why(problem: Problem, reasons: tuple[Reason, ...]) -> str:
    if not reasons:
        return "there was no time to look further" if problem.technicians else "nobody is there"
    told = [f"{reason.technician} {reason_in_words(reason)}" for reason in reasons[:3]]
    more = [f"and {len(reasons) - 3} more"] if len(reasons) > 3 else []  # noqa: PLR2004 - a line
    return "; ".join([*told, *more])


def clock(problem: Problem, seconds: int) -> str:
    """Give the time of day, in the zone the problem was written in."""
    return f"{problem.origin + timedelta(seconds=seconds):%H:%M}"
