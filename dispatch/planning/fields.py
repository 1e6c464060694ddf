"""Reading values out of a JSON document, noting every fault with its path instead of stopping.

What the values mean is up to `problem_file` and `plan_file`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import TypeVar

from dispatch.errors import Fault

Value = TypeVar("Value")
Missing = TypeVar("Missing")


class _RepeatedKeyError(ValueError):
    pass


def document(given: str | bytes | Mapping[str, object], found: list[Fault]) -> object:
    """Give the document's value, or note why it is not JSON.

    >>> found = []
    >>> document("{", found), found[0].code
    ({}, 'not_json')
    """
    if isinstance(given, Mapping):
        return given
    try:
        value: object = json.loads(given, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        found.append(Fault("$", "not_json", f"the document is not readable JSON: {error}"))
        return {}
    return value


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise _RepeatedKeyError(f"the key {repeated!r} stands twice in one object")
    return dict(pairs)


class Fields:
    """One JSON object being read: each reader notes its fault and gives a harmless value."""

    def __init__(self, value: object, path: str, found: list[Fault]) -> None:
        self.path = path
        self.found = found
        self._asked: set[str] = set()
        self._values: Mapping[str, object] = {}
        if isinstance(value, Mapping):
            self._values = value
        else:
            self.note(path or "$", "not_an_object", "an object with named keys belongs here")

    def note(self, path: str, code: str, sentence: str) -> None:
        self.found.append(Fault(path, code, sentence))

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether the key is given and not null."""
        self._asked.add(key)
        return self._values.get(key) is not None

    def raw(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def integer(self, key: str, default: int | None = None) -> int:
        return self._read(key, whole_number, default=default, missing=0)

    def text(self, key: str, default: str | None = None) -> str:
        return self._read(key, words, default=default, missing="")

    def integers(self, key: str) -> dict[str, int]:
        """Read whole numbers by name, such as skill levels."""
        return self.by_name(key, whole_number)

    def by_name(self, key: str, read: Callable[["Fields", object, str], Value]) -> dict[str, Value]:
        if not self.has(key):
            return {}
        inner = self.child(key)
        return {
            words(self, name, inner.at(name)): read(self, value, inner.at(name))
            for name, value in inner.items()
        }

    def texts(self, key: str) -> tuple[str, ...]:
        return self.sequence(key, words)

    def sequence(
        self, key: str, read: Callable[["Fields", object, str], Value]
    ) -> tuple[Value, ...]:
        """Read a list, each entry with its own path; a missing list is empty."""
        given = self.raw(key)
        if given is None:
            return ()
        if not isinstance(given, list | tuple):
            self.note(self.at(key), "not_a_list", "a list belongs here")
            return ()
        return tuple(
            read(self, value, f"{self.at(key)}[{index}]") for index, value in enumerate(given)
        )

    def pair(self, key: str) -> tuple[int, int]:
        """Read a span given as two whole numbers, from and to."""
        numbers = self.sequence(key, whole_number)
        if len(numbers) == 2:  # noqa: PLR2004 - a pair
            return (numbers[0], numbers[1])
        self.note(self.at(key), "not_a_pair", "give two whole numbers: from and to")
        return (0, 0)

    def child(self, key: str) -> "Fields":
        return Fields(self.raw(key), self.at(key), self.found)

    def items(self) -> Iterable[tuple[str, object]]:
        self._asked.update(self._values)
        return self._values.items()

    def require(self, *keys: str) -> None:
        for key in keys:
            if not self.has(key):
                self.note(self.at(key), "missing", "this has to be given")

    def expect_format(self, name: str) -> None:
        """Note a document that is of another kind or version."""
        if self.text("format") != name and self.has("format"):
            self.note("format", "unknown_format", f"this reads {name} only")

    def refuse_unknown(self) -> None:
        """Name every key nobody asked for, so that a misspelt rule is never silently ignored."""
        for key in self._values:
            if key not in self._asked:
                self.note(self.at(str(key)), "unknown_key", "there is no such key here")

    def _read(
        self,
        key: str,
        read: Callable[["Fields", object, str], Value],
        *,
        default: Value | None,
        missing: Value,
    ) -> Value:
        if self.has(key):
            return read(self, self._values[key], self.at(key))
        if default is None:
            self.note(self.at(key), "missing", "this has to be given")
            return missing
        return default


def whole_number(fields: Fields, value: object, path: str) -> int:
    """Read an integer; true, 1.5 and "1" are none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    fields.note(path, "not_an_integer", f"{_shown(value)} is no whole number")
    return 0


def words(fields: Fields, value: object, path: str) -> str:
    """Read a text that can be written again; half a surrogate pair is a character nobody has."""
    if isinstance(value, str) and (value.isascii() or not _has_half_a_pair(value)):
        return value
    fields.note(path, "not_a_text", f"{_shown(value)} is no text")
    return ""


def _has_half_a_pair(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def decimal(fields: Fields, value: object, path: str) -> float:
    """Read a number that may have decimals, such as a latitude."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return inf if value > 0 else -inf
    fields.note(path, "not_a_number", f"{_shown(value)} is no number")
    return 0.0


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - one line of a terminal
