"""Interventions and visits: their tables, derived status, facts and reasons to pause.

Clocks are computed in `dispatch.clocks`; storage and the web are in the server.
"""

from dispatch.interventions.decisions import (
    DECISIONS,
    Decided,
    DecisionNotAllowed,
    InterventionCommand,
    InterventionStatus,
    decided_by_completion,
    require_decision,
)
from dispatch.interventions.facts import Fact, FactKind, recorded, time_of
from dispatch.interventions.pauses import (
    PAUSE_RULES,
    PauseNotAllowed,
    PauseReason,
    PauseRule,
    RecordedPause,
    clocks_stopped,
    require_pause,
)
from dispatch.interventions.permissions import (
    INTERVENTION_PERMISSIONS,
    INTERVENTION_REQUIREMENTS,
    VISIT_PERMISSIONS,
    VISIT_REQUIREMENTS,
    Requirement,
    permission,
    requirements,
)
from dispatch.interventions.roles import Condition, Role
from dispatch.interventions.status import derive_status
from dispatch.interventions.visits import (
    OPEN_STATUSES,
    PLANNED_STATUSES,
    UNDER_WAY_STATUSES,
    VISIT_MOVES,
    MoveNotAllowed,
    VisitCommand,
    VisitStatus,
    allowed_commands,
    move,
)

__all__ = [
    "DECISIONS",
    "INTERVENTION_PERMISSIONS",
    "INTERVENTION_REQUIREMENTS",
    "OPEN_STATUSES",
    "PAUSE_RULES",
    "PLANNED_STATUSES",
    "UNDER_WAY_STATUSES",
    "VISIT_MOVES",
    "VISIT_PERMISSIONS",
    "VISIT_REQUIREMENTS",
    "Condition",
    "Decided",
    "DecisionNotAllowed",
    "Fact",
    "FactKind",
    "InterventionCommand",
    "InterventionStatus",
    "MoveNotAllowed",
    "PauseNotAllowed",
    "PauseReason",
    "PauseRule",
    "RecordedPause",
    "Requirement",
    "Role",
    "VisitCommand",
    "VisitStatus",
    "allowed_commands",
    "clocks_stopped",
    "decided_by_completion",
    "derive_status",
    "move",
    "permission",
    "recorded",
    "require_decision",
    "require_pause",
    "requirements",
    "time_of",
]
