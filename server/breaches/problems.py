"""Refusals of the breaches domain."""

from server.kit.problems import Problem


class BreachOverturned(Problem):
    status = 409
    code = "breach_overturned"
    title = "This promise turned out to be kept: there is nothing to excuse."
