"""Who goes where and when: problem, plan, verification, search, recommendation and its reasons.

Where problems come from (`dispatch.day`) and where plans are kept (the server) is elsewhere.
"""

from dispatch.errors import Fault
from dispatch.planning.assignment import assign
from dispatch.planning.bound import Bound, prove
from dispatch.planning.causes import Anchor, Chain, Link, Since
from dispatch.planning.checking import Verdict, check
from dispatch.planning.difference import Flip, JobChange, PlanDifference, Visit, plan_difference
from dispatch.planning.explanation import (
    Explanation,
    explain,
    written_explanation,
    written_remedy,
    written_why_late,
)
from dispatch.planning.in_time import InTime
from dispatch.planning.job import Announced, Job, Lock
from dispatch.planning.limits import Limits
from dispatch.planning.plan import (
    Cost,
    Plan,
    Reason,
    Route,
    RouteBreak,
    SolverReport,
    Stop,
    Unassigned,
)
from dispatch.planning.plan_file import parse_plan, write_plan
from dispatch.planning.problem import Problem, faults
from dispatch.planning.problem_file import parse_problem, write_problem
from dispatch.planning.reasons import reasons_unassigned
from dispatch.planning.recommendation import (
    Candidate,
    Drop,
    Move,
    Recommendation,
    choose,
    recommend,
)
from dispatch.planning.refusals import (
    BeyondEngine,
    LimitsMissing,
    NoLegalPlan,
    PlanFault,
    PlanRefused,
    ProblemRefused,
    UnknownEngine,
    UnknownJob,
)
from dispatch.planning.relaxing import relaxed
from dispatch.planning.remedies import Remedy, remedies
from dispatch.planning.solver import ENGINES, solve
from dispatch.planning.soonest import Soonest, soonest
from dispatch.planning.stability import Stability
from dispatch.planning.standing import Progress, Standing
from dispatch.planning.technician import Break, Technician
from dispatch.planning.why_late import WhyLate, late_jobs, why_late

__all__ = [
    "ENGINES",
    "Anchor",
    "Announced",
    "BeyondEngine",
    "Bound",
    "Break",
    "Candidate",
    "Chain",
    "Cost",
    "Drop",
    "Explanation",
    "Fault",
    "Flip",
    "InTime",
    "Job",
    "JobChange",
    "Limits",
    "LimitsMissing",
    "Link",
    "Lock",
    "Move",
    "NoLegalPlan",
    "Plan",
    "PlanDifference",
    "PlanFault",
    "PlanRefused",
    "Problem",
    "ProblemRefused",
    "Progress",
    "Reason",
    "Recommendation",
    "Remedy",
    "Route",
    "RouteBreak",
    "Since",
    "SolverReport",
    "Soonest",
    "Stability",
    "Standing",
    "Stop",
    "Technician",
    "Unassigned",
    "UnknownEngine",
    "UnknownJob",
    "Verdict",
    "Visit",
    "WhyLate",
    "assign",
    "check",
    "choose",
    "explain",
    "faults",
    "late_jobs",
    "parse_plan",
    "parse_problem",
    "plan_difference",
    "prove",
    "reasons_unassigned",
    "recommend",
    "relaxed",
    "remedies",
    "solve",
    "soonest",
    "why_late",
    "write_plan",
    "write_problem",
    "written_explanation",
    "written_remedy",
    "written_why_late",
]
