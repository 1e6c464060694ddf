"""A month's credit asked for in JSON: the fee, the rules, and what happened.

The rules are read in `dispatch.agreements`, where the money is worked out as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dispatch.agreements import Credit, ServiceMonth, credit, read_penalties
from dispatch.errors import Invalid
from dispatch.measures.fields import Fields


@dataclass(frozen=True, slots=True)
class CreditMeasure:
    """A credit as a measure: its lines and its amount, as texts to the cent."""

    definition_ids: ClassVar = ("credit",)
    credit: Credit

    def answer(self) -> dict[str, object]:
        """Give the line of every triggered rule, and what is owed, as plain JSON values.

        >>> from decimal import Decimal
        >>> CreditMeasure(Credit(Decimal("9.00"), (), None, Decimal("0.00"))).answer()
        {'lines': [], 'credit': '0.00'}
        """
        return {
            "lines": [
                {"kind": line.kind, "amount": str(line.amount)} for line in self.credit.lines
            ],
            "credit": str(self.credit.amount),
        }


def read_credit(fields: Fields) -> CreditMeasure | None:
    """Read the inputs of a credit and work it out; None when something in them is wrong.

    >>> asked = {"fee": "250.00", "rules": [{"kind": "per_breach", "percent": 5}], "breaches": 1}
    >>> read_credit(Fields(asked, {})).answer()["credit"]
    '12.50'
    """
    fee = fields.decimal("fee")
    terms = {key: fields.raw(key) for key in ("rules", "cap_percent")}
    penalties = read_penalties(terms, fields.faults)
    breaches, excused = fields.count("breaches", 0), fields.count("excused", 0)
    availability = fields.percent("availability")
    days = [
        None if fields.raw(key) is None else fields.count(key)
        for key in ("active_days", "month_days")
    ]
    if fee.is_finite() and fee < 0:
        fields.refuse("fee", "not_a_fee", f"{fee} is not a fee of 0.00 or more.")
    try:
        month = ServiceMonth(breaches, excused, availability, *days)
    except Invalid as invalid:
        fields.faults.extend(invalid.faults)
        return None
    return (
        None if penalties is None or fields.faults else CreditMeasure(credit(fee, penalties, month))
    )
