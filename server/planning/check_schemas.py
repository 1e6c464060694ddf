"""Wire shapes of the check of a day's data before planning."""

from datetime import date
from typing import Literal
from uuid import UUID

from server.kit.wire import Out


class FixOut(Out):
    """Where it is mended: the page that does it, if there is one, and the call that does it."""

    page: str | None
    call: str


class FindingOut(Out):
    """One fault in the data: `blocks` keeps work out of any plan, `warns` makes the plan worse.

    `affected` is how many pieces of work suffer from it.
    """

    code: str
    weight: Literal["blocks", "warns", "tells"]
    subject: Literal["region", "technician", "skill", "work", "site"]
    subject_id: UUID | None
    subject_name: str
    sentence: str
    facts: dict[str, int | str | None]
    affected: int
    fix: FixOut


class PlanningCheckOut(Out):
    """What would spoil a plan of this day, the gravest first.

    `blocked` is how many pieces of work no plan can serve as things stand, `affected` how many
    any finding touches; `work` and `technicians` are all there are.
    """

    region_id: UUID
    day: date
    work: int
    technicians: int
    blocked: int
    affected: int
    findings: list[FindingOut]
