"""`palier sla`: due instants for a file of deadline questions.

Questions are read and answered in `dispatch.clocks`; here a file is opened and printed.
"""

import json
from typing import BinaryIO

import click

from dispatch.clocks import read_checks
from server.cli.json_input import read_or_refuse


@click.command()
@click.argument("file", type=click.File("rb"))
def sla(file: BinaryIO) -> None:
    """Tell when each promise in FILE falls due, and why. A dash reads standard input.

    FILE is JSON: {"calendars": {…}, "checks": [{"id", "calendar", "start", "seconds", "pauses",
    "rel"}]}. The answer is JSON with the checks in the same order. If anything in FILE is wrong,
    every fault is listed, nothing is answered, and the exit code is 2.
    """
    checks = read_or_refuse(file, read_checks)
    answers = {"checks": [check.answer() for check in checks]}
    click.echo(json.dumps(answers, indent=1))
