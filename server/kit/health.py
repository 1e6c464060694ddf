"""Is it alive, is it ready, what does it count: for machines that watch.

Answers nothing about customers.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from server.kit.database import Database, ReadSession, sqlite_version

Standing = Callable[[ReadSession], Awaitable[dict[str, object]]]


@get("/healthz", include_in_schema=False, opt={"roles": ("anyone",)})
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False, opt={"roles": ("anyone",)})
async def readyz(request: Request[Any, Any, State]) -> Response[dict[str, object]]:
    """The process can do its work: the database answers, and says how its own checks stand."""
    database: Database = request.app.state.database
    standings: Mapping[str, Standing] = request.app.state.standings
    kind = f"sqlite {sqlite_version()}" if database.is_sqlite else "postgresql"
    ready: dict[str, object] = {"status": "ready", "database": kind}
    async with database.read() as session:
        await session.execute(text("select 1"))
        for name, ask in standings.items():
            ready[name] = await ask(session)
    return Response(ready)


@get("/metrics", include_in_schema=False, opt={"roles": ("anyone",)})
async def metrics() -> Response[bytes]:
    """Prometheus counters of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


handlers = [healthz, readyz, metrics]
