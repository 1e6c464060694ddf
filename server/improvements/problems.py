"""Refusals of improvements."""

from server.kit.problems import Problem


class ImprovementOver(Problem):
    status = 409
    code = "improvement_over"
    title = "This improvement was done or dropped already."
