"""One region's day: what is known of it becomes a planning problem, and a plan becomes visits.

Planning itself is in `dispatch.planning`; where days are read and plans are kept is the server.
"""

from dispatch.day.changes import Change, ChangeKind, Diff, Measures, Slot, diff
from dispatch.day.chosen import why_chosen
from dispatch.day.comparing import Otherwise, Served, otherwise, person_of, served
from dispatch.day.day import Day, Person, UnderWay, Visit, Work, free_again
from dispatch.day.finding import Finding, Subject, Weight
from dispatch.day.findings import findings
from dispatch.day.offers import Displaced, Offer, Offers, offers, offers_from
from dispatch.day.places import Places
from dispatch.day.question import DayProblem, as_it_stands, to_plan
from dispatch.day.replanning import DayEvent, EventKind, Replanned, replan
from dispatch.day.told import MOMENTS
from dispatch.day.warm import StandingDay
from dispatch.day.weights import WEIGHTS, SeverityWeights, Weights

__all__ = [
    "MOMENTS",
    "WEIGHTS",
    "Change",
    "ChangeKind",
    "Day",
    "DayEvent",
    "DayProblem",
    "Diff",
    "Displaced",
    "EventKind",
    "Finding",
    "Measures",
    "Offer",
    "Offers",
    "Otherwise",
    "Person",
    "Places",
    "Replanned",
    "Served",
    "SeverityWeights",
    "Slot",
    "StandingDay",
    "Subject",
    "UnderWay",
    "Visit",
    "Weight",
    "Weights",
    "Work",
    "as_it_stands",
    "diff",
    "findings",
    "free_again",
    "offers",
    "offers_from",
    "otherwise",
    "person_of",
    "replan",
    "served",
    "to_plan",
    "why_chosen",
]
