"""The OpenAPI document, with what Litestar leaves out: who may call each operation.

Served at /api/openapi.json and printed by `palier openapi`.
"""

from typing import Any

import msgspec
from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import OpenAPIRenderPlugin

MEDIA_TYPE = "application/vnd.oai.openapi+json"


class Document(OpenAPIRenderPlugin):
    """Our document as JSON; no viewer from somebody else's network."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json", media_type=MEDIA_TYPE)  # type: ignore[arg-type]

    def render(self, request: Request[Any, Any, State], openapi_schema: dict[str, Any]) -> bytes:
        del openapi_schema
        return msgspec.json.encode(document(request.app))


def document(app: Litestar) -> dict[str, Any]:
    """The API as OpenAPI 3.1; each operation carries `x-roles`."""
    schema = app.openapi_schema.to_schema()
    roles = {handler.operation_id: handler.opt["roles"] for handler in declared_handlers(app)}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["x-roles"] = list(roles[operation["operationId"]])
    schemas = schema["components"]["schemas"]
    schemas |= {name: _bare(component) for name, component in schemas.items()}
    return schema


def _bare(component: dict[str, Any]) -> dict[str, Any]:
    """A body that is one of several shapes, as itself: on the wire nothing is named `root`."""
    properties = component.get("properties", {})
    return properties["root"] if set(properties) == {"root"} else component


def declared_handlers(app: Litestar) -> list[HTTPRouteHandler]:
    """Every handler that belongs in the document."""
    return [
        handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and handler.resolve_include_in_schema()
    ]
