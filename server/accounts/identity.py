"""Finding out who is calling: session cookie or bearer key, before any route runs.

Cookies come with a CSRF token on unsafe calls; keys need none.
"""

import hmac
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Send
from litestar.types import Scope as AsgiScope

from server.accounts import queries
from server.accounts.problems import CsrfMissing, JsonOnly
from server.accounts.scope import Scope
from server.accounts.seen import LastSeen
from server.accounts.tables import SignedIn
from server.kit.clock import Clock
from server.kit.database import Database

SAFE = {"GET", "HEAD", "OPTIONS"}
# A page of somebody else's cannot send these without asking the browser first.
NO_FORM = {"application/json", "application/pdf", "application/offset+octet-stream"}
# The door is the token in the address: mail programs press the link as a form (RFC 8058).
TAKES_FORMS = {"/api/unsubscribe"}
COOKIE = "palier"
SECURE_COOKIE = "__Host-palier"


class Identity(ASGIMiddleware):
    """Puts the caller's `Scope` (or None) and open session on the connection."""

    scopes = (ScopeType.HTTP,)

    async def handle(
        self, scope: AsgiScope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        connection: Request[Any, Any, State] = Request(scope)
        caller, opened = await _caller(connection)
        unsafe = connection.method not in SAFE
        if unsafe:
            _refuse_forms(connection)
        if unsafe and opened is not None:
            _require_csrf(connection, opened)
        scope["user"] = caller
        scope["auth"] = opened
        await next_app(scope, receive, send)


async def _caller(
    connection: ASGIConnection[Any, Any, Any, State],
) -> tuple[Scope | None, SignedIn | None]:
    database: Database = connection.app.state.database
    clock: Clock = connection.app.state.clock
    seen: LastSeen = connection.app.state.last_seen
    bearer, now = connection.headers.get("authorization", ""), clock.now()
    token = session_token(connection)
    if bearer.lower().startswith("bearer "):
        async with database.read() as session:
            held = await queries.key_holder(session, bearer[7:].strip(), now)
        if held is None:
            return None, None
        seen.keys[held[0].id] = now
        return queries.scope_of(held[1]), None
    if token is None:
        return None, None
    async with database.read() as session:
        found = await queries.signed_in(session, token, now)
    if found is None:
        return None, None
    seen.accounts[found[1].id] = now
    return queries.scope_of(found[1]), found[0]


def session_token(connection: ASGIConnection[Any, Any, Any, State]) -> str | None:
    """The cookie of this transport: the `__Host-` one over HTTPS, the plain one otherwise."""
    name = SECURE_COOKIE if connection.url.scheme == "https" else COOKIE
    return connection.cookies.get(name)


def _refuse_forms(connection: Request[Any, Any, State]) -> None:
    kind = connection.headers.get("content-type", "")
    has_body = connection.headers.get("content-length", "0") != "0" or bool(
        connection.headers.get("transfer-encoding")
    )
    if connection.url.path in TAKES_FORMS:
        return
    if has_body and kind.split(";")[0].strip().lower() not in NO_FORM:
        raise JsonOnly


def _require_csrf(connection: Request[Any, Any, State], opened: SignedIn) -> None:
    sent = connection.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(sent.encode(), opened.csrf.encode()):
        raise CsrfMissing
