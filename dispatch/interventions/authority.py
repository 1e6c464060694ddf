"""What a technician may decide alone on one intervention: an amount for parts and goodwill."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Authority:
    """`own` is what the technician may decide, EUR, None without a limit; `approved` by the office.

    >>> Authority(Decimal("200.00")).allows(Decimal("200.00"))
    True
    >>> Authority(Decimal("200.00")).allows(Decimal("200.01"))
    False
    >>> Authority(Decimal("200.00"), approved=Decimal("500.00")).allows(Decimal("200.01"))
    True
    """

    own: Decimal | None = None
    approved: Decimal | None = None

    @property
    def limit(self) -> Decimal | None:
        """Up to what the intervention may come to; an approval never takes anything away."""
        if self.own is None:
            return None
        return self.own if self.approved is None else max(self.own, self.approved)

    def allows(self, total: Decimal) -> bool:
        """Whether the intervention may come to this much."""
        return self.limit is None or total <= self.limit
