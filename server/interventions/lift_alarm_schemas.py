"""Wire shapes of the alarms lifts send by themselves."""

from typing import Literal
from uuid import UUID

from server.kit.wire import Body, Code, Instant, Line, OptionalLine, Out


class LiftAlarmBody(Body):
    """What a lift says of itself: `fault_code` is its controller's, `at` when it says it began.

    Without `at` it is now. The lift is known by its code.
    """

    asset_code: Code
    kind: Literal["person_trapped", "out_of_service", "degraded"]
    fault_code: Line
    at: Instant | None = None
    description: OptionalLine = ""


class LiftAlarmOut(Out):
    """The intervention it opened, or joined where its trouble was known."""

    intervention_id: UUID
    number: str
    is_joined: bool
