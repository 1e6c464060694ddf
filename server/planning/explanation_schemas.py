"""Wire shapes of explanations: why a visit is late, what would let work be done at all."""

from datetime import datetime
from uuid import UUID

from server.kit.wire import Out

Facts = dict[str, int | str | None]


class LinkOut(Out):
    """A stretch that leads to a late start without any waiting: `work`, `travel` or `break`."""

    code: str
    seconds: int
    technician_name: str
    number: str | None


class WayOut(Out):
    """What one other way costs: the change of the total, who moves, how many promises it breaks."""

    technician_name: str
    starts_at: datetime
    cost: int
    moved: int
    broken: int


class LateOut(Out):
    """Why a visit starts late. The links follow each other from `since_at` to the start.

    `is_in_reach` says whether anybody who went there first would be in time; if not, `soonest_at`
    is the best there is. `ways` are the cheapest ways to be in time.
    """

    due_at: datetime
    starts_at: datetime
    lateness_seconds: int
    since: str
    since_at: datetime
    links: list[LinkOut]
    is_in_reach: bool
    soonest_at: datetime | None
    soonest_names: list[str]
    ways: list[WayOut]


class ChangeNeededOut(Out):
    """A rule that stands in the way of a technician, and the smallest change that would help."""

    technician_name: str
    code: str
    facts: Facts
    would_need: Facts


class RemedyOut(Out):
    """One way to do the work after all: what must change, and what would be left out for it."""

    way: WayOut
    changes: list[ChangeNeededOut]
    left_out_instead: list[str]


class ExplanationOut(Out):
    """Why work is late in a plan, or what would let it be done; both empty if it is in time."""

    intervention_id: UUID
    late: LateOut | None
    remedies: list[RemedyOut]
