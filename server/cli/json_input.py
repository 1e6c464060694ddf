"""A JSON file of questions for the core: opened, read, or refused with every fault in it.

What the questions mean is known to the reader that is passed in.
"""

import json
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO, TypeVar

import click

from dispatch.errors import Fault, Invalid

BAD_INPUT = 2
Read = TypeVar("Read")


class BadInput(click.ClickException):
    """The faults of a file, one a line, for whoever wrote it."""

    exit_code = BAD_INPUT

    def __init__(self, *faults: Fault) -> None:
        lines = [f"{fault.path or 'file'}: {fault.sentence} ({fault.code})" for fault in faults]
        super().__init__("\n".join(["nothing was answered, because of this:", *lines]))


def read_or_refuse(
    file: BinaryIO, read: Callable[[object], Read], *, numbers: Callable[[str], object] = float
) -> Read:
    """Give what the reader makes of the file; `numbers` reads what has a point or an exponent.

    Raises `BadInput` with the faults of the file and of the reader together.
    """
    document, faults = _document(file, numbers)
    try:
        questions = read(document)
    except Invalid as invalid:
        raise BadInput(*faults, *invalid.faults) from None
    if faults:
        raise BadInput(*faults)
    return questions


def _document(file: BinaryIO, numbers: Callable[[str], object]) -> tuple[object, tuple[Fault, ...]]:
    """Parse the file; a key given twice is a fault, because JSON would drop the first unheard."""
    faults: list[Fault] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        given = dict(pairs)
        twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
        faults.extend(Fault(key, "key_twice", f"{key!r} is given twice.") for key in twice)
        return given

    try:
        document: object = json.loads(file.read(), object_pairs_hook=once, parse_float=numbers)
    except (ValueError, RecursionError) as error:
        fault = Fault("", "not_json", f"This is not JSON: {error}.")
        raise BadInput(fault) from error
    return document, tuple(faults)
