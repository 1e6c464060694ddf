"""Refusals of the regions domain."""

from server.kit.problems import Problem


class UnknownCountry(Problem):
    """Facts: the code that was given."""

    status = 422
    code = "unknown_country"
    title = "No public holidays are known for this country code."


class UnknownSubdivision(Problem):
    """Facts: the country, and the subdivisions that are known in it."""

    status = 422
    code = "unknown_subdivision"
    title = "No public holidays are known for this part of the country."
