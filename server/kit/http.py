"""Where exceptions become problem documents and problems become documentation.

Routes declare what they may refuse with `answers`; nothing else in the server speaks HTTP status.
"""

import logging
from collections import defaultdict
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from dispatch.errors import Fault, Refusal
from dispatch.errors import Invalid as CoreInvalid
from server.kit import problems
from server.kit.problems import MEDIA_TYPE, Problem

log: structlog.stdlib.BoundLogger = structlog.get_logger()
UNIQUE_VIOLATION, EXCLUSION_VIOLATION, FOREIGN_KEY_VIOLATION = "23505", "23P01", "23503"
NOT_STORABLE = "A number is too large, or a text holds a zero byte."


class ProblemDocument(msgspec.Struct):
    """RFC 9457 problem details with our stable `code`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, str]] | None = None


def answers(*refusals: type[Problem]) -> dict[int, ResponseSpec]:
    """The problems a route may answer with, for its documentation."""
    by_status: dict[int, list[type[Problem]]] = defaultdict(list)
    for refusal in refusals:
        by_status[refusal.status].append(refusal)
    return {
        status: ResponseSpec(
            data_container=ProblemDocument,
            media_type=MEDIA_TYPE,
            description=" · ".join(f"`{kind.code}` {kind.title}" for kind in kinds),
            generate_examples=False,
        )
        for status, kinds in by_status.items()
    }


def problem_response(problem: Problem) -> Response[dict[str, Any]]:
    return Response(
        problem.document(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def on_problem(_: Request[Any, Any, State], problem: Problem) -> Response[dict[str, Any]]:
    """A designed refusal."""
    return problem_response(problem)


def on_http_exception(
    _: Request[Any, Any, State], error: HTTPException
) -> Response[dict[str, Any]]:
    """What the framework refuses by itself, in our form."""
    if isinstance(error, ValidationException):
        return problem_response(_invalid(error))
    refusal: Problem
    match error.status_code:
        case 401:
            refusal = problems.NotSignedIn()
        case 403:
            refusal = problems.NotAllowed()
        case 404:
            refusal = problems.NotFound()
        case _:
            refusal = Problem(str(error.detail))
    document = refusal.document() | {"status": error.status_code}
    if refusal.code == Problem.code:
        document |= {"code": f"http_{error.status_code}", "title": str(error.detail)}
        document["type"] = f"/problems/http_{error.status_code}"
    return Response(
        document,
        status_code=error.status_code,
        media_type=MEDIA_TYPE,
        headers=dict(error.headers or {}),
    )


def _invalid(error: ValidationException) -> Problem:
    codes = _codes(error)
    faults = [
        Fault(key, codes.get(key, "invalid"), str(entry.get("message", "")))
        for entry in (error.extra if isinstance(error.extra, list) else [])
        if isinstance(entry, dict)
        for key in [str(entry.get("key") or "body")]
    ]
    return problems.Invalid(faults or [Fault("body", "invalid", str(error.detail))])


def _codes(error: ValidationException) -> dict[str, str]:
    """What pydantic calls each fault, by its place: the framework passes on its words only."""
    found = getattr(error.__cause__, "errors", [])
    return {".".join(map(str, each["loc"])).replace("data.", ""): each["type"] for each in found}


def on_bad_body(_: Request[Any, Any, State], error: ValidationError) -> Response[dict[str, Any]]:
    """Every fault of a body at once, each with its path."""
    return problem_response(problems.Invalid(faults_of(error)))


def faults_of(error: ValidationError) -> list[Fault]:
    """Pydantic's findings as faults; the value itself is never echoed."""
    return [
        Fault(".".join(str(part) for part in found["loc"]) or "body", found["type"], found["msg"])
        for found in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def on_refusal(_: Request[Any, Any, State], refusal: Refusal) -> Response[dict[str, Any]]:
    """What the core declines to do: faults of values, or a rule with its facts."""
    if isinstance(refusal, CoreInvalid):
        return problem_response(problems.Invalid(refusal.faults))
    document = {
        "type": f"/problems/{refusal.code}",
        "title": str(refusal),
        "status": 409,
        "detail": str(refusal),
        "code": refusal.code,
    }
    return Response(document, status_code=409, media_type=MEDIA_TYPE)


def on_stale(_: Request[Any, Any, State], _error: StaleDataError) -> Response[dict[str, Any]]:
    """Two changes met; the database kept the first."""
    return problem_response(problems.Stale())


def on_database(request: Request[Any, Any, State], error: DBAPIError) -> Response[dict[str, Any]]:
    """Constraints the code did not foresee, and a database that does not answer."""
    problem = _from_database(error)
    return on_crash(request, error) if problem is None else problem_response(problem)


def _from_database(error: DBAPIError) -> Problem | None:
    if double_booking(error):
        return DoubleBooked()
    state = getattr(error.orig, "sqlstate", None)
    words = str(error.orig)
    if state == UNIQUE_VIOLATION or "UNIQUE constraint" in words:
        return problems.AlreadyExists()
    if isinstance(error, IntegrityError):
        return problems.StillInUse()
    if isinstance(error, DataError):
        return problems.Invalid([Fault("request", "not_storable", NOT_STORABLE)])
    if isinstance(error, OperationalError):
        log.warning("database_unavailable", reason=type(error.orig).__name__)
        return problems.Busy()
    return None


def double_booking(error: DBAPIError) -> bool:
    """Whether the schema refused to have somebody in two places at once."""
    state = getattr(error.orig, "sqlstate", None)
    return state == EXCLUSION_VIOLATION or "double_booked" in str(error.orig)


class DoubleBooked(Problem):
    """One technician, one place at a time: the schema itself says no."""

    status = 409
    code = "double_booked"
    title = "This technician already has a visit at that time."


def on_crash(request: Request[Any, Any, State], error: Exception) -> Response[dict[str, Any]]:
    """A defect of ours: logged whole, told in one sentence, no detail to the outside."""
    log.error("crashed", path=request.url.path, method=request.method, exc_info=error)
    crash = Problem("Something broke on our side. Nothing was written; it has been logged.")
    document = crash.document() | {"status": 500, "code": "crashed", "type": "/problems/crashed"}
    return Response(document, status_code=500, media_type=MEDIA_TYPE)


EXCEPTION_HANDLERS = {
    Problem: on_problem,
    Refusal: on_refusal,
    HTTPException: on_http_exception,
    ValidationError: on_bad_body,
    StaleDataError: on_stale,
    DBAPIError: on_database,
    Exception: on_crash,
}


def quiet_logs() -> None:
    """One line of JSON an event on standard error; never bodies, headers or cookies."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
