"""What a customer was promised: versions, their lines and values, instants and penalties.

How a clock stands at a given time is the business of `dispatch.clocks`.
"""

from dispatch.agreements.choices import Choices, Slot, slots
from dispatch.agreements.clauses import Clause, Question
from dispatch.agreements.contradictions import Contradiction, contradictions
from dispatch.agreements.cost_to_serve import Effort, Rates, monthly_cost
from dispatch.agreements.coverage import Place, uncovered
from dispatch.agreements.credits import (
    Credit,
    CreditLine,
    ServiceMonth,
    credit,
    half_up,
    money_at_risk,
)
from dispatch.agreements.deadlines import Deadlines, deadlines, share_due
from dispatch.agreements.impact import EffectiveDay, Touched, earliest_amendment, touched
from dispatch.agreements.kinds import (
    USUAL_STOPS,
    AgreementKind,
    ClockStart,
    ClockStop,
    Level,
    SeverityPolicy,
)
from dispatch.agreements.late_support import LateSupport, first_late
from dispatch.agreements.lifecycle import (
    BY_ITSELF,
    HOLDS,
    NEEDS_OTHER_PERSON,
    VERSION_MOVES,
    WRITTEN,
    FirstPerson,
    VersionCommand,
    VersionMoveNotAllowed,
    VersionStatus,
    allowed_version_commands,
    move_version,
)
from dispatch.agreements.objectives import FeltMeasure, Objective
from dispatch.agreements.occasions import (
    AROUND,
    Cadence,
    Occasion,
    OccasionState,
    months_later,
    occasions,
)
from dispatch.agreements.penalties import Chronic, Penalties, PenaltyRule, PerBreach, Tiers
from dispatch.agreements.penalty_reading import penalties_as_json, read_penalties
from dispatch.agreements.prices import (
    Charge,
    ChargedMonth,
    Price,
    PriceKind,
    charge,
    price_faults,
)
from dispatch.agreements.resolving import EffectivePolicies, Resolved, resolve
from dispatch.agreements.severity import Severity
from dispatch.agreements.severity_matrix import (
    USUAL_MATRIX,
    Impact,
    Matrix,
    Urgency,
    matrix_faults,
    proposed,
)
from dispatch.agreements.soundness import version_faults
from dispatch.agreements.targets import EscalationStep, Origin, Promise, Target, TargetDuration
from dispatch.agreements.thresholds import (
    AT_RISK_PERCENT,
    INTERNAL_PERCENT,
    USUAL_THRESHOLDS,
    USUAL_WARN_PERCENTS,
    Thresholds,
)
from dispatch.agreements.versions import (
    USUAL_ON_UPGRADE,
    USUAL_REOPEN_SECONDS,
    AgreementVersion,
    Policies,
    ServiceRow,
    VersionsOverlap,
    require_no_overlap,
    versions_in_force,
)
from dispatch.hours import ClockKind, RelativeMode, RelativeTarget

__all__ = [
    "AROUND",
    "AT_RISK_PERCENT",
    "BY_ITSELF",
    "HOLDS",
    "INTERNAL_PERCENT",
    "NEEDS_OTHER_PERSON",
    "USUAL_MATRIX",
    "USUAL_ON_UPGRADE",
    "USUAL_REOPEN_SECONDS",
    "USUAL_STOPS",
    "USUAL_THRESHOLDS",
    "USUAL_WARN_PERCENTS",
    "VERSION_MOVES",
    "WRITTEN",
    "AgreementKind",
    "AgreementVersion",
    "Cadence",
    "Charge",
    "ChargedMonth",
    "Choices",
    "Chronic",
    "Clause",
    "ClockKind",
    "ClockStart",
    "ClockStop",
    "Contradiction",
    "Credit",
    "CreditLine",
    "Deadlines",
    "EffectiveDay",
    "EffectivePolicies",
    "Effort",
    "EscalationStep",
    "FeltMeasure",
    "FirstPerson",
    "Impact",
    "LateSupport",
    "Level",
    "Matrix",
    "Objective",
    "Occasion",
    "OccasionState",
    "Origin",
    "Penalties",
    "PenaltyRule",
    "PerBreach",
    "Place",
    "Policies",
    "Price",
    "PriceKind",
    "Promise",
    "Question",
    "Rates",
    "RelativeMode",
    "RelativeTarget",
    "Resolved",
    "ServiceMonth",
    "ServiceRow",
    "Severity",
    "SeverityPolicy",
    "Slot",
    "Target",
    "TargetDuration",
    "Thresholds",
    "Tiers",
    "Touched",
    "Urgency",
    "VersionCommand",
    "VersionMoveNotAllowed",
    "VersionStatus",
    "VersionsOverlap",
    "allowed_version_commands",
    "charge",
    "contradictions",
    "credit",
    "deadlines",
    "earliest_amendment",
    "first_late",
    "half_up",
    "matrix_faults",
    "money_at_risk",
    "monthly_cost",
    "months_later",
    "move_version",
    "occasions",
    "penalties_as_json",
    "price_faults",
    "proposed",
    "read_penalties",
    "require_no_overlap",
    "resolve",
    "share_due",
    "slots",
    "touched",
    "uncovered",
    "version_faults",
    "versions_in_force",
]
