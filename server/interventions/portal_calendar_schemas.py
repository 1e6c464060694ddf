"""Wire shapes of a building manager's calendar."""

from datetime import datetime

from server.kit.wire import Body, Out


class PortalCalendarBody(Body):
    """On gives a new address each time; off ends the one there is."""

    is_on: bool


class PortalCalendarOut(Out):
    """`path` is below the server's address, told once; `given_at` null while there is none."""

    path: str
    given_at: datetime | None
