"""`palier warm`, and that nothing else waits for the optimiser to be compiled."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from server.cli import main

QUICK = ("server.cli", "server.cli.sla", "dispatch.planning", "server.planning.candidates")


def test_the_optimiser_is_compiled_when_asked() -> None:
    result = CliRunner().invoke(main, ["warm"])
    assert result.exit_code == 0
    assert result.stdout == "The optimiser is ready.\n"


@pytest.mark.parametrize("module", QUICK)
def test_nobody_who_does_not_search_loads_the_compiler(module: str) -> None:
    asked = f"import sys, {module}; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0  # noqa: S603 - our own interpreter
