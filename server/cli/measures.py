"""`palier measures`: attainment, availability, experience and credits for a file of examples.

Questions are read and answered in `dispatch.measures`; here a file is opened and printed.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

import click

from dispatch.measures import read_measures
from server.cli.json_input import read_or_refuse


@click.command()
@click.argument("file", type=click.File("rb"))
def measures(file: BinaryIO) -> None:
    """Work out the measures and credits asked for in FILE. A dash reads standard input.

    FILE is JSON: {"calendars": {…}, "examples": [{"id", "measure", "inputs"}]}. The answer is JSON
    with the results in the same order. Shares are floored to 2 decimals, other figures rounded
    half up; what cannot be told is null. If anything in FILE is wrong, every fault is listed,
    nothing is answered, and the exit code is 2.
    """
    asked = read_or_refuse(file, read_measures, numbers=_exact)
    click.echo(json.dumps({"results": [each.answer() for each in asked]}, indent=1))


def _exact(text: str) -> Decimal | str:
    """Read a number without loss; one too long to hold stays text, and is refused by its path."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
