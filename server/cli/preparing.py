"""`palier warm`: compiling the optimiser ahead of time, once per machine.

What is compiled is in `dispatch.planning.engine` and `bound`; here a person is told why they wait.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import click

from dispatch.planning.bound import warm as compile_proof
from dispatch.planning.engine import warm as compile_all
from dispatch.planning.engine import warm_linked as compile_linked
from dispatch.planning.problem import Problem
from dispatch.planning.shapes import linked_jobs

NOTICED = 8.0  # seconds; reading what is compiled already takes less


def prepare_for(problem: Problem, *, is_proven: bool = False) -> None:
    """Have at hand, and say so if that takes long, all that planning this day takes."""
    prepare(is_linked=bool(linked_jobs(problem)), is_proven=is_proven)


def prepare(*, is_linked: bool = False, is_proven: bool = False) -> None:
    """Have the compiled optimiser at hand; say so on standard error if that takes long.

    With what only days of crews and order need, or a proof.
    """
    message = "Compiling the optimiser, once on this machine; this takes about a minute."
    notice = Timer(NOTICED, lambda: click.echo(message, err=True))
    notice.daemon = True
    notice.start()
    try:
        with _ended_at_once():
            compile_all()
            if is_linked:
                compile_linked()
            if is_proven:
                compile_proof()
    finally:
        notice.cancel()


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process: the compiler would take the interruption for a fault of its own.

    What is compiled until then is kept, each kernel whole.
    """
    earlier = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)


@click.command()
def warm() -> None:
    """Compile the optimiser now, so that no plan has to wait for it."""
    prepare(is_linked=True, is_proven=True)
    click.echo("The optimiser is ready.")
