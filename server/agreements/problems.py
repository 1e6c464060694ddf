"""Refusals of the agreements domain."""

from server.kit.problems import Problem


class VersionsOverlap(Problem):
    """Facts: the agreement and the number of the version that holds these days already."""

    status = 409
    code = "versions_overlap"
    title = "Another version is in force on some of these days."
