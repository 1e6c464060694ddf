"""`palier warm`: compiling the optimiser ahead of time, once per machine.

What is compiled is in `dispatch.planning.engine` and `bound`; here a person is told why they wait.
"""

from threading import Timer

import click

from dispatch.planning.bound import warm as compile_proof
from dispatch.planning.engine import warm as compile_all
from dispatch.planning.engine import warm_linked as compile_linked

NOTICED = 8.0  # seconds; reading what is compiled already takes less


def prepare() -> None:
    """Have the compiled optimiser at hand; say so on standard error if that takes long."""
    message = "Compiling the optimiser, once on this machine; this takes about half a minute."
    notice = Timer(NOTICED, lambda: click.echo(message, err=True))
    notice.daemon = True
    notice.start()
    try:
        compile_all()
    finally:
        notice.cancel()


@click.command()
def warm() -> None:
    """Compile the optimiser now, so that no plan has to wait for it."""
    prepare()
    compile_linked()
    compile_proof()
    click.echo("The optimiser is ready.")
