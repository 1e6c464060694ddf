"""The inputs of one measure as they are read: each field asked for once, every fault kept.

Which fields a measure has is written in `questions` and `credit_question`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from dispatch.agreements.penalty_reading import figure, read_count, read_decimal
from dispatch.errors import Fault, Invalid
from dispatch.hours import Calendar
from dispatch.hours.reading import read_instant, shown
from dispatch.measures.availability import Interval

Calendars = Mapping[str, Calendar | None]
WHOLE = 100
UNREAD = Interval(datetime(2000, 1, 1, tzinfo=UTC), None)  # never part of an answer


class Fields:
    """One JSON object; what cannot be read is a fault by its path, and a filler is handed out.

    >>> fields = Fields({"met": "3", "colour": 1}, {})
    >>> fields.count("met"), [fault.path for fault in fields.close()]
    (3, ['colour'])
    """

    def __init__(self, given: object, calendars: Calendars, path: str = "") -> None:
        self.faults: list[Fault] = []
        self._calendars = calendars
        self._path = path
        self._asked: list[str] = []
        self._is_object = isinstance(given, Mapping)
        self._values: Mapping[str, object] = given if isinstance(given, Mapping) else {}
        if not self._is_object:
            sentence = f"{figure(given)} is not an object of keys."
            self.faults.append(Fault(path, "not_an_object", sentence))

    def at(self, key: str) -> str:
        """Give the path of a key in here."""
        return f"{self._path}.{key}" if self._path else key

    def raw(self, key: str) -> object:
        """Give the value as it came; None when it is absent or null."""
        self._asked.append(key)
        return self._values.get(key)

    def names(self) -> tuple[str, ...]:
        """Name every key there is, in order."""
        return tuple(self._values)

    def refuse(self, key: str, code: str, sentence: str) -> None:
        """Keep a fault of a key."""
        self.faults.append(Fault(self.at(key), code, sentence))

    def count(self, key: str, default: int | None = None) -> int:
        """Read a number of things; without a default it must be there."""
        given = self.raw(key)
        if given is None and default is not None:
            return default
        return read_count(given, self.at(key), self.faults)

    def decimal(self, key: str) -> Decimal:
        """Read an exact number that must be there."""
        return read_decimal(self.raw(key), self.at(key), self.faults)

    def percent(self, key: str) -> Decimal | None:
        """Read a number in 0 to 100; absent or null is None."""
        given = self.raw(key)
        if given is None:
            return None
        own: list[Fault] = []
        number = read_decimal(given, self.at(key), own)
        if not own and not 0 <= number <= WHOLE:
            sentence = f"{figure(given)} is not in 0 to 100."
            own.append(Fault(self.at(key), "out_of_range", sentence))
        self.faults.extend(own)
        return None if own else number

    def exact_percent(self, key: str) -> Fraction | None:
        """Read a number in 0 to 100 as a fraction; absent or null is None."""
        percent = self.percent(key)
        return None if percent is None else Fraction(percent)

    def required_percent(self, key: str) -> Fraction:
        """Read a number in 0 to 100 that must be there."""
        before = len(self.faults)
        percent = self.exact_percent(key)
        if percent is None and len(self.faults) == before:
            self.refuse(key, "missing", "Give a number in 0 to 100.")
        return Fraction(0) if percent is None else percent

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false; absent or null is the default."""
        given = self.raw(key)
        if given is None or isinstance(given, bool):
            return default if given is None else given
        self.refuse(key, "not_a_flag", f"{figure(given)} is not true or false.")
        return default

    def text(self, key: str) -> str:
        """Read a text; absent or null is none."""
        given = self.raw(key)
        if given is None or isinstance(given, str):
            return given or ""
        self.refuse(key, "not_a_text", f"{figure(given)} is not a text.")
        return ""

    def items(self, key: str) -> list[object]:
        """Read a list that must be there."""
        given = self.raw(key)
        if isinstance(given, list):
            return given
        self.refuse(key, "not_a_list", f"{figure(given)} is not a list.")
        return []

    def counts(self, key: str) -> tuple[int, ...]:
        """Read a list of whole numbers that must be there."""
        return tuple(
            read_count(item, f"{self.at(key)}[{index}]", self.faults)
            for index, item in enumerate(self.items(key))
        )

    def calendar(self, key: str) -> Calendar | None:
        """Find a calendar by its name; None is a fault of its own or here."""
        given = self.raw(key)
        if isinstance(given, str) and given in self._calendars:
            return self._calendars[given]
        sentence = f"{shown(given)} is none of the calendars given."
        self.refuse(key, "unknown_calendar", sentence)
        return None

    def interval(self, key: str) -> Interval:
        """Read a start and an end that must be there."""
        return self._interval(self.raw(key), self.at(key), may_go_on=False)

    def intervals(self, key: str) -> tuple[Interval, ...]:
        """Read a list of starts and ends; a null end goes on; an absent list is empty."""
        if self.raw(key) is None:
            return ()
        return tuple(
            self._interval(item, f"{self.at(key)}[{index}]", may_go_on=True)
            for index, item in enumerate(self.items(key))
        )

    def close(self) -> list[Fault]:
        """Give every fault, the keys nobody asked for among them.

        What is no object at all has that one fault: nothing is missing from it.
        """
        if not self._is_object:
            return self.faults[:1]
        asked = dict.fromkeys(self._asked)
        for key in self._values:
            if key not in asked:
                sentence = f"{shown(key)} is not known here; the keys are {', '.join(asked)}."
                self.refuse(str(key), "unknown_key", sentence)
        return self.faults

    def _interval(self, given: object, path: str, *, may_go_on: bool) -> Interval:
        match given:
            case [from_text, until_text]:
                pass
            case _:
                sentence = f"{figure(given)} is not a start and an end."
                self.faults.append(Fault(path, "not_an_interval", sentence))
                return UNREAD
        goes_on = until_text is None and may_go_on
        start = read_instant(from_text, f"{path}[0]", self.faults)
        end = None if goes_on else read_instant(until_text, f"{path}[1]", self.faults)
        if start is None or (end is None and not goes_on):
            return UNREAD
        try:
            return Interval(start, end)
        except Invalid as invalid:
            self.faults.extend(fault.under(path) for fault in invalid.faults)
            return UNREAD
