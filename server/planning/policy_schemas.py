"""Wire shapes of what a region's days are planned by."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from server.kit.wire import Body, Out


class GoalOut(Out):
    """One goal: its weight, the usual one, and between what it may be.

    Counted in seconds of driving, or in driving for each second where `is_rate`.
    """

    name: str
    value: int
    usual: int
    least: int
    most: int
    is_rate: bool


class GoalChangeOut(Out):
    name: str
    before: int
    after: int


class PolicyVersionOut(Out):
    """One change of the goals: what it changed, who made it, when and why."""

    number: int
    made_by: str
    made_at: datetime
    reason: str
    changes: list[GoalChangeOut]


class PlanningPolicyOut(Out):
    """What a region's days are planned by; version 0 where nobody has changed anything yet."""

    region_id: UUID
    version: int
    goals: list[GoalOut]
    history: list[PolicyVersionOut]


class PolicyBody(Body):
    """The goals that are not to be the usual ones, all of them; none is back to the usual."""

    goals: Annotated[dict[str, int], Field(max_length=50)]
    reason: Annotated[str, Field(max_length=500)] = ""
