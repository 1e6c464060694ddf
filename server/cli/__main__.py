"""`python -m server.cli` is `palier`."""

from server.cli import main

if __name__ == "__main__":  # a process that reads apart loads this file as well
    main(prog_name="palier")
