"""Who may give which command, on what condition, and what the command must carry.

Which command is possible from where is in `visits` and `decisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dispatch.interventions.decisions import InterventionCommand
from dispatch.interventions.roles import Condition, Role
from dispatch.interventions.visits import VisitCommand

Permissions = Mapping[Role, Condition]


class Requirement(StrEnum):
    """Something a command is refused without."""

    REASON = "reason"
    CAUSE = "cause"
    ACTION = "action"
    EVIDENCE = "evidence"  # the checklist, photos and signature its work type asks for
    REMAINING = "remaining"  # what is left to do


ALWAYS = Condition.ALWAYS
TECHNICIAN: Permissions = MappingProxyType({Role.TECHNICIAN: ALWAYS})
DISPATCHER: Permissions = MappingProxyType({Role.DISPATCHER: ALWAYS})
ON_SITE_OR_OFFICE: Permissions = MappingProxyType({**TECHNICIAN, **DISPATCHER})
OFFICE_OR_POLICY: Permissions = MappingProxyType({**DISPATCHER, Role.POLICY: ALWAYS})
PLANNING: Permissions = MappingProxyType({**DISPATCHER, Role.PLANNER: ALWAYS})
PLANNING_WITHIN_BUDGET: Permissions = MappingProxyType(
    {**DISPATCHER, Role.PLANNER: Condition.WITHIN_BUDGET}
)
OFFICE_OR_CUSTOMER: Permissions = MappingProxyType(
    {**DISPATCHER, Role.MANAGER: Condition.AGREEMENT_ALLOWS}
)

VISIT_PERMISSIONS: Mapping[VisitCommand, Permissions] = MappingProxyType(
    {
        VisitCommand.PROPOSE: PLANNING,
        VisitCommand.DISPATCH: OFFICE_OR_POLICY,
        VisitCommand.ACCEPT: MappingProxyType(
            {**TECHNICIAN, Role.POLICY: Condition.URGENT_AND_AUTO_ACCEPTED}
        ),
        VisitCommand.DECLINE: TECHNICIAN,
        VisitCommand.START_TRAVEL: TECHNICIAN,
        VisitCommand.ARRIVE: MappingProxyType(
            {**TECHNICIAN, Role.GEOFENCE: Condition.CAN_BE_UNDONE}
        ),
        VisitCommand.START_WORK: TECHNICIAN,
        VisitCommand.PAUSE: ON_SITE_OR_OFFICE,
        VisitCommand.RESUME: ON_SITE_OR_OFFICE,
        VisitCommand.COMPLETE: TECHNICIAN,
        VisitCommand.COMPLETE_PARTIALLY: TECHNICIAN,
        VisitCommand.CANNOT_COMPLETE: TECHNICIAN,
        VisitCommand.UNASSIGN: PLANNING_WITHIN_BUDGET,
        VisitCommand.REASSIGN: PLANNING_WITHIN_BUDGET,
        VisitCommand.CANCEL: OFFICE_OR_CUSTOMER,
    }
)

INTERVENTION_PERMISSIONS: Mapping[InterventionCommand, Permissions] = MappingProxyType(
    {
        InterventionCommand.QUALIFY: OFFICE_OR_POLICY,
        InterventionCommand.REFUSE: DISPATCHER,
        InterventionCommand.HOLD: DISPATCHER,
        InterventionCommand.RELEASE_HOLD: DISPATCHER,
        InterventionCommand.CLOSE: OFFICE_OR_POLICY,
        InterventionCommand.REOPEN: DISPATCHER,
        InterventionCommand.CANCEL: OFFICE_OR_CUSTOMER,
        InterventionCommand.RULE_OUT_OF_SCOPE: DISPATCHER,
        InterventionCommand.BRING_IN_SCOPE: DISPATCHER,
    }
)

VISIT_REQUIREMENTS: Mapping[VisitCommand, tuple[Requirement, ...]] = MappingProxyType(
    {
        VisitCommand.DECLINE: (Requirement.REASON,),
        VisitCommand.PAUSE: (Requirement.REASON,),
        VisitCommand.COMPLETE: (Requirement.CAUSE, Requirement.ACTION, Requirement.EVIDENCE),
        VisitCommand.COMPLETE_PARTIALLY: (Requirement.REMAINING,),
        VisitCommand.CANNOT_COMPLETE: (Requirement.REASON,),
        VisitCommand.CANCEL: (Requirement.REASON,),
    }
)

INTERVENTION_REQUIREMENTS: Mapping[InterventionCommand, tuple[Requirement, ...]] = MappingProxyType(
    {
        InterventionCommand.REFUSE: (Requirement.REASON,),
        InterventionCommand.HOLD: (Requirement.REASON,),
        InterventionCommand.REOPEN: (Requirement.REASON,),
        InterventionCommand.CANCEL: (Requirement.REASON,),
        InterventionCommand.RULE_OUT_OF_SCOPE: (Requirement.REASON,),
    }
)


def permission(role: Role, command: VisitCommand | InterventionCommand) -> Condition | None:
    """Say on what condition a role may give a command; None means never.

    >>> permission(Role.PLANNER, VisitCommand.UNASSIGN).value
    'within_budget'
    """
    match command:
        case VisitCommand():
            return VISIT_PERMISSIONS[command].get(role)
        case InterventionCommand():
            return INTERVENTION_PERMISSIONS[command].get(role)


def requirements(command: VisitCommand | InterventionCommand) -> tuple[Requirement, ...]:
    """List what a command must carry.

    >>> [requirement.value for requirement in requirements(VisitCommand.COMPLETE)]
    ['cause', 'action', 'evidence']
    """
    match command:
        case VisitCommand():
            return VISIT_REQUIREMENTS.get(command, ())
        case InterventionCommand():
            return INTERVENTION_REQUIREMENTS.get(command, ())
