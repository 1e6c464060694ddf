"""Refusals as RFC 9457 problems: a stable code, one sentence to the person who must act.

Each domain subclasses `Problem` next to the rule it guards.
"""

import copyreg
from collections.abc import Sequence
from typing import Any, ClassVar

from dispatch.errors import Fault

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A designed refusal. Facts are numbers and names, never prose."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "The request was refused."

    def __init__(self, detail: str | None = None, **facts: Any) -> None:
        self.detail = detail or self.title
        self.facts = facts
        self.headers: dict[str, str] = {}
        super().__init__(self.detail)

    def __reduce__(self) -> tuple[Any, ...]:
        """Crosses to another process as it is: not every refusal is made from its detail."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    def document(self) -> dict[str, Any]:
        return {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.facts,
        }


class Invalid(Problem):
    """The input has faults; each is listed."""

    status = 422
    code = "invalid"
    title = "Some values cannot be used."

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        where = f"{first.path}: " if first.path else ""
        super().__init__(
            f"{where}{first.sentence}{more}",
            errors=[{"path": f.path, "code": f.code, "detail": f.sentence} for f in faults],
        )


class NotFound(Problem):
    """Unknown, or not yours: the two look the same."""

    status = 404
    code = "not_found"
    title = "There is nothing here that you may see."


class NotSignedIn(Problem):
    status = 401
    code = "not_signed_in"
    title = "Sign in first."

    def __init__(self, *, is_demo: bool = False) -> None:
        # A demo may say so at the door: its logins are public.
        facts: dict[str, Any] = {"demo": True} if is_demo else {}
        super().__init__(**facts)


class NotAllowed(Problem):
    status = 403
    code = "not_allowed"
    title = "Your role does not allow this."


class VersionMissing(Problem):
    status = 428
    code = "version_missing"
    title = "Send If-Match with the version you changed."


class Stale(Problem):
    """Somebody changed it since you looked."""

    status = 412
    code = "stale"
    title = "Somebody changed this since you looked. Reload and try again."


class KeyMissing(Problem):
    status = 400
    code = "idempotency_key_missing"
    title = "Send an Idempotency-Key, so that a repeated call cannot act twice."


class KeyReused(Problem):
    status = 422
    code = "idempotency_key_reused"
    title = "This Idempotency-Key was used for another request."


class StillRunning(Problem):
    status = 409
    code = "still_running"
    title = "The same command is being carried out right now. Ask again in a moment."


class AlreadyExists(Problem):
    status = 409
    code = "already_exists"
    title = "Something with this code or name exists already."


class StillInUse(Problem):
    status = 409
    code = "still_in_use"
    title = "Something else refers to this, or it refers to something that is not there."


class SecondPersonNeeded(Problem):
    """Four eyes: whoever did the first half may not do the second."""

    status = 403
    code = "second_person_needed"
    title = "You did the step before this one yourself: ask a colleague."


class AlreadyDecided(Problem):
    status = 409
    code = "already_decided"
    title = "Somebody has decided this already."


class Busy(Problem):
    """The database did not answer in time; nothing was written."""

    status = 503
    code = "busy"
    title = "The database is busy. Nothing was written; try again in a moment."

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Retry-After": "2"}
