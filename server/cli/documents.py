"""Planning files given on the command line: opened, read, or refused with every fault in them.

What the documents mean is known to `dispatch.planning`.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from dispatch.errors import Fault, Invalid, Refusal
from dispatch.planning import UnknownJob

Document = TypeVar("Document")

File = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


class Declined(click.ClickException):
    """What was asked cannot be done; the message says why."""

    exit_code = 1


class BadInput(click.ClickException):
    """What was given is wrong; the message says where."""

    exit_code = 2


def read_document(path: Path, parse: Callable[[bytes], Document]) -> Document:
    """Give what stands in the file, `-` being standard input; raise `BadInput` with its faults."""
    raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        return parse(raw)
    except Invalid as refused:
        _bad_input(str(path), refused.faults)


def _bad_input(name: str, faults: tuple[Fault, ...]) -> NoReturn:
    lines = [f"{fault.path}: {fault.sentence} ({fault.code})" for fault in faults]
    raise BadInput("\n".join([f"{name} was refused.", *lines]))


@contextmanager
def declining() -> Iterator[None]:
    """Turn what the planner refuses into a message and an exit status."""
    try:
        yield
    except Invalid as refused:
        _bad_input("the plan", refused.faults)
    except UnknownJob as unknown:
        raise BadInput(str(unknown)) from unknown
    except Refusal as refusal:
        raise Declined(str(refusal)) from refusal
