"""The real server on a folder of demo data, which may be killed and started again at any moment."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE_SECONDS = 90
PER_TRY_SECONDS = 5
PAUSE_SECONDS = 0.2


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
        return next(at for at in _family(self._process.pid) if _is_worker(at)) / name

    def start(self) -> None:
        """Open, at a time that may be some seconds after the demo's."""
        self.port = self.port or free_port()
        settings = settings_of(self.folder, seconds_later=self.seconds_later)
        self._process = started(self.folder, self.port, "serve", settings=settings)

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


def started(
    folder: Path, port: int, *words: str, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """`palier` with these words once it is ready; what it logs stands beside its folder."""
    with folder.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "server.cli", *words, "--port", str(port)],
            # Told to abort, each of its processes logs where its threads stand.
            env={**os.environ, **settings, "PYTHONFAULTHANDLER": "1"},
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    _wait_for(f"http://127.0.0.1:{port}/readyz", process, Path(log.name))
    return process


def _wait_for(ready: str, process: subprocess.Popen[bytes], log: Path) -> None:
    # Counted by what is tried: a machine that stood still finds its clock gone on.
    patience, told = float(PATIENCE_SECONDS), ""
    while patience > 0:
        assert process.poll() is None, f"it ended at once: {log.read_text(encoding='utf-8')}"
        try:
            answer = httpx.get(ready, timeout=PER_TRY_SECONDS)
            if answer.is_success:
                return
            told = answer.text
        except httpx.TransportError as failed:
            told = repr(failed)
            patience -= PER_TRY_SECONDS if isinstance(failed, httpx.TimeoutException) else 0
        patience -= PAUSE_SECONDS
        time.sleep(PAUSE_SECONDS)
    for at in sorted(_family(process.pid), key=_is_worker):  # whoever did not answer speaks last
        os.kill(int(at.name), signal.SIGABRT)
    process.wait(30)
    raise AssertionError(f"{ready}: {told}\n{log.read_text(encoding='utf-8')}")


def _family(process_id: int) -> Iterator[Path]:
    """This process and all it started, as they stand in `/proc`."""
    at = Path(f"/proc/{process_id}")
    yield at
    for child in (at / f"task/{process_id}/children").read_text(encoding="ascii").split():
        yield from _family(int(child))


def _is_worker(at: Path) -> bool:
    return b"spawn_main" in (at / "cmdline").read_bytes()
