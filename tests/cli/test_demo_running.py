"""`palier demo --live` as a process: the day turns while it runs, and Ctrl-C ends it cleanly."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

PATIENCE_SECONDS = 240
NIGHT, DAWN = "2026-11-22T23:57+01:00", "2026-11-23T06:12+01:00"
FURTHEST = "2026-12-06"
"""The last day anybody is rostered on, once the night before the 23rd is over."""


def started(data: Path, now: str) -> subprocess.Popen[str]:
    """The command in a process group of its own, as a terminal starts it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    words = ("demo", "--live", "--speed", "120", "--now", now, "--data", str(data))
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "server.cli", *words, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def asked(data: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{data / 'palier.db'}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def wait_until(process: subprocess.Popen[str], is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.5)


def count(data: Path, rows: str) -> int:
    """How many there are; none while the town is still being founded."""
    try:
        ((number,),) = asked(data, f"select count(*) from {rows}")  # noqa: S608 - our own words
    except sqlite3.OperationalError:
        return 0
    return int(str(number))


def interrupted(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C, which reaches the whole group; what the command said until it ended."""
    os.killpg(process.pid, signal.SIGINT)
    return process.communicate(timeout=PATIENCE_SECONDS)[0]


def lived_until(data: Path, now: str, rows: str) -> None:
    """Let a town live from an instant until it has such rows, end it, and look at what is left."""
    process = started(data, now)
    try:
        wait_until(process, lambda: count(data, rows) > 0)
        said = interrupted(process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert process.returncode == 0, said
    assert "Palier ready on" in said
    assert "Traceback" not in said, said
    assert count(data, rows) > 0
    assert asked(data, "pragma integrity_check") == [("ok",)]
    assert asked(data, "pragma foreign_key_check") == []


def test_somebody_is_sent_and_ctrl_c_ends_it_with_nothing_lost(
    tmp_path: Path,
) -> None:
    data = tmp_path / "demo"
    lived_until(data, DAWN, "visit where status in ('dispatched', 'accepted')")


@pytest.mark.proof
def test_a_day_begins_at_midnight_and_the_roster_grows(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    lived_until(data, NIGHT, f"shift where starts_at > '{FURTHEST}'")
