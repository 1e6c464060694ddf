"""What every test may ask for: nothing that needs a server lives here."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder that lives in memory, where a machine has one
ENOUGH_BYTES = 6 * 1024**3

settings.register_profile(
    "short", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("proof", max_examples=10_000, deadline=None)
settings.load_profile("short")


if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
    # Thousands of databases are made and dropped: on a disk that takes longer than the tests.
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


def pytest_configure(config: pytest.Config) -> None:
    """The long proofs run their properties long."""
    if "proof" in str(config.option.markexpr) and "not proof" not in str(config.option.markexpr):
        settings.load_profile("proof")
