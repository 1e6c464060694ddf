"""Wire shapes of a region's morning brief."""

from datetime import date, datetime
from uuid import UUID

from server.agreements.schemas import ClockKind, Severity
from server.credits.schemas import MoneyAtRiskOut
from server.documents.schemas import ExpiringOut
from server.kit.wire import Out


class BriefLineOut(Out):
    """One intervention worth a word: a promise missed, or what somebody said about it.

    `clock` is the promise that was missed, none where somebody spoke; `csat` is of 5, `effort` of
    7 with 7 the easiest. Of a promise at risk `at` is when it falls due, `expected_at`
    when somebody planned would come.
    """

    intervention_id: UUID
    number: str
    severity: Severity
    site_name: str
    summary: str
    at: datetime
    clock: ClockKind | None = None
    role: str | None = None
    csat: int | None = None
    effort: int | None = None
    comment: str = ""
    expected_at: datetime | None = None


class BriefOut(Out):
    """What happened the day before and what threatens today.

    A watermelon kept every promise and left somebody unhappy all the same; a low score is up to 2
    of 5 or up to 3 of 7, promises kept or not. `at_risk` are promises due today that nothing
    planned will keep, `risks` what they cost where that was agreed; `expiring` are papers of sites
    and lifts that have ended or end within a month. What is wrong with the data of the day is told
    by the check before planning. `made_at` is when the kept one was made, null where it is worked
    out as of now.
    """

    region_id: UUID
    day: date
    day_before: date
    breaches: list[BriefLineOut]
    watermelons: list[BriefLineOut]
    irritations: list[BriefLineOut]
    risks: MoneyAtRiskOut
    expiring: list[ExpiringOut]
    low_scores: list[BriefLineOut]
    at_risk: list[BriefLineOut]
    made_at: datetime | None = None
