"""A real server process: an endless stream cannot be tested inside the test's own loop."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.server.company import Company
from tests.server.interventions.conftest import (
    copied_town,
    postgresql_copy,
    postgresql_town,
    sqlite_copy,
    sqlite_town,
    town,
)

__all__ = [
    "copied_town",
    "postgresql_copy",
    "postgresql_town",
    "sqlite_copy",
    "sqlite_town",
    "town",
]

PATIENCE_SECONDS = 90
COMMANDS = {
    "granian": ["-m", "server.cli", "serve", "--port"],
    "uvicorn": [
        *("-m", "uvicorn", "--factory", "server.app:from_environment", "--log-level", "warning"),
        *("--timeout-graceful-shutdown", "3", "--port"),
    ],
}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(database_url: str, *, server: str = "granian") -> Iterator[str]:
    """Serve this database until the block ends; the address."""
    port = free_port()
    environment = {**os.environ, "PALIER_DATABASE_URL": database_url}
    process = subprocess.Popen([sys.executable, *COMMANDS[server], str(port)], env=environment)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended at once"
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no server on {address} after {PATIENCE_SECONDS} s")


@pytest.fixture
def address(database_url: str, company: Company) -> Iterator[str]:  # noqa: ARG001 - founded first
    with serving(database_url) as running:
        yield running
