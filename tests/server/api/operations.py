"""Every operation of the API, read from its own document.

What each one is sent lives in `bodies`; what it should answer in the tests.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from server.app import create_app
from server.kit.openapi import document
from server.settings import Settings

UNSAFE = ("post", "patch", "put", "delete")
# For what is decided before the database is asked: once is enough.
ON_EITHER_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; `names` are its path parameters, `asks` its query parameters."""

    id: str
    method: str
    path: str
    roles: tuple[str, ...]
    names: tuple[str, ...]
    asks: tuple[str, ...]
    has_body: bool

    def address(self, ids: Mapping[str, object]) -> str:
        """The path with its ids filled in."""
        return self.path.format_map(dict(ids))

    @property
    def is_unsafe(self) -> bool:
        return self.method in UNSAFE


def operations_of(schema: Mapping[str, Any]) -> dict[str, Operation]:
    """The operations of a document by id, in its order."""
    return {
        each["operationId"]: Operation(
            id=each["operationId"],
            method=method,
            path=path,
            roles=tuple(each["x-roles"]),
            names=tuple(re.findall(r"{(\w+)}", path)),
            asks=tuple(p["name"] for p in each.get("parameters", ()) if p["in"] == "query"),
            has_body="requestBody" in each,
        )
        for path, methods in schema["paths"].items()
        for method, each in methods.items()
    }


DOCUMENT = document(create_app(Settings()))
OPERATIONS = operations_of(DOCUMENT)
WRITES = {name: each for name, each in OPERATIONS.items() if each.is_unsafe}
