"""Is it alive, is it ready, what does it count: for machines that watch.

Answers nothing about customers.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from server.kit.database import Database, sqlite_version


@get("/healthz", include_in_schema=False, opt={"roles": ("anyone",)})
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False, opt={"roles": ("anyone",)})
async def readyz(request: Request[Any, Any, State]) -> Response[dict[str, str]]:
    """The process can do its work: the database answers."""
    database: Database = request.app.state.database
    async with database.read() as session:
        await session.execute(text("select 1"))
    kind = f"sqlite {sqlite_version()}" if database.is_sqlite else "postgresql"
    return Response({"status": "ready", "database": kind})


@get("/metrics", include_in_schema=False, opt={"roles": ("anyone",)})
async def metrics() -> Response[bytes]:
    """Prometheus counters of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


handlers = [healthz, readyz, metrics]
