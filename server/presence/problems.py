"""Refusals of the presence domain."""

from server.kit.problems import Problem


class LocationNotOffered(Problem):
    """The operator does not ask for positions at all."""

    status = 409
    code = "location_not_offered"
    title = "Nobody is located here."


class NoticeOutdated(Problem):
    """Facts: the number of the notice that holds now."""

    status = 409
    code = "notice_outdated"
    title = "What you agreed to has changed: read the notice again."
