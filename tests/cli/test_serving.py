"""`palier serve` as a process: what answers starts afresh, and Ctrl-C ends it while it starts."""

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


def wait_for_its_worker(process: subprocess.Popen[str]) -> None:
    """Until there is a process that answers, with an interpreter of its own."""
    end = time.monotonic() + PATIENCE_SECONDS
    family = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not any(
        b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        for child in family.read_text(encoding="ascii").split()
    ):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "a copy of the process that started it, locks and all"
        time.sleep(0.1)


def test_what_answers_is_no_copy_of_the_process_that_started_it(
    serving: subprocess.Popen[str],
) -> None:
    wait_for_its_worker(serving)


def test_ctrl_c_while_it_starts_ends_it_without_a_word(serving: subprocess.Popen[str]) -> None:
    wait_for_its_worker(serving)
    os.killpg(serving.pid, signal.SIGINT)
    said, _ = serving.communicate(timeout=PATIENCE_SECONDS)
    assert (serving.returncode, said) == (0, "")
