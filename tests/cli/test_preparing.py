"""`palier warm`, and that nothing else waits for the optimiser to be compiled."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from dispatch.planning import Job
from server.cli import main, preparing
from tests.dispatch.planning.makers import job, problem

QUICK = ("server.cli", "server.cli.sla", "dispatch.planning", "server.planning.candidates")


def test_the_optimiser_is_compiled_when_asked() -> None:
    result = CliRunner().invoke(main, ["warm"])
    assert result.exit_code == 0
    assert result.stdout == "The optimiser is ready.\n"


@pytest.mark.parametrize("module", QUICK)
def test_nobody_who_does_not_search_loads_the_compiler(module: str) -> None:
    asked = f"import sys, {module}; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0  # noqa: S603 - our own interpreter


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [([job()], []), ([job(crew=2)], ["linked"]), ([job("a"), job(after=("a",))], ["linked"])],
)
def test_what_only_crews_and_order_need_is_compiled_where_it_is_announced(
    jobs: list[Job], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(preparing, "compile_linked", lambda: asked.append("linked"))
    preparing.prepare_for(problem(jobs=jobs))
    assert asked == expected
