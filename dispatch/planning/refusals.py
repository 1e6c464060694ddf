"""What can be refused about a problem or a plan, and the errors that say so.

The rules that find the faults are in `contradictions` and `checking`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it stands, which kind it is, and a sentence about it.

    >>> str(Fault("jobs[0].due", "not_an_integer", "give whole seconds"))
    'jobs[0].due: give whole seconds (not_an_integer)'
    """

    path: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence} ({self.code})"


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


class _RefusedError(ValueError):
    what = "document"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(f"the {self.what} has {len(self.faults)} fault(s):\n{listed}")


class ProblemRefused(_RefusedError):
    """The problem contradicts itself; carries every fault at once."""

    what = "problem"


class PlanRefused(_RefusedError):
    """The plan cannot be read or does not belong to this problem; carries every fault at once."""

    what = "plan"


class NotYetSupported(ValueError):
    """The optimiser cannot plan this kind of job yet; names the feature and the jobs."""

    code = "not_yet_supported"

    def __init__(self, feature: str, jobs: Sequence[str]) -> None:
        self.feature = feature
        self.jobs = tuple(jobs)
        concerned = f" (jobs {', '.join(self.jobs)})" if self.jobs else ""
        super().__init__(f"{self.code}: planning with {feature} is not available yet{concerned}")


class NoLegalPlan(ValueError):
    """No plan that keeps every hard rule was found; carries the rules the best attempt breaks."""

    code = "no_legal_plan"

    def __init__(self, faults: Sequence[PlanFault]) -> None:
        self.faults = tuple(faults)
        listed = "; ".join(f"{fault.code}: {fault.detail}" for fault in self.faults)
        super().__init__(f"no legal plan was found: {listed}")


class UnknownEngine(ValueError):
    """No engine has this name; carries the name and those that exist."""

    code = "unknown_engine"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"no engine is called {name!r}; choose one of {', '.join(self.known)}")


class UnknownJob(ValueError):
    """The job asked about is not in the problem, or the plan serves it already."""

    code = "unknown_job"

    def __init__(self, job: str, reason: str) -> None:
        self.job = job
        super().__init__(f"job {job!r} {reason}")
