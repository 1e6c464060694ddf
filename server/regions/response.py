"""Within how long a region means to be there where no agreement speaks, by severity.

They are the aims days are planned by; what was promised to somebody stands in agreements.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS
from server.regions.tables import Region

USUAL: Mapping[str, int] = MappingProxyType(
    {
        severity.value: row.aim_seconds // 60
        for severity, row in WEIGHTS.severities.items()
        if row.aim_seconds is not None
    }
)


def response_minutes(region: Region) -> dict[str, int]:
    """The minutes by severity; a severity without any waits for its day."""
    return {**USUAL, **region.response_minutes}


def aims_of(region: Region) -> dict[Severity, int]:
    """The same in seconds, as days are planned by them."""
    return {Severity(name): 60 * given for name, given in response_minutes(region).items()}


def own_minutes(given: Mapping[str, int]) -> dict[str, int]:
    """What of this is the region's own: what is as usual follows the usual."""
    return {name: minutes for name, minutes in given.items() if USUAL.get(name) != minutes}
