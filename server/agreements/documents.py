"""A version's document: one canonical form, so that the same words always have the same hash.

What the words mean is read in `values`; how they are shown is said in `shown`.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from server.kit.wire import Body


def plain(value: object) -> Any:
    """A value as JSON holds it: ids, days and exact decimals as text."""
    match value:
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case Decimal():
            return f"{value:f}"
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
    return value


def stored(body: Body) -> dict[str, Any]:
    """A body as it is stored: every field named, left out or not."""
    made: dict[str, Any] = plain(body.model_dump())
    return made


def document(
    zone: str, valid_from: date, written_to: date | None, terms: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole of what is signed: the days it is written for, their zone and the terms."""
    return {
        "zone": zone,
        "valid_from": plain(valid_from),
        "valid_to": plain(written_to),
        "terms": terms,
    }


def canonical(value: object) -> bytes:
    """The one way to write a value down.

    >>> canonical({"b": [1], "a": None})
    b'{"a":null,"b":[1]}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(value: object) -> str:
    """SHA-256 of a value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
