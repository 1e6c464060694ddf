"""Refusals of the roster domain."""

from server.kit.problems import Problem


class ShiftOverlaps(Problem):
    """Facts: the id of the shift that stands in the way, and its hours."""

    status = 409
    code = "shift_overlaps"
    title = "This technician already has a shift in these hours."


class CalendarFeedEnded(Problem):
    """Nobody's calendar is read at this address, or not any more."""

    status = 410
    code = "calendar_feed_ended"
    title = "This calendar address does not hold any more. Ask for a new one."
