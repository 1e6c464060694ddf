"""Which events concern which role, each as the code by which the pages and mails name it."""

from collections.abc import Mapping

from server.accounts.schemas import Role
from server.kit.tables import Event

MANAGER = {
    "intervention_reported": "reported",
    "visit_dispatched": "planned",
    "visit_moved": "moved",
    "visit_accepted": "accepted",
    "visit_travel_started": "on_the_way",
    "visit_arrived": "arrived",
    "person_released": "person_released",
    "made_safe": "made_safe",
    "back_in_service": "back_in_service",
    "visit_completed": "completed",
    "visit_cannot_complete": "cannot_complete",
    "intervention_cancelled": "cancelled",
    "intervention_refused": "refused",
    "visit_running_late": "delayed",
    "arrival_delayed": "delayed",
    "promise_breached": "delayed",
    "intervention_severity_changed": "severity_changed",
    "intervention_ruled_out_of_scope": "out_of_scope",
    "intervention_brought_in_scope": "in_scope",
    "agreement_version_activated": "agreement_in_force",
    "agreement_version_terminated": "agreement_ends",
    "agreement_version_circulated": "version_to_answer",
    "agreement_proposal_decided": "proposal_decided",
    "office_commented": "answered",
}
TECHNICIAN = {
    "visit_dispatched": "visit_dispatched",
    "visit_moved": "visit_moved",
    "visit_unassigned": "visit_unassigned",
    "visit_cancelled": "visit_cancelled",
}
DISPATCHER = {
    "absence_reported": "absent",
    "absence_requested": "absence_asked",
    "visit_declined": "declined",
    "visit_not_answered": "not_answered",
    "visit_cannot_complete": "cannot_complete",
    "visit_partially_completed": "partially_completed",
    "intervention_reported": "reported",
    "message_unanswered": "message_unanswered",
    "customer_commented": "commented",
    "comment_unanswered": "comment_unanswered",
    "follow_up_ordered": "follow_up",
    "plan_ready": "plan_ready",
    "plan_failed": "plan_failed",
    "clock_at_risk": "at_risk",
    "breach_predicted": "breach_predicted",
    "promise_breached": "promise_breached",
    "promise_escalated": "promise_escalated",
    "recurring_fault": "recurring_fault",
    "visit_conflict": "visit_conflict",
    "approval_wanted": "approval_wanted",
    "clock_skew_noticed": "clock_skew",
    "brief_made": "brief_made",
}
# Whoever keeps the agreements hears of what waits for them there.
KEEPER = DISPATCHER | {
    "agreement_review_overdue": "review_overdue",
    "agreement_change_asked": "change_asked",
    "agreement_owner_gone": "owner_gone",
    "agreement_proposal_made": "terms_proposed",
    "agreement_version_answered": "version_answered",
    "capacity_short": "capacity_short",
}
# Nobody waits beside a lift for its planned maintenance: when it is planned and done is enough.
OF_MAINTENANCE = frozenset({"visit_dispatched", "visit_moved", "visit_completed"})
SOMEBODY_WAITS = Event.data["work_type"].as_string().is_distinct_from("maintenance")
# Half the time being used up is worth a mark, not a notice.
NOTEWORTHY_PERCENT = 75
CODES = {
    Role.MANAGER: MANAGER,
    Role.TECHNICIAN: TECHNICIAN,
    Role.ADMIN: KEEPER,
    Role.EXPERIENCE: KEEPER,
}


def codes_of(role: Role) -> Mapping[str, str]:
    """What this role is told of: kinds of event, and the code of each."""
    return CODES.get(role, DISPATCHER)
