"""The OpenAPI document, with what Litestar leaves out: who may call, and how we refuse.

Served at /api/openapi.json and printed by `palier openapi`.
"""

from typing import Any, Literal

import msgspec
from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import OpenAPIRenderPlugin
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

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
    """The API as OpenAPI 3.1; each operation carries `x-roles`, bodies take no other fields.

    What is sent to others by itself stands under `webhooks`, as the application's state says.
    """
    schema = app.openapi_schema.to_schema()
    roles = {handler.operation_id: handler.opt["roles"] for handler in declared_handlers(app)}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["x-roles"] = list(roles[operation["operationId"]])
            operation["responses"] = _our_responses(operation["responses"])
    schema["components"]["schemas"] |= _bodies(app)
    schema["webhooks"] = {
        name: {"post": {"requestBody": {"content": {"application/json": {"schema": told}}}}}
        for name, told in app.state.told.items()
    }
    return schema


def _bodies(app: Litestar) -> dict[str, Any]:
    """What bodies take, in the words of who reads them: Litestar's leave out half."""
    models = {
        field.annotation
        for handler in declared_handlers(app)
        if (field := handler.parsed_data_field) is not None
    }
    wanted: list[tuple[type[BaseModel], Literal["validation"]]] = [
        (model, "validation") for model in sorted(models, key=lambda each: str(each.__name__))
    ]
    _, written = models_json_schema(wanted, ref_template="#/components/schemas/{model}")
    return {name: _untitled(body) for name, body in written["$defs"].items()}


def _untitled(value: Any) -> Any:
    """Without the titles pydantic makes of names; a field that is called so keeps its place."""
    if isinstance(value, list):
        return [_untitled(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _untitled(inner)
        for name, inner in value.items()
        if name != "title" or not isinstance(inner, str)
    }


def _our_responses(responses: dict[str, Any]) -> dict[str, Any]:
    """What we answer: the framework's own refusal is not among it."""
    ours = {
        status: answer
        for status, answer in responses.items()
        if status != "400" or PROBLEM in answer["content"]
    }
    if "204" in ours:
        ours["204"].pop("content", None)
    return {**ours, "default": REFUSED}


def declared_handlers(app: Litestar) -> list[HTTPRouteHandler]:
    """Every handler that belongs in the document."""
    return [
        handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and handler.resolve_include_in_schema()
    ]
