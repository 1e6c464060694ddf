"""How many promises on one clock were kept, of those that came to be judged.

Which clock they were made on is the caller's choice; clocks are never mixed in one figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dispatch.measures.figures import Ratio


@dataclass(frozen=True, slots=True)
class Attainment:
    """Counts of promises by how they ended; the last four are printed, and outside the share.

    >>> Attainment(met=44, breached=3, open_overdue=1, excused_approved=1).ratio.text
    '91.66'
    """

    definition_ids: ClassVar = ("sla_attainment",)
    met: int
    breached: int
    open_overdue: int = 0
    open_not_due: int = 0
    excused_approved: int = 0
    cancelled: int = 0
    uncovered: int = 0

    @property
    def ratio(self) -> Ratio:
        """Met out of met and breached; open but overdue is breached already."""
        return Ratio(self.met, self.met + self.breached + self.open_overdue)

    def answer(self) -> dict[str, object]:
        """Give the share as plain JSON values.

        >>> Attainment(met=1, breached=2).answer()
        {'numerator': 1, 'denominator': 3, 'pct': '33.33'}
        """
        ratio = self.ratio
        return {"numerator": ratio.numerator, "denominator": ratio.denominator, "pct": ratio.text}
