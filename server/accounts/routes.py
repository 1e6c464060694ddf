"""Sessions and accounts over HTTP."""

from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.params import JSONBody

from server.accounts import actions, queries, secrets
from server.accounts.guards import EVERYONE, allow, public, waits_for_reason
from server.accounts.identity import COOKIE, SECURE_COOKIE, session_token
from server.accounts.problems import (
    DemoPasswordRefused,
    InsecureTransport,
    JsonOnly,
    TooManyTries,
    WrongCredentials,
)
from server.accounts.schemas import (
    AccountBody,
    AccountOut,
    MapOut,
    PreferencesBody,
    Role,
    ServerClockOut,
    SessionOut,
    SignInBody,
)
from server.accounts.scope import Scope
from server.accounts.tables import Account, SignedIn
from server.kit.http import answers
from server.kit.work import Work
from server.settings import Settings

DEMO_PASSWORD = "palier-demo"  # noqa: S105 - published on purpose, refused outside demo data
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
HOMES = {
    Role.TECHNICIAN: "/app/",
    Role.MANAGER: "/portal/",
    Role.EXPERIENCE: "/admin/",
    Role.AUDITOR: "/admin/",
}


@post(
    "/session",
    operation_id="sign_in",
    responses=answers(WrongCredentials, TooManyTries, InsecureTransport, JsonOnly),
    **public(),
)
async def sign_in(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    settings: NamedDependency[Settings],
    data: JSONBody[SignInBody],
) -> Response[SessionOut]:
    """Open a session with an e-mail address and a password."""
    secure = _is_secure(request, settings)
    refuse_demo_password(data.password, settings)
    opened = await _open(work, data, request.client.host if request.client else "")
    cookie = Cookie(
        key=SECURE_COOKIE if secure else COOKIE,
        value=opened.token,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
        max_age=int((opened.expires_at - work.now).total_seconds()),
    )
    body = _session_out(opened.account, opened.csrf, work, settings)
    body.asks_reason = opened.account.role == Role.AUDITOR
    return Response(body, status_code=201, cookies=[cookie])


def refuse_demo_password(password: str, settings: Settings) -> None:
    if password == DEMO_PASSWORD and not settings.is_demo:
        raise DemoPasswordRefused


async def _open(work: Work, data: SignInBody, address: str) -> actions.Opened:
    async with work.database.write() as session:
        await actions.refuse_hammering(session, data.email, address, work.now)
        account = await queries.by_email(session, data.email)
    stored = None if account is None or account.is_disabled else account.password_hash
    right = await secrets.matches(data.password, stored)
    async with work.database.write() as session:
        if right and account is not None:
            return await actions.open_session(session, account, work.now)
        await actions.record_failure(session, data.email, address, work.now)
    raise WrongCredentials


@get("/session", operation_id="current_session", **allow(*EVERYONE, asks_reason=False))
async def current_session(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
) -> SessionOut:
    """Who is signed in here, and the token their unsafe calls need."""
    async with work.read() as session:
        account = await queries.account(session, caller.account_id)
    told = _session_out(account, _csrf(request), work, settings)
    told.asks_reason = waits_for_reason(caller.role, request.auth)
    return told


@patch("/session", operation_id="change_preferences", **allow(*EVERYONE, asks_reason=False))
async def change_preferences(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[PreferencesBody],
) -> SessionOut:
    """Change one's own language."""
    async with work.database.write() as session:
        account = await actions.change_language(session, caller.account_id, data.language)
    told = _session_out(account, _csrf(request), work, settings)
    told.asks_reason = waits_for_reason(caller.role, request.auth)
    return told


@delete("/session", operation_id="sign_out", **allow(*EVERYONE, asks_reason=False))
async def sign_out(request: Request[Any, Any, State], work: NamedDependency[Work]) -> None:
    """End this session everywhere at once."""
    token = session_token(request)
    if token is not None:
        async with work.database.write() as session:
            await actions.close_session(session, token)


@post("/accounts", operation_id="create_account", **allow(Role.ADMIN))
async def create_account(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[AccountBody],
) -> Response[AccountOut]:
    """Let somebody in."""
    return await work.command(
        lambda session: actions.create(session, caller.actor, data, work.now), status=201
    )


def _is_secure(request: Request[Any, Any, State], settings: Settings) -> bool:
    if request.url.scheme == "https":
        return True
    if request.url.hostname in LOOPBACK or settings.allow_plain_http:
        return False
    raise InsecureTransport


def _csrf(request: Request[Any, Any, State]) -> str:
    return request.auth.csrf if isinstance(request.auth, SignedIn) else ""


def _session_out(account: Account, csrf: str, work: Work, settings: Settings) -> SessionOut:
    role = Role(account.role)
    offset = settings.demo_offset_seconds
    return SessionOut(
        account=queries.shown_account(account),
        csrf=csrf,
        clock=ServerClockOut(
            now=work.now, kind="demo" if offset else "real", offset_seconds=offset
        ),
        home=HOMES.get(role, "/board/"),  # type: ignore[arg-type]
        map=_map(settings),
    )


def _map(settings: Settings) -> MapOut | None:
    if settings.map_raster_url:
        return MapOut(
            kind="raster", url=settings.map_raster_url, attribution=settings.map_attribution
        )
    if settings.map_file is not None:
        return MapOut(kind="pmtiles", url="/map/area.pmtiles", attribution=settings.map_attribution)
    return None


handlers = [
    sign_in,
    current_session,
    change_preferences,
    sign_out,
    create_account,
]
