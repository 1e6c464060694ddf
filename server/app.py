"""The application: every domain's routes behind one identity check, one set of answers.

Start it with `palier serve` or `palier demo`; `create_app` is what both call.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ControllerRouterHandler, Message
from litestar.types import Scope as AsgiScope

from server.accounts import routes as accounts
from server.accounts.identity import Identity
from server.accounts.scope import Scope
from server.kit import health
from server.kit.clock import Clock
from server.kit.database import Database
from server.kit.events import Actor
from server.kit.http import EXCEPTION_HANDLERS
from server.kit.openapi import Document, declared_handlers
from server.kit.work import Work
from server.migrations import upgrade
from server.regions import routes as regions
from server.settings import Settings

LARGEST_BODY = 1024 * 1024


class RouteUndeclared(Exception):
    """A route does not say who may call it; the server will not start with one."""


def create_app(settings: Settings) -> Litestar:
    """The whole server on these settings, ready for any ASGI server."""
    clock = Clock(settings.demo_offset_seconds)
    api = Router("/api", route_handlers=[*accounts.handlers, *regions.handlers])
    handlers: list[ControllerRouterHandler] = [api, *health.handlers]
    app = Litestar(
        handlers,
        lifespan=[_storage],
        middleware=[Identity()],
        dependencies={
            "work": Provide(_work, sync_to_thread=False),
            "caller": Provide(_caller, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
        },
        exception_handlers=EXCEPTION_HANDLERS,  # type: ignore[arg-type]
        before_send=[_stamp],
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
        openapi_config=OpenAPIConfig(
            title="Palier", version=version("palier"), path="/api", render_plugins=[Document()]
        ),
        state=State({"settings": settings, "clock": clock, "database": None}),
    )
    _require_declared_callers(app)
    return app


@asynccontextmanager
async def _storage(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database = Database(settings.database_url)
    if settings.is_sqlite:
        await database.run(upgrade)
    app.state.database = database
    try:
        yield
    finally:
        await database.close()


def _work(request: Request[object, object, State]) -> Work:
    caller = request.scope.get("user")
    actor = caller.actor if isinstance(caller, Scope) else Actor(None, "")
    return Work(request.app.state.database, request.app.state.clock.now(), actor, request)


def _caller(request: Request[Scope, object, State]) -> Scope:
    return request.user


async def _stamp(message: Message, scope: AsgiScope) -> None:
    """Every answer tells the server's time; phones measure their clocks by it."""
    if message["type"] == "http.response.start":
        clock: Clock = scope["litestar_app"].state.clock
        stamp = clock.now().isoformat().encode()
        message["headers"] = [*message.get("headers", []), (b"palier-time", stamp)]


def _require_declared_callers(app: Litestar) -> None:
    for handler in declared_handlers(app):
        if "roles" not in handler.opt:
            raise RouteUndeclared(f"{handler.operation_id} does not say who may call it")
