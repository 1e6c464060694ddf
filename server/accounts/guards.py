"""Who may call a route: declared on the route's own line, checked before anything runs.

A route without a declaration does not start (see `server.app`).
"""

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.problems import NotAllowed, NotSignedIn

Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]
EVERYONE = tuple(Role)
STAFF_READERS = (Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.AUDITOR)
DISPATCH = (Role.ADMIN, Role.DISPATCHER)


def allow(*roles: Role) -> dict[str, Any]:
    """`@get(..., **allow(Role.ADMIN))`: signed-in callers with one of these roles."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        scope = connection.scope.get("user")
        if not isinstance(scope, Scope):
            raise NotSignedIn(is_demo=connection.app.state.settings.is_demo)
        if scope.role not in roles:
            raise NotAllowed

    return {"guards": [guard], "opt": {"roles": tuple(role.value for role in roles)}}


def public() -> dict[str, Any]:
    """`@get(..., **public())`: anybody, signed in or not."""
    return {"opt": {"roles": ("anyone",)}}
