"""Who acts on visits and interventions, and on what condition.

Accounts and log-in are elsewhere; these are the parts people and rules play in the tables.
"""

from enum import StrEnum


class Role(StrEnum):
    """The part somebody plays in a move; a policy and a geofence act without a person."""

    TECHNICIAN = "technician"
    DISPATCHER = "dispatcher"
    PLANNER = "planner"
    MANAGER = "manager"
    POLICY = "policy"
    GEOFENCE = "geofence"


class Condition(StrEnum):
    """What must hold besides the role; whoever carries out the move checks it."""

    ALWAYS = "always"
    URGENT_AND_AUTO_ACCEPTED = "urgent_and_auto_accepted"
    CAN_BE_UNDONE = "can_be_undone"
    WITHIN_BUDGET = "within_budget"
    AGREEMENT_ALLOWS = "agreement_allows"
