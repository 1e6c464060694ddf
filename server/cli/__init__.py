"""The command line: one command, `palier`, in plain words.

Each command's module holds its options and its wording; the work is done elsewhere.
"""

from importlib import import_module
from keyword import iskeyword

import click

COMMANDS = {
    "assign": "planning",
    "bench": "bench",
    "check": "planning",
    "demo": "demo",
    "diff": "explaining",
    "explain": "explaining",
    "export": "exporting",
    "extract": "extracts",
    "feasibility": "simulating",
    "import": "importing",
    "key": "people",
    "mail": "mailing",
    "measures": "measures",
    "migrate": "serving",
    "openapi": "serving",
    "recommend": "planning",
    "replay": "replaying",
    "rules": "explaining",
    "serve": "serving",
    "simulate": "simulating",
    "sla": "sla",
    "solve": "planning",
    "user": "people",
    "warm": "preparing",
}


class Palier(click.Group):
    """Loads a command's module when it is called, so that `palier sla` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        # Python keeps some words for itself: `palier import` is `import_` in its module.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(f"server.cli.{COMMANDS[cmd_name]}"), name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=Palier, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="palier")
def main() -> None:
    """Palier keeps the promises of a field-service company: who goes where, and when."""
