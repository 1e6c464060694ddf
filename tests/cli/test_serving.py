"""`palier serve` as a process: what answers starts afresh."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE_SECONDS = 90


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command in a process group of its own, as a terminal starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "serve", "--port", "0"],
        env={**os.environ, "PALIER_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_what_answers_is_no_copy_of_the_process_that_started_it(
    serving: subprocess.Popen[str],
) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children")
    while not any(
        b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        for child in children.read_text(encoding="ascii").split()
    ):
        assert serving.poll() is None, serving.communicate()[0]
        assert time.monotonic() < end, "it has the locks of whatever ran beside it"
        time.sleep(0.1)
