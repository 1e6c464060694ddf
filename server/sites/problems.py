"""Refusals of the sites domain."""

from server.kit.problems import Problem


class GeocoderNotConfigured(Problem):
    status = 503
    code = "geocoder_not_configured"
    title = "No address service is set up. Drop a pin on the map instead."


class GeocoderUnavailable(Problem):
    """The address service did not answer, or not in a form we know."""

    status = 503
    code = "geocoder_unavailable"
    title = "The address service does not answer. Drop a pin on the map, or try again later."

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Retry-After": "60"}
