"""Refusals of the roster domain."""

from server.kit.problems import Problem


class ShiftOverlaps(Problem):
    """Facts: the id of the shift that stands in the way, and its hours."""

    status = 409
    code = "shift_overlaps"
    title = "This technician already has a shift in these hours."
