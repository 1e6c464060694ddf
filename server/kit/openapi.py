"""The OpenAPI document, with what Litestar leaves out: who may call, and how we refuse.

Served at /api/openapi.json and printed by `palier openapi`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import OpenAPIRenderPlugin

from server.kit.problems import MEDIA_TYPE as PROBLEM

MEDIA_TYPE = "application/vnd.oai.openapi+json"
REFUSED = {
    "description": "Every refusal is a problem document; `code` says which.",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
}


class Document(OpenAPIRenderPlugin):
    """Our document as JSON; no viewer from somebody else's network."""

    def __init__(self) -> None:
        super().__init__(path="/", media_type=MEDIA_TYPE)  # type: ignore[arg-type]

    def render(self, request: Request[Any, Any, State], openapi_schema: dict[str, Any]) -> bytes:
        del openapi_schema
        return msgspec.json.encode(document(request.app))


def document(app: Litestar) -> dict[str, Any]:
    """The API as OpenAPI 3.1; each operation carries `x-roles`, bodies take no other fields."""
    schema = app.openapi_schema.to_schema()
    roles = {handler.operation_id: handler.opt["roles"] for handler in declared_handlers(app)}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["x-roles"] = list(roles[operation["operationId"]])
            operation["responses"] = _our_responses(operation["responses"])
    schemas = schema["components"]["schemas"]
    schemas |= {name: _bare(component) for name, component in schemas.items()}
    bodies = [o.get("requestBody", {}) for path in schema["paths"].values() for o in path.values()]
    for name in _named_in(bodies, schemas):
        if "properties" in schemas[name]:
            schemas[name]["additionalProperties"] = False
    return schema


def _our_responses(responses: dict[str, Any]) -> dict[str, Any]:
    """What we answer: the framework's own refusal is not among it."""
    ours = {
        status: answer
        for status, answer in responses.items()
        if status != "400" or PROBLEM in answer["content"]
    }
    return {**ours, "default": REFUSED}


def _named_in(value: Any, schemas: dict[str, Any]) -> set[str]:
    """Every component a part of the document leads to."""
    found: set[str] = set()
    waiting = [*_references(value)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_references(schemas[name]))
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


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
