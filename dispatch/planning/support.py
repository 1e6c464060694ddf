"""What the optimiser cannot plan yet, refused by name; the verification in `checking` can it all.

Each refusal disappears with the feature that lifts it.
"""

from dispatch.planning.problem import Problem
from dispatch.planning.refusals import NotYetSupported


def refuse_unsupported(problem: Problem) -> None:
    """Raise `NotYetSupported` if jobs need crews or an order, or if work is to be balanced."""
    crews = [job.id for job in problem.jobs if job.crew > 1]
    if crews:
        raise NotYetSupported("crews of several technicians", crews)
    followers = [job.id for job in problem.jobs if job.after]
    if followers:
        raise NotYetSupported("jobs that follow others", followers)
    if problem.balance_cost:
        raise NotYetSupported("a balance cost", ())
