"""Wire shapes of alarms: what needs a decision now, and who has seen it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from server.agreements.schemas import Severity
from server.kit.wire import Body, Out

AlarmKind = Literal["entrapment", "about_to_break", "declined", "not_answered", "unanswered_report"]


class SeenByOut(Out):
    """Somebody who has seen an alarm."""

    name: str
    at: datetime


class AlarmOut(Out):
    """Something somebody must decide; `alarm` names it and since when, so a new one rings."""

    alarm: str
    kind: AlarmKind
    intervention_id: UUID
    number: str
    site_name: str
    severity: Severity
    since: datetime
    due_at: datetime | None
    seen_by: list[SeenByOut]
    is_seen: bool


class AlarmsOut(Out):
    """What needs a decision in a region, the gravest first."""

    alarms: list[AlarmOut]


class AlarmSeenBody(Body):
    """The caller has seen this alarm of a region."""

    region_id: UUID
    alarm: Annotated[str, StringConstraints(min_length=1, max_length=120)]
