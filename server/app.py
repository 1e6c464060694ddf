"""The application: every domain's routes behind one identity check, one set of answers.

Start it with `palier serve` or `palier demo`; `create_app` is what both call.
"""

import asyncio
import gc
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from uuid import UUID

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.openapi.config import OpenAPIConfig
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from litestar.types import ASGIApp, ControllerRouterHandler, Message, Receive, Send
from litestar.types import Scope as AsgiScope

from server.accounts import key_routes as api_keys
from server.accounts import member_routes as members
from server.accounts import reason_routes as reading_reasons
from server.accounts import routes as accounts
from server.accounts.identity import Identity
from server.accounts.scope import Scope
from server.accounts.seen import LastSeen
from server.agreements import calendar_routes as calendars
from server.agreements import routes as agreements
from server.aims import routes as aims
from server.breaches import duties
from server.breaches import routes as breaches
from server.comments import routes as comments
from server.comments.waiting import raising_unanswered
from server.conformity import routes as conformity
from server.conformity.duties import conforming
from server.credits import routes as credit_notes
from server.credits.duties import recurring
from server.customers import routes as customers
from server.deeds import routes as deeds
from server.documents import routes as documents
from server.experience import routes as experience
from server.feasibility import actions as trials
from server.feasibility import routes as feasibility
from server.feasibility.trials import Trials
from server.imports import routes as imports
from server.improvements import routes as improvements
from server.improvements.duties import improving
from server.interventions import portal_routes as portal
from server.interventions import prevention_routes as prevention
from server.interventions import routes as interventions
from server.interventions.standing_boards import StandingBoards
from server.invoicing import routes as invoicing
from server.kit import health
from server.kit.apart import Apart
from server.kit.at_once import AtOnce
from server.kit.clock import Clock
from server.kit.database import Database
from server.kit.events import Actor
from server.kit.http import EXCEPTION_HANDLERS, quiet_logs
from server.kit.openapi import Document, declared_handlers
from server.kit.reading import JsonRequest
from server.kit.runner import on_duty
from server.kit.work import Work
from server.live import routes as live
from server.live.hub import Hub, across_processes
from server.measures import routes as measures
from server.meetings import routes as meetings
from server.migrations import upgrade
from server.notifications import alarm_routes as alarms
from server.notifications import choosing_routes as choosing
from server.notifications import push_routes as pushes
from server.notifications import routes as notifications
from server.notifications import unsubscribing
from server.notifications.duties import reaching
from server.notifications.push_keys import PushKeys
from server.pages import routes as pages
from server.pages.files import Pages
from server.parts import routes as parts
from server.personal.leavers import forgetting_names
from server.planning import actions as plans
from server.planning import brief_routes as briefs
from server.planning import overrun_routes as overruns
from server.planning import placing_routes as placing
from server.planning import policy_routes as policies
from server.planning import routes as planning
from server.planning import scenario_routes as scenarios
from server.planning import version_routes as plan_versions
from server.planning.duties import forgetting
from server.planning.mornings import briefing
from server.planning.planner import Planner
from server.planning.scenario_runs import ScenarioRuns
from server.planning.standing_days import StandingDays, load_engine
from server.presence import routes as presence
from server.presence.duties import forgetting_positions
from server.presence.location import keeping_of
from server.regions import routes as regions
from server.reports import routes as reports
from server.reports.duties import warning
from server.residents import routes as residents
from server.residents.duties import forgetting_reporters
from server.roster import absence_routes as absences
from server.roster import routes as roster
from server.roster import writing_routes as rosters_written
from server.services import routes as services
from server.settings import Settings
from server.severity import routes as severity
from server.sites import routes as sites
from server.sites.geocoding import Geocoder, open_geocoder
from server.webhooks import routes as webhooks
from server.webhooks.messages import SCHEMA as EVENT_TOLD
from server.webhooks.sender import telling

# Pages bring their own, richer ones; these hold for every other answer, errors included.
SECURITY = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
)
LARGEST_BODY = 1024 * 1024
# A report about a quarter makes millions of objects that stay until it is told. Searched for
# garbage every 700, as Python does, nearly half its time goes there, and all others wait for it.
SEARCHED_EVERY = 50_000
# Neither what must leave line by line, nor pictures, nor what carries a secret beside other words.
COMPRESSED = CompressionConfig(
    "gzip",
    minimum_size=1000,
    gzip_compress_level=6,
    exclude=["^/api/stream$", "/content$", "^/api/session$"],
)


class RouteUndeclared(Exception):
    """A route does not say who may call it; the server will not start with one."""


def create_app(settings: Settings) -> Litestar:
    """The whole server on these settings, ready for any ASGI server."""
    api = Router(
        "/api",
        route_handlers=[
            *accounts.handlers,
            *members.handlers,
            *reading_reasons.handlers,
            *api_keys.handlers,
            *regions.handlers,
            *customers.handlers,
            *sites.handlers,
            *roster.handlers,
            *absences.handlers,
            *rosters_written.handlers,
            *presence.handlers,
            *services.handlers,
            *severity.handlers,
            *imports.handlers,
            *documents.handlers,
            *parts.handlers,
            *agreements.handlers,
            *calendars.handlers,
            *interventions.handlers,
            *prevention.handlers,
            *portal.handlers,
            *breaches.handlers,
            *experience.handlers,
            *residents.handlers,
            *comments.handlers,
            *measures.handlers,
            *improvements.handlers,
            *meetings.handlers,
            *aims.handlers,
            *conformity.handlers,
            *reports.handlers,
            *credit_notes.handlers,
            *invoicing.handlers,
            *planning.handlers,
            *plan_versions.handlers,
            *deeds.handlers,
            *placing.handlers,
            *overruns.handlers,
            *scenarios.handlers,
            *briefs.handlers,
            *policies.handlers,
            *feasibility.handlers,
            *live.handlers,
            *notifications.handlers,
            *choosing.handlers,
            *unsubscribing.handlers,
            *alarms.handlers,
            *pushes.handlers,
            *webhooks.handlers,
        ],
        middleware=[DefineMiddleware(CompressionMiddleware, config=COMPRESSED)],
    )
    handlers: list[ControllerRouterHandler] = [api, *health.handlers, *pages.handlers]
    app = Litestar(
        handlers,
        lifespan=[_storage, _address_service, _plans, _trials, _duties],
        middleware=[Identity()],
        request_class=JsonRequest,
        dependencies={
            "work": Provide(_work, sync_to_thread=False),
            "caller": Provide(_caller, sync_to_thread=False),
            "settings": Provide(_settings, sync_to_thread=False),
            "geocoder": Provide(_geocoder, sync_to_thread=False),
        },
        exception_handlers=EXCEPTION_HANDLERS,  # type: ignore[arg-type]
        before_send=[_stamp],
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
        openapi_config=OpenAPIConfig(
            title="Palier",
            version=version("palier"),
            path="/api/openapi.json",
            render_plugins=[Document()],
        ),
        state=fresh_state(settings),
    )
    _require_declared_callers(app)
    return app


def fresh_state(settings: Settings) -> State:
    """What a server holds before it starts: its settings, and what will know of this one run."""
    return State(
        {
            "settings": settings,
            "clock": Clock(settings.demo_offset_seconds, settings.demo_speed, settings.demo_since),
            "database": None,
            "apart": Apart(settings.database_url),
            "hub": Hub(),
            "boards": StandingBoards(),
            "alarms": defaultdict[UUID, AtOnce](AtOnce),
            "last_seen": LastSeen(),
            "standings": {"clocks": duties.clocks_standing},
            "told": {"event": EVENT_TOLD},
            "pages": Pages(settings.pages, settings.map_file, settings.map_raster_url),
        }
    )


def from_environment() -> ASGIApp:
    """What an ASGI server calls: `granian --factory server.app:from_environment`, or uvicorn."""
    quiet_logs()
    settings = Settings.from_environment()
    return behind_proxies(create_app(settings), settings.proxies)


def behind_proxies(app: ASGIApp, proxies: Sequence[str]) -> ASGIApp:
    """The same, believing these proxies who calls and whether by HTTPS; nobody else is believed.

    They say it in `X-Forwarded-For` and `X-Forwarded-Proto`.
    """
    believing: ASGIApp = wrap_asgi_with_proxy_headers(app, list(proxies))

    # What is no coroutine function uvicorn takes for an application of the older kind.
    async def served(scope: AsgiScope, receive: Receive, send: Send) -> None:
        await believing(scope, receive, send)

    return served


@asynccontextmanager
async def _storage(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database = Database(settings.database_url)
    if settings.is_sqlite:
        await database.run(upgrade)
    app.state.database = database
    app.state.push_keys = PushKeys(database, settings.push_key_file)
    hub: Hub = app.state.hub
    database.after_commit.append(hub.wake)
    try:
        async with across_processes(hub, settings.database_url, is_alone=settings.is_sqlite):
            yield
    finally:
        hub.close()
        await database.close()


def _work(request: Request[object, object, State]) -> Work:
    caller = request.scope.get("user")
    actor = caller.actor if isinstance(caller, Scope) else Actor(None, "")
    state = request.app.state
    return Work(state.database, state.apart, state.clock.now(), actor, request)


def _settings(request: Request[object, object, State]) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _caller(request: Request[Scope, object, State]) -> Scope:
    return request.user


def _geocoder(request: Request[object, object, State]) -> Geocoder:
    geocoder: Geocoder = request.app.state.geocoder
    return geocoder


@asynccontextmanager
async def _address_service(app: Litestar) -> AsyncIterator[None]:
    async with open_geocoder(app.state.settings) as geocoder:
        app.state.geocoder = geocoder
        yield


@asynccontextmanager
async def _plans(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database: Database = app.state.database
    clock: Clock = app.state.clock
    if settings.is_sqlite:
        async with database.write() as session:
            await plans.fail_interrupted(session, clock.now())
    planner = Planner(
        database,
        clock,
        workers=settings.planning_workers,
        proof_seconds=settings.proof_seconds,
    )
    app.state.planner = planner
    app.state.scenarios = runs = ScenarioRuns(database, clock, planner)
    app.state.standing_days = days = StandingDays(database, clock)
    app.state.standings = {
        **app.state.standings,
        "planning": planner.standing,
        "candidates": days.standing,
    }
    tasks = [asyncio.create_task(days.keep())]
    if settings.wakes_solver:
        await planner.solver.wake()
        tasks.append(asyncio.create_task(_engine_here(planner)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await runs.close()
        await planner.close()


async def _engine_here(planner: Planner) -> None:
    """Load the engine once the child has compiled it; until then the readable rules answer."""
    await planner.solver.is_ready.wait()
    await asyncio.to_thread(load_engine)
    # Modules stay: searched for garbage as well they hold up answers three times as long.
    gc.collect()
    gc.freeze()
    gc.set_threshold(SEARCHED_EVERY)


@asynccontextmanager
async def _trials(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database: Database = app.state.database
    clock: Clock = app.state.clock
    if settings.is_sqlite:
        async with database.write() as session:
            await trials.fail_interrupted(session, clock.now())
    asked = Trials(database, settings.database_url, clock)
    app.state.trials = asked
    try:
        yield
    finally:
        await asked.close()


@asynccontextmanager
async def _duties(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    duties_of_all = recurring(app.state.database, settings.watch_seconds)
    if duties_of_all:
        duties_of_all.append(forgetting(app.state.database, settings.plan_files_days))
        duties_of_all.append(briefing(app.state.database))
        duties_of_all.append(warning(app.state.database))
        duties_of_all.append(forgetting_positions(app.state.database, keeping_of(settings)))
        duties_of_all.append(forgetting_names(app.state.database, settings.former_names_days))
        duties_of_all.append(forgetting_reporters(app.state.database))
        duties_of_all.append(raising_unanswered(app.state.database))
        duties_of_all.append(app.state.last_seen.writing(app.state.database))
        duties_of_all.append(telling(app.state.database, settings))
        duties_of_all.append(improving(app.state.database))
        duties_of_all.append(conforming(app.state.database))
        duties_of_all += reaching(app.state.database, settings, app.state.push_keys)
    async with on_duty(duties_of_all, app.state.clock):
        yield


async def _stamp(message: Message, scope: AsgiScope) -> None:
    """Every answer tells the server's time, by which phones measure their clocks; and is safe."""
    if message["type"] == "http.response.start":
        clock: Clock = scope["litestar_app"].state.clock
        stamp = (b"palier-time", clock.now().isoformat().encode())
        named = {name.lower() for name, _ in message.get("headers", [])}
        # A 304 speaks for the page in the browser's keeping, whose rules came with it.
        fresh = message["status"] != HTTP_304_NOT_MODIFIED
        rules = [rule for rule in SECURITY if fresh and rule[0] not in named]
        message["headers"] = [*message.get("headers", []), stamp, *rules]


def _require_declared_callers(app: Litestar) -> None:
    for handler in declared_handlers(app):
        if "roles" not in handler.opt:
            raise RouteUndeclared(f"{handler.operation_id} does not say who may call it")
