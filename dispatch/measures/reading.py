"""A document of measures to work out, from plain JSON values, every fault found.

Files and text are opened by the command line; what each measure is asked with is in `questions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.agreements.penalty_reading import figure
from dispatch.clocks.reading import read_calendars
from dispatch.errors import Fault, Invalid
from dispatch.hours.reading import is_whole_number, read_object
from dispatch.measures.fields import Calendars, Fields
from dispatch.measures.questions import QUESTIONS, Measure

ASKED_KEYS = ("id", "measure", "inputs")
# a worked example may carry its own name, reason and answer: they are not read
EXAMPLE_KEYS = ("title", "why", "expected", "about")


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure asked for under a name, and worked out."""

    id: str | int
    measure: Measure

    def answer(self) -> dict[str, object]:
        """Give the figures under the name, as plain JSON values."""
        return {"id": self.id, **self.measure.answer()}


def read_measures(document: object) -> tuple[Asked, ...]:
    """Read `{"calendars": …, "examples": […]}`, or raise `Invalid` with every fault in it.

    >>> asked = {"met": 1, "breached": 1}
    >>> example = {"id": "a", "measure": "sla_attainment", "inputs": asked}
    >>> read_measures({"examples": [example]})[0].answer()["pct"]
    '50'
    """
    faults: list[Fault] = []
    parts = read_object(document, ("calendars", "examples", "about"), faults)
    calendars = read_calendars(parts.get("calendars", {}), faults)
    given = parts.get("examples")
    if not isinstance(given, list):
        faults.append(Fault("examples", "not_a_list", "Give a list of measures under `examples`."))
        given = []
    asked = [
        _read_asked(example, f"examples[{index}]", calendars, faults)
        for index, example in enumerate(given)
    ]
    if faults:
        raise Invalid(faults)
    return tuple(each for each in asked if each is not None)


def _read_asked(
    given: object, path: str, calendars: Calendars, faults: list[Fault]
) -> Asked | None:
    own: list[Fault] = []
    fields = read_object(given, (*ASKED_KEYS, *EXAMPLE_KEYS), own)
    measure, name = None, None
    if isinstance(given, Mapping):
        name = _read_id(fields.get("id"), own)
        measure = _read_measure(fields.get("measure"), fields.get("inputs"), calendars, own)
    faults.extend(fault.under(path) for fault in own)
    return None if name is None or measure is None else Asked(name, measure)


def _read_measure(
    name: object, inputs: object, calendars: Calendars, faults: list[Fault]
) -> Measure | None:
    if not isinstance(name, str) or name not in QUESTIONS:
        sentence = f"{figure(name)} is no measure; the measures are {', '.join(QUESTIONS)}."
        faults.append(Fault("measure", "unknown_measure", sentence))
        return None
    fields = Fields(inputs, calendars)
    measure: Measure | None = None
    found: tuple[Fault, ...] = ()
    try:
        measure = QUESTIONS[name](fields)
    except Invalid as invalid:
        found = invalid.faults
    faults.extend(fault.under("inputs") for fault in (*found, *fields.close()))
    return measure


def _read_id(given: object, faults: list[Fault]) -> str | int | None:
    if isinstance(given, str) or is_whole_number(given):
        return given
    faults.append(Fault("id", "not_an_id", f"{figure(given)} names no measure: give a text."))
    return None
