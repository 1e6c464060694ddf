"""The published worked examples and the calendars they stand in."""

import json
from datetime import datetime
from pathlib import Path

from dispatch.hours import read_calendar

EXAMPLES = json.loads(
    (Path(__file__).parents[2] / "examples" / "sla_examples.json").read_text("utf-8")
)
CALENDARS = {name: read_calendar(given) for name, given in EXAMPLES["calendars"].items()}


def text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.strftime("%Y-%m-%dT%H:%M:%SZ")
