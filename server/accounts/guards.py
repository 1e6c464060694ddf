"""Who may call a route: declared on the route's own line, checked before anything runs.

A route without a declaration does not start (see `server.app`).
"""

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from server.accounts.problems import ReadingReasonMissing
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.tables import SignedIn
from server.kit.problems import NotAllowed, NotSignedIn

Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]
EVERYONE = tuple(Role)
STAFF_READERS = (Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.AUDITOR)
DISPATCH = (Role.ADMIN, Role.DISPATCHER)


def allow(*roles: Role, asks_reason: bool = True) -> dict[str, Any]:
    """`@get(..., **allow(Role.ADMIN))`: signed-in callers with one of these roles.

    An auditor's session says why it reads before anything but itself answers. A program has no
    session: its key says whose it is and what for.
    """

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        scope = connection.scope.get("user")
        if not isinstance(scope, Scope):
            raise NotSignedIn(is_demo=connection.app.state.settings.is_demo)
        if scope.role not in roles:
            raise NotAllowed
        if asks_reason and waits_for_reason(scope.role, connection.scope.get("auth")):
            raise ReadingReasonMissing

    return {"guards": [guard], "opt": {"roles": tuple(role.value for role in roles)}}


def waits_for_reason(role: Role, opened: object) -> bool:
    """Whether this is a session of an auditor who has not said why they read."""
    return role is Role.AUDITOR and isinstance(opened, SignedIn) and not opened.has_reason


def public() -> dict[str, Any]:
    """`@get(..., **public())`: anybody, signed in or not."""
    return {"opt": {"roles": ("anyone",)}}
