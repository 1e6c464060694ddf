"""Refusals of the planning domain."""

from typing import Any

from server.kit.problems import Problem


class CandidateChanged(Problem):
    """The day moved on since the candidates were read; the new card comes along."""

    status = 409
    code = "candidate_changed"
    title = "The day changed since you looked. Read the new candidates."

    def __init__(self, candidate: dict[str, Any] | None, **more: Any) -> None:
        super().__init__(candidate=candidate, **more)


class DisplacesOthers(Problem):
    """Among many at once nobody reads each bill: what breaks a promise is decided one by one."""

    status = 409
    code = "displaces_others"
    title = "This would break a promise to others. Assign it by itself and read the bill."

    def __init__(self, works: list[str]) -> None:
        super().__init__(works=works)


class NotACandidate(Problem):
    """The reason comes along; a start given by hand overrules it."""

    status = 409
    code = "not_a_candidate"
    title = "This technician cannot take it as things stand."

    def __init__(self, blocked: dict[str, Any] | None) -> None:
        super().__init__(blocked=blocked)


class PlanRunning(Problem):
    """One plan at a time is sought for a region."""

    status = 409
    code = "plan_running"
    title = "A plan is being made for this region already. Wait for it or stop it."

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id=plan_id)


class PlanFilesGone(Problem):
    """Files are kept for some days; a plan that failed or is still sought has no result."""

    status = 410
    code = "plan_files_gone"
    title = "What this plan was made of is not kept any more, or not there yet."

    def __init__(self, plan_status: str) -> None:
        super().__init__(plan_status=plan_status)


class PlansDiffer(Problem):
    """Two versions are compared if they are of one region and one day."""

    status = 409
    code = "plans_differ"
    title = "Only two plans of the same region and day can be compared."


class PlanNotReady(Problem):
    """Only a plan that is ready can be published, only one not published discarded."""

    status = 409
    code = "plan_not_ready"
    title = "This plan cannot be published or stopped where it stands now."

    def __init__(self, plan_status: str) -> None:
        super().__init__(plan_status=plan_status)
