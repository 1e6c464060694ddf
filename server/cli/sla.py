"""`palier sla`: due instants for a file of deadline questions.

Questions are read and answered in `dispatch.clocks`; here a file is opened and printed.
"""

import json
from collections import Counter
from typing import BinaryIO

import click

from dispatch.clocks import read_checks
from dispatch.errors import Fault, Invalid

BAD_INPUT = 2


@click.command()
@click.argument("file", type=click.File("rb"))
def sla(file: BinaryIO) -> None:
    """Tell when each promise in FILE falls due, and why. A dash reads standard input.

    FILE is JSON: {"calendars": {…}, "checks": [{"id", "calendar", "start", "seconds", "pauses",
    "rel"}]}. The answer is JSON with the checks in the same order. If anything in FILE is wrong,
    every fault is listed, nothing is answered, and the exit code is 2.
    """
    document, faults = _document(file)
    try:
        checks = read_checks(document)
    except Invalid as invalid:
        raise BadInput(*faults, *invalid.faults) from None
    if faults:
        raise BadInput(*faults)
    answers = {"checks": [check.answer() for check in checks]}
    click.echo(json.dumps(answers, indent=1))


class BadInput(click.ClickException):
    """The faults of a file, one a line, for whoever wrote it."""

    exit_code = BAD_INPUT

    def __init__(self, *faults: Fault) -> None:
        lines = [f"{fault.path or 'file'}: {fault.sentence} ({fault.code})" for fault in faults]
        super().__init__("\n".join(["nothing was answered, because of this:", *lines]))


def _document(file: BinaryIO) -> tuple[object, tuple[Fault, ...]]:
    """Parse the file; a key given twice is a fault, because JSON would drop the first unheard."""
    faults: list[Fault] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        given = dict(pairs)
        twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
        faults.extend(Fault(key, "key_twice", f"{key!r} is given twice.") for key in twice)
        return given

    try:
        document: object = json.loads(file.read(), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        fault = Fault("", "not_json", f"This is not JSON: {error}.")
        raise BadInput(fault) from error
    return document, tuple(faults)
