"""`python -m server.cli` is `palier`."""

from server.cli import main

main(prog_name="palier")
