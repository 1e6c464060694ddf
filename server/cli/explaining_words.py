"""Differences between plans, why late and what would help, in plain words for a terminal.

The commands are in `explaining`; the pages have their own words in four languages.
"""

from dispatch.planning import (
    Anchor,
    Chain,
    Flip,
    InTime,
    JobChange,
    Link,
    PlanDifference,
    Problem,
    Reason,
    Remedy,
    Since,
    Visit,
    WhyLate,
)
from dispatch.planning.explanation import Explanation
from server.cli.planning_words import clock, reason_in_words

FLIPS = {Flip.KEPT: "; its promise is kept again", Flip.BROKEN: "; its promise is broken"}


def difference_in_words(problem: Problem, found: PlanDifference) -> str:
    """Tell each job that changes in a line, then what the bill changes by.

    >>> from datetime import UTC, datetime
    >>> question = Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),))
    >>> difference_in_words(question, PlanDifference((), {"travel": 0}, 0))
    'Nothing changes.'
    """
    if not found.changes and not found.total:
        return "Nothing changes."
    lines = [_change(problem, change) for change in found.changes]
    terms = ", ".join(f"{name} {value:+}" for name, value in found.terms.items() if value)
    total = f"Total {found.total:+}"
    return "\n".join([*lines, f"{total}: {terms}" if terms else total])


def _change(problem: Problem, change: JobChange) -> str:
    before = _visit(problem, change.before)
    flip = "" if change.flip is None else FLIPS[change.flip]
    return f"  {change.job:<14} {before} -> {_visit(problem, change.after)}{flip}"


def _visit(problem: Problem, visit: Visit | None) -> str:
    if visit is None:
        return "left out"
    late = f" ({visit.lateness} s late)" if visit.lateness else ""
    return f"{' + '.join(visit.technicians)} {clock(problem, visit.start)}{late}"


SINCE = {
    Since.SHIFT: "{technician} sets out at {moment}",
    Since.NOW: "nothing can begin before now, {moment}",
    Since.RELEASE: "{job} may not begin before {moment}",
    Since.WINDOW: "the window of {job} opens at {moment}",
    Since.LOCKED: "the start of {job} is fixed at {moment}",
    Since.ANNOUNCED: "{job} was announced for no sooner than {moment}",
    Since.BREAK: "the break of {technician} may not begin before {moment}",
}

LINKS = {"travel": "travel to {job}", "work": "work on {job}", "break": "the break"}

CHANGES = {
    "skill_missing": "{technician} would need {skill} at level {level}",
    "not_allowed": "{technician} would have to be allowed to do it",
    "excluded": "{technician} would have to be no longer excluded",
    "overtime": "{technician} would need {overtime_max} s of overtime",
    "off_shift": "{technician} would need {overtime_max} s of overtime to set out at all",
    "window_missed": "the window would have to stay open until {window_closes}",
    "over_capacity": "{technician} would have to carry {capacity}",
    "break_impossible": "{technician} could rest at {break_latest} only",
    "crew_incomplete": "a crew of {crew} would have to be enough",
    "over_budget": "{budget} promises would have to be allowed to move",
}
MOMENTS = {"window_closes", "break_latest", "locked_start"}


def explanation_in_words(problem: Problem, found: Explanation) -> str:
    """Tell why each late job is late, then what would have to change for those left out.

    >>> from datetime import UTC, datetime
    >>> question = Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),))
    >>> explanation_in_words(question, Explanation((), ()))
    'Nothing is late and nothing left out.'
    """
    lines = [line for late in found.late for line in _late(problem, late)]
    for job, ways in found.left_out:
        lines.append(f"{job} is left out." if ways else f"{job} is left out; nothing would help.")
        lines.extend(f"  {_remedy(problem, remedy)}" for remedy in ways)
    return "\n".join(lines) or "Nothing is late and nothing left out."


def _late(problem: Problem, found: WhyLate) -> list[str]:
    due, start = clock(problem, found.due), clock(problem, found.start)
    head = f"{found.job} is {found.lateness} s late: due {due}, begins {start}."
    lines = [head, f"  because {_chain(problem, found.chain)}"]
    if found.soonest is None:
        return [*lines, "  nobody could go there at all"]
    crew = " + ".join(found.soonest.technicians)
    soonest = f"{crew} at {clock(problem, found.soonest.start)}"
    if not found.is_in_reach:
        why = _chain(problem, found.soonest.chain)
        return [*lines, f"  nobody could be in time; the soonest is {soonest}: {why}"]
    lines.append(f"  going there first, {soonest} would be the soonest")
    lines.extend(f"  {_way(problem, way)}" for way in found.in_time)
    lines.extend(f"  no {each.technician}: {reason_in_words(each)}" for each in found.against[:3])
    return lines


def _chain(problem: Problem, chain: Chain) -> str:
    links = ", ".join(f"{_link(link)} {link.seconds} s" for link in chain.links)
    since = _since(problem, chain.since)
    return f"{since}, then {links}" if links else since


def _since(problem: Problem, anchor: Anchor) -> str:
    moment = clock(problem, anchor.moment)
    return SINCE[anchor.code].format(moment=moment, technician=anchor.technician, job=anchor.job)


def _link(link: Link) -> str:
    return LINKS[link.code].format(job=link.job)


def _way(problem: Problem, way: InTime) -> str:
    start = clock(problem, way.start)
    return f"{way.technician} could be there at {start}: {_effect(way.difference)}"


def _effect(difference: PlanDifference) -> str:
    terms = ", ".join(f"{name} {value:+}" for name, value in difference.terms.items() if value)
    total = f"total {difference.total:+} ({terms})" if terms else f"total {difference.total:+}"
    broken = [each.job for each in difference.changes if each.flip is Flip.BROKEN]
    return f"{total}; breaks the promise of {', '.join(broken)}" if broken else total


def _remedy(problem: Problem, remedy: Remedy) -> str:
    needs = [_mending(problem, reason) for reason in remedy.changes]
    needs.extend(f"{job} would have to be left out instead" for job in remedy.drops)
    head = " and ".join(needs) or "no rule would have to change"
    start = clock(problem, remedy.start)
    return f"{head}: {remedy.technician} at {start}, {_effect(remedy.difference)}"


def _mending(problem: Problem, reason: Reason) -> str:
    need = dict(reason.would_need)
    rule = need.pop("rule", None)
    if rule is not None:  # what would complete a crew is against somebody else
        return _mending(problem, Reason(str(need.pop("technician")), str(rule), {}, need))
    if reason.code == "locked":
        whom = reason.would_need.get("locked_technician")
        if whom is not None:
            return f"it would have to be given to {whom}"
        return f"the fixed start would have to be {_told(problem, reason, 'locked_start')}"
    values = {name: _told(problem, reason, name) for name in reason.would_need}
    words = CHANGES[reason.code].format(technician=reason.technician, **values)
    other = reason.facts.get("job")
    return words if other is None else f"{words} (of {other})"


def _told(problem: Problem, reason: Reason, name: str) -> object:
    value = reason.would_need[name]
    return clock(problem, value) if name in MOMENTS and isinstance(value, int) else value
