"""Refusals of the interventions domain."""

from collections.abc import Iterable
from uuid import UUID

from server.kit.problems import Problem


class DecisionRefused(Problem):
    """What can be decided from here comes along."""

    status = 409
    code = "move_not_allowed"
    title = "This cannot be decided where the intervention stands now."

    def __init__(self, standing: str, allowed: Iterable[str]) -> None:
        super().__init__(intervention_status=standing, allowed=list(allowed))


class AlreadyPlanned(Problem):
    """Somebody else sent somebody: whoever overrules that says so."""

    status = 409
    code = "already_planned"
    title = "Somebody is already planned for this. Look at the visit first."

    def __init__(self, visit_id: UUID, visit_status: str) -> None:
        super().__init__(visit_id=str(visit_id), visit_status=visit_status)


class VisitFrozen(Problem):
    """A visit under way, over, locked or promised by its technician stays where it is."""

    status = 409
    code = "visit_frozen"
    title = "This visit can no longer be moved."

    def __init__(self, visit_id: UUID, visit_status: str) -> None:
        super().__init__(visit_id=str(visit_id), visit_status=visit_status)


class InterventionEnded(Problem):
    status = 409
    code = "intervention_ended"
    title = "This intervention is over. Reopen it first."


class TechnicianInactive(Problem):
    status = 409
    code = "technician_inactive"
    title = "This technician no longer works here."
