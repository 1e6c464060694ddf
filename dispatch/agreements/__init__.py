"""What a customer was promised: severities, targets, versions and the instants they give.

How a clock stands at a given time is the business of `dispatch.clocks`.
"""

from dispatch.agreements.deadlines import Deadlines, deadlines
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
    "ClockKind",
    "ClockStart",
    "Deadlines",
    "Promise",
    "RelativeMode",
    "RelativeTarget",
    "Severity",
    "Target",
    "TargetDuration",
    "Thresholds",
    "VersionsOverlap",
    "deadlines",
    "require_no_overlap",
    "targets_for",
    "version_in_force",
]
