"""The codes a town's files refer to things by, and the ids they stand for in a database.

Writing things down is done in `town`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Codes:
    """What agreements refer to, by the codes the files use."""

    regions: Mapping[str, UUID]
    calendars: Mapping[str, UUID]
    customers: Mapping[str, UUID]
    sites: Mapping[str, UUID]
    assets: Mapping[str, UUID]

    def resolved(self, given: Any) -> Any:
        """A document of a town's files with ids in place of codes."""
        if isinstance(given, list):
            return [self.resolved(each) for each in given]
        if not isinstance(given, Mapping):
            return given
        places = {
            "region": self.regions,
            "calendar": self.calendars,
            "availability_calendar": self.calendars,
            "site": self.sites,
            "asset": self.assets,
        }
        made: dict[str, Any] = {}
        for name, value in given.items():
            if name in places:
                made[f"{name}_id"] = places[name][value]
            elif name == "sites":
                made["site_ids"] = [self.sites[each] for each in value]
            else:
                made[name] = self.resolved(value)
        return made
