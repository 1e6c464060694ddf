"""What a customer was promised: severities, targets, versions, their instants, and penalties.

How a clock stands at a given time is the business of `dispatch.clocks`.
"""

from dispatch.agreements.credits import (
    Credit,
    CreditLine,
    ServiceMonth,
    credit,
    money_at_risk,
)
from dispatch.agreements.deadlines import Deadlines, deadlines
from dispatch.agreements.penalties import Chronic, Penalties, PenaltyRule, PerBreach, Tiers
from dispatch.agreements.penalty_reading import read_penalties
from dispatch.agreements.severity import Severity
from dispatch.agreements.targets import (
    AT_RISK_PERCENT,
    INTERNAL_PERCENT,
    USUAL_THRESHOLDS,
    ClockStart,
    Promise,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.agreements.versions import (
    AgreementVersion,
    VersionsOverlap,
    require_no_overlap,
    targets_for,
    version_in_force,
)
from dispatch.hours import ClockKind, RelativeMode, RelativeTarget

__all__ = [
    "AT_RISK_PERCENT",
    "INTERNAL_PERCENT",
    "USUAL_THRESHOLDS",
    "AgreementVersion",
    "Chronic",
    "ClockKind",
    "ClockStart",
    "Credit",
    "CreditLine",
    "Deadlines",
    "Penalties",
    "PenaltyRule",
    "PerBreach",
    "Promise",
    "RelativeMode",
    "RelativeTarget",
    "ServiceMonth",
    "Severity",
    "Target",
    "TargetDuration",
    "Thresholds",
    "Tiers",
    "VersionsOverlap",
    "credit",
    "deadlines",
    "money_at_risk",
    "read_penalties",
    "require_no_overlap",
    "targets_for",
    "version_in_force",
]
