"""Generated files that are committed: is each one what would be generated now?

`python -m tests.generated` checks, `--write` writes them again.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPENAPI = ROOT / "pwa" / "lib" / "api" / "openapi.json"
TYPES = ROOT / "pwa" / "lib" / "api" / "schema.d.ts"


def _run(*command: str) -> str:
    return subprocess.run(  # noqa: S603 - our own words
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def write() -> None:
    """The API document from the server, the client's types from the document."""
    OPENAPI.write_text(_run(sys.executable, "-m", "server.cli", "openapi"), encoding="utf-8")
    _run(sys.executable, "hatch_build.py", "types")


def stale() -> list[Path]:
    """Committed files that differ from what is generated; they are left as they were."""
    before = {path: path.read_text(encoding="utf-8") for path in (OPENAPI, TYPES)}
    write()
    changed = [path for path in before if path.read_text(encoding="utf-8") != before[path]]
    for path in changed:
        path.write_text(before[path], encoding="utf-8")
    return changed


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    elif old := stale():
        names = ", ".join(str(path.relative_to(ROOT)) for path in old)
        sys.exit(f"Stale: {names}. Run `make client` and commit what changes.")
