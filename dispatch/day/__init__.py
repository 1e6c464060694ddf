"""One region's day: what is known of it becomes a planning problem, and a plan becomes visits.

Planning itself is in `dispatch.planning`; where days are read and plans are kept is the server.
"""

from dispatch.day.changes import Change, ChangeKind, Diff, Measures, Slot, diff
from dispatch.day.day import Day, Person, UnderWay, Visit, Work, free_again
from dispatch.day.offers import Displaced, Offer, Offers, offers, offers_from
from dispatch.day.question import DayProblem, as_it_stands, to_plan
from dispatch.day.replanning import DayEvent, EventKind, Replanned, replan
from dispatch.day.weights import WEIGHTS, SeverityWeights, Weights

__all__ = [
    "WEIGHTS",
    "Change",
    "ChangeKind",
    "Day",
    "DayEvent",
    "DayProblem",
    "Diff",
    "Displaced",
    "EventKind",
    "Measures",
    "Offer",
    "Offers",
    "Person",
    "Replanned",
    "SeverityWeights",
    "Slot",
    "UnderWay",
    "Visit",
    "Weights",
    "Work",
    "as_it_stands",
    "diff",
    "free_again",
    "offers",
    "offers_from",
    "replan",
    "to_plan",
]
