"""Whether two reports are likely about the same trouble: the same lift, or the same place.

Which reports are open is told; what becomes of likely duplicates a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A lift that stands still over a long weekend is reported again by whoever comes back to it.
LIKELY_WITHIN = timedelta(hours=72)
# What was ordered or planned by ourselves is nobody's second call.
ASKED_FOR = frozenset({"repair", "request"})


class Likeness(StrEnum):
    """Why two reports may be one; the likelier comes first."""

    SAME_ASSET = "same_asset"
    ASSET_UNKNOWN = "asset_unknown"
    SAME_SITE = "same_site"


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of a report: where, when, and what kind of work it asks for."""

    id: str
    site: str
    asset: str | None
    work_type: str
    reported_at: datetime


def likeness(one: Reported, other: Reported) -> Likeness | None:
    """Say why two open reports may be about the same trouble; none if they hardly are.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> call = Reported("1", "hotel", "lift-a", "repair", noon)
    >>> likeness(call, Reported("2", "hotel", None, "repair", noon)).value
    'asset_unknown'
    """
    if one.id == other.id or one.site != other.site:
        return None
    if not {one.work_type, other.work_type} <= ASKED_FOR:
        return None
    if abs(one.reported_at - other.reported_at) > LIKELY_WITHIN:
        return None
    if one.asset is None or other.asset is None:
        return Likeness.ASSET_UNKNOWN
    return Likeness.SAME_ASSET if one.asset == other.asset else Likeness.SAME_SITE


def alike(asked: Reported, others: Iterable[Reported]) -> list[tuple[Reported, Likeness]]:
    """List the likely duplicates of a report: the likeliest first, then the nearest in time.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> call = Reported("1", "hotel", "lift-a", "repair", noon)
    >>> again = Reported("2", "hotel", "lift-a", "repair", noon + timedelta(hours=2))
    >>> [(each.id, why.value) for each, why in alike(call, [call, again])]
    [('2', 'same_asset')]
    """
    found = [(each, likeness(asked, each)) for each in others]
    order = list(Likeness)
    return sorted(
        ((each, why) for each, why in found if why is not None),
        key=lambda pair: (order.index(pair[1]), abs(pair[0].reported_at - asked.reported_at)),
    )
