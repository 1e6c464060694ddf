"""Input nobody sends in good faith: whole bodies, single values, query values and cursors.

What should become of it is the tests' business.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

DEEP = 20_000
TWO_MEGABYTES = 2 * 1024 * 1024
# Each is refused wherever it is sent: no operation takes a field called "a".
DOCUMENTS: dict[str, bytes] = {
    "nothing": b"",
    "words": b"not JSON",
    "cut_off": b'{"a": ',
    "list": b"[[]]",
    "null": b"null",
    "number": b"7",
    "not_utf8": b'{"a": "\xff\xfe"}',
    "utf16": '{"a": 1}'.encode("utf-16"),
    "zero_byte": b"\x00",
    "deep_list": b"[" * DEEP + b"]" * DEEP,
    "deep_object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "not_a_number": b'{"a": NaN}',
    "infinite": b'{"a": 1e400}',
    "lone_surrogate": b'{"a": "\\ud800"}',
    "unknown_field": b'{"a": 1}',
    "unknown_twice": b'{"a": 1, "a": 2}',
    "two_megabytes": b'{"a": "' + b"x" * TWO_MEGABYTES + b'"}',
}
# JSON texts put in the place of every value of a good body.
VALUES: dict[str, str] = {
    "null": "null",
    "list": "[null]",
    "object": '{"a": {"b": []}}',
    "true": "true",
    "minus_one": "-1",
    "huge": str(10**40),
    "just_too_long_for_a_column": str(2**63),
    "infinite": "1e400",
    "not_a_number": "NaN",
    "zero_byte": '"\\u0000"',
    "lone_surrogate": '"\\ud800"',
    "zone": '"Mars/Olympus"',
    "year_0": '"0000-01-01"',
    "before_year_1": '"0001-01-01T00:00:00+14:00"',
    "after_year_9999": '"9999-12-31T23:59:59-14:00"',
    "long": json.dumps("x" * 5000),
}
PLACE = "the hostile value goes here"


def _cursor(plain: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _cursor_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


QUERY_VALUES = (
    "",
    "x",
    "-1",
    "0",
    "201",
    "9" * 40,
    str(2**63),
    "9" * 5000,
    "1e400",
    "NaN",
    "a\x00b",
    "%",
    "'; drop table event; --",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "2031-01-06T07:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "00000000-0000-4000-8000-000000000000",
)
CURSORS = (
    "é",
    "=",
    _cursor({}),
    _cursor([]),
    _cursor_of("[" * 1500 + "]" * 1500),
    *map(_cursor, ([1], [None], ["x"], [[]], [10**40])),
    _cursor_of("[1e400]"),
    *map(_cursor, ([1, 1], [None, None], ["x", "x"], [[], []], [10**40] * 2, ["a\x00b"] * 2)),
    _cursor_of('["\\ud800", "\\ud800"]'),
    _cursor(["2031-01-06T07:00:00", "00000000-0000-4000-8000-000000000000"]),
    _cursor(["0001-01-01T00:00:00+14:00", "00000000-0000-4000-8000-000000000000"]),
)


Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value inside a body; of a list to its first."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*path, 0))


def spoilt(body: Any, path: Path, value: str) -> bytes:
    """The body as JSON with this text in place of the value at `path`."""
    return json.dumps(_marked(body, path)).replace(json.dumps(PLACE), value).encode()


def _marked(value: Any, path: Path) -> Any:
    if not path:
        return PLACE
    copy = value.copy()
    copy[path[0]] = _marked(value[path[0]], path[1:])
    return copy
