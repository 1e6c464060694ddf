"""One region's day: what is known of it becomes a planning problem, and a plan becomes visits.

Planning itself is in `dispatch.planning`; where days are read and plans are kept is the server.
"""

from dispatch.day.cascade import Cascade, Later, cascade
from dispatch.day.changes import Change, ChangeKind, Diff, Measures, Slot, diff
from dispatch.day.chosen import why_chosen
from dispatch.day.closures import Closure
from dispatch.day.comparing import Otherwise, Served, otherwise, person_of, served
from dispatch.day.day import Day, Person, UnderWay, Visit, Work, free_again
from dispatch.day.finding import Finding, Subject, Weight
from dispatch.day.findings import findings
from dispatch.day.offers import Displaced, Offer, Offers, offers, offers_from
from dispatch.day.places import Places
from dispatch.day.policy import GOALS, Goal, policy_faults, weights_of, with_aims
from dispatch.day.question import DayProblem, as_it_stands, to_plan
from dispatch.day.replanning import DayEvent, EventKind, Replanned, replan
from dispatch.day.scenarios import Extra, PastCall, Sick, Storm, Supposed, is_invented, supposing
from dispatch.day.told import MOMENTS
from dispatch.day.warm import StandingDay
from dispatch.day.weights import WEIGHTS, SeverityWeights, Weights

__all__ = [
    "GOALS",
    "MOMENTS",
    "WEIGHTS",
    "Cascade",
    "Change",
    "ChangeKind",
    "Closure",
    "Day",
    "DayEvent",
    "DayProblem",
    "Diff",
    "Displaced",
    "EventKind",
    "Extra",
    "Finding",
    "Goal",
    "Later",
    "Measures",
    "Offer",
    "Offers",
    "Otherwise",
    "PastCall",
    "Person",
    "Places",
    "Replanned",
    "Served",
    "SeverityWeights",
    "Sick",
    "Slot",
    "StandingDay",
    "Storm",
    "Subject",
    "Supposed",
    "UnderWay",
    "Visit",
    "Weight",
    "Weights",
    "Work",
    "as_it_stands",
    "cascade",
    "diff",
    "findings",
    "free_again",
    "is_invented",
    "offers",
    "offers_from",
    "otherwise",
    "person_of",
    "policy_faults",
    "replan",
    "served",
    "supposing",
    "to_plan",
    "weights_of",
    "why_chosen",
    "with_aims",
]
