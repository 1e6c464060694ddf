"""Everything that is not the API: pages, their assets, the map.

A catch-all route, not a mount: a mount at the root would swallow every parametrised route.
"""

from typing import Any

from litestar import HttpMethod, Request, route
from litestar.datastructures import State
from litestar.types import ASGIApp

from server.kit.problems import NotFound
from server.pages.files import Pages


@route(
    ["/", "/{file_path:path}"],
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    include_in_schema=False,
    opt={"roles": ("anyone",)},
)
async def page(request: Request[Any, Any, State]) -> ASGIApp:
    """A built page or one of its files; an unknown API address is not a page."""
    if request.url.path.startswith("/api/"):
        raise NotFound
    pages: Pages = request.app.state.pages
    return pages.serve


handlers = [page]
