"""Differences between plans in plain words for a terminal.

The commands are in `explaining`; the pages have their own words in four languages.
"""

from dispatch.planning import JobChange, PlanDifference, Problem, Visit
from dispatch.planning.difference import Flip
from server.cli.planning_words import clock

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
