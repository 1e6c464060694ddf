"""Finding a Chromium for the browser tests, or installing one: `python -m tests.chromium`.

Debian's package when root, Playwright's download elsewhere; a clear sentence when neither works.
"""

import os
import shutil
import subprocess
import sys

from server.bench.chromium import found

DEBIAN = ("chromium", "fonts-liberation")
NONE = """\
No Chromium was found and none could be installed, so the browser tests cannot run.
Do one of these and run `make test` again:
  - on Debian or Ubuntu, as root: apt-get install chromium
  - elsewhere: .venv/bin/playwright install chromium
  - or set CHROMIUM to the path of a Chromium or Chrome you have."""


def installed() -> str | None:
    """Install one where this is possible; the path or None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN)
    else:
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return found()


def _run(*command: str) -> None:
    print("$", *command, flush=True)  # noqa: T201 - a person waits and wants to see why
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    browser = found() or installed()
    if browser is None:
        sys.exit(NONE)
    print(f"Chromium: {browser}")  # noqa: T201
