"""A demo server of our own for measurements: founded in a folder, served on a free local port.

It runs as a process of its own, as it would for people; requests are in `client`.
"""

import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from server.bench.refusals import ServerDidNotStart

PALIER = (sys.executable, "-m", "server.cli")
TOWN_TIME = "2026-11-24T10:30"  # a working morning, the same for every measurement
FOUND_WITHIN, READY_WITHIN, STOP_WITHIN = 120, 60, 10  # seconds


@contextmanager
def running_demo(
    folder: Path, before: Callable[[Mapping[str, str]], object] | None = None
) -> Iterator[int]:
    """The port of a demo server that answers; it is stopped at the end.

    `before` may add to the founded town, whose settings it is given, before it is served.
    """
    settings = _founded(folder)
    if before is not None:
        before(settings)
    environment = os.environ | settings
    port, log = free_port(), folder / "server.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(  # noqa: S603 - our own words
            (*PALIER, "serve", "--port", str(port)), env=environment, stderr=output, stdout=output
        )
    try:
        if not _is_ready(server, port):
            raise ServerDidNotStart("starting", log.read_text(encoding="utf-8"))
        yield port
    finally:
        _stop(server)


def _founded(folder: Path) -> Mapping[str, str]:
    """Found the town; gives the settings with which it is served."""
    words = (*PALIER, "demo", "--prepare", "--data", str(folder), "--now", TOWN_TIME)
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            words, capture_output=True, text=True, timeout=FOUND_WITHIN, check=True
        )
    except subprocess.CalledProcessError as failed:
        raise ServerDidNotStart("founding its town", failed.stderr) from failed
    except subprocess.TimeoutExpired as slow:
        late = f"it was not done after {FOUND_WITHIN} s"
        raise ServerDidNotStart("founding its town", late) from slow
    lines = shlex.split(done.stdout)
    return dict(line.split("=", 1) for line in lines)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _is_ready(server: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
