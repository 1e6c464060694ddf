"""What the planner refuses, and the rules a plan breaks, each with a code and its facts.

The rules that find the faults are in `contradictions` and `checking`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.errors import Invalid, Refusal


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One rule a plan breaks: its code, the job and technician concerned, and the figures.

    >>> PlanFault("window_missed", "starts 60 s after 3600", job="j1").to_mapping()
    {'code': 'window_missed', 'job': 'j1', 'detail': 'starts 60 s after 3600'}
    """

    code: str
    detail: str
    job: str | None = None
    technician: str | None = None

    def to_mapping(self) -> dict[str, str]:
        """Name only what is concerned, in the order of the planning contract."""
        named = {"code": self.code, "job": self.job, "technician": self.technician}
        given = {key: value for key, value in named.items() if value is not None}
        return given | {"detail": self.detail}


class ProblemRefused(Invalid):
    """The problem contradicts itself; carries every fault at once."""

    code = "problem_refused"


class PlanRefused(Invalid):
    """The plan cannot be read or does not belong to this problem; carries every fault at once."""

    code = "plan_refused"


class LimitsMissing(Refusal):
    """The search was given no end: neither seconds with a clock nor iterations."""

    code = "limits_missing"

    def __init__(self) -> None:
        super().__init__("give the search seconds and a clock, or a number of iterations")


class NoLegalPlan(Refusal):
    """No plan that keeps every hard rule was found; carries the rules the best attempt breaks."""

    code = "no_legal_plan"

    def __init__(self, faults: Sequence[PlanFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{self.code}: {'; '.join(_told(fault) for fault in self.faults)}")


class UnknownEngine(Refusal):
    """No engine has this name; carries the name and those that exist."""

    code = "unknown_engine"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"no engine is called {name!r}; choose one of {', '.join(self.known)}")


class BeyondEngine(Refusal):
    """This engine has no words for a rule of the problem; names the engine, rule and jobs."""

    code = "beyond_engine"

    def __init__(self, engine: str, feature: str, jobs: Sequence[str]) -> None:
        self.engine = engine
        self.feature = feature
        self.jobs = tuple(jobs)
        concerned = f" (jobs {', '.join(self.jobs)})" if self.jobs else ""
        super().__init__(f"{self.code}: the engine {engine!r} cannot plan {feature}{concerned}")


class UnknownJob(Refusal):
    """The job asked about is not in the problem, or the plan serves it already."""

    code = "unknown_job"

    def __init__(self, job: str, reason: str) -> None:
        self.job = job
        super().__init__(f"job {job!r} {reason}")


def _told(fault: PlanFault) -> str:
    concerned = " ".join(name for name in (fault.job, fault.technician) if name)
    return f"{fault.code} {concerned}: {fault.detail}"
