"""Refusals of the invoicing domain."""

from server.kit.problems import Problem


class AlreadyIssued(Problem):
    """A statement stands for good; what was wrong in it comes off the next one as a credit note."""

    status = 409
    code = "already_issued"
    title = "This month's statement has been issued already."
