"""The real server on a folder of demo data, which may be killed and started again at any moment."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE_SECONDS = 90


@dataclass(slots=True)
class Office:
    """The real server on one folder of data; killed and started again it is the same office."""

    folder: Path
    port: int = 0
    seconds_later: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "palier.db"

    @property
    def most_memory(self) -> int:
        """The most bytes it has held at once since its peak was forgotten."""
        told = self._told("status").read_text(encoding="ascii")
        found = next(line for line in told.splitlines() if line.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024

    def forgets_its_peak(self) -> int:
        """Count the most memory from here on; the bytes it holds now."""
        self._told("clear_refs").write_text("5", encoding="ascii")
        return self.most_memory

    def _told(self, name: str) -> Path:
        """Of the process that answers: the one that was started only watches over it."""
        assert self._process is not None
        watch = self._process.pid
        children = Path(f"/proc/{watch}/task/{watch}/children").read_text(encoding="ascii")
        return Path(f"/proc/{children.split()[0]}/{name}")

    def start(self) -> None:
        """Open, at a time that may be some seconds after the demo's."""
        self.port = self.port or free_port()
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "server.cli", "serve", "--port", str(self.port)],
            env=os.environ | settings_of(self.folder, seconds_later=self.seconds_later),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(self.address, self._process)

    def kill(self) -> None:
        """As when the power fails: nothing is finished, nobody says goodbye."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def settings_of(folder: Path, *, seconds_later: int) -> dict[str, str]:
    """What `palier serve` needs to be the demo in this folder, some time after it was founded."""
    when = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return {
        "PALIER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'palier.db'}",
        "PALIER_DEMO": "1",
        "PALIER_DEMO_OFFSET_SECONDS": str(when["offset_seconds"] + seconds_later),
    }


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until this server says that it is ready."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the demo ended at once"
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"no demo on {address} after {PATIENCE_SECONDS} s")
