"""Generated files that are committed: is each one what would be generated now?

`python -m tests.generated` checks, `--write` writes them again.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPENAPI = ROOT / "pwa" / "lib" / "api" / "openapi.json"
TYPES = ROOT / "pwa" / "lib" / "api" / "schema.d.ts"
MAIL_WORDS = ROOT / "server" / "mail" / "words.json"
MAILED = ("asset_kind.", "portal.notice.", "portal.between.", "admin.notice.", "clock.", "party.")
PAPER_WORDS = ROOT / "server" / "reports" / "words.json"
ON_PAPER = (
    "portal.month.",
    "portal.credit.",
    "clock.",
    "cause.",
    "skill.",
    "admin.report.",
    "admin.figure.",
    "admin.measure.",
    "admin.measure_text.",
    "admin.outside.",
    "admin.capacity.",
    "admin.ledger.",
    "admin.level.",
    "admin.meeting.level",
    "admin.meeting.title",
    "admin.commitment.title",
    "admin.commitment.what",
    "admin.doing.missed",
    "admin.doing.reached",
    "admin.doing.standing",
    "admin.experience.rule.",
    "admin.experience.due",
    "admin.experience.no_improvements",
    "admin.experience.no_voices",
    "admin.experience.no_words",
    "admin.experience.owner",
    "admin.experience.their_words",
    "admin.experience.what_it_is",
    "admin.regions_of.every",
    "admin.site.critical",
    "admin.xla_part.",
    "word.region",
)


def _run(*command: str) -> str:
    return subprocess.run(  # noqa: S603 - our own words
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def write() -> None:
    """The API document from the server, the client's types from it; what mails and paper say."""
    OPENAPI.write_text(_run(sys.executable, "-m", "server.cli", "openapi"), encoding="utf-8")
    _run(sys.executable, "hatch_build.py", "types")
    MAIL_WORDS.write_text(_words(MAILED), encoding="utf-8")
    PAPER_WORDS.write_text(_words(ON_PAPER), encoding="utf-8")


def _words(beginnings: tuple[str, ...]) -> str:
    """Texts of the pages by language: a mail and a report on paper say what the page says."""
    said = {
        language: {
            key: text
            for folder in ("admin", "lib", "portal")
            for key, text in json.loads(
                (ROOT / "pwa" / "messages" / folder / f"{language}.json").read_text("utf-8")
            ).items()
            if key.startswith(beginnings)
        }
        for language in ("en", "es", "fr", "nl")
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def stale() -> list[Path]:
    """Committed files that differ from what is generated; they are left as they were."""
    before = {
        path: path.read_text(encoding="utf-8") for path in (OPENAPI, TYPES, MAIL_WORDS, PAPER_WORDS)
    }
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
