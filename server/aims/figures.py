"""Our own figures under one agreement, measured over three months: what aims are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from dispatch.agreements import months_later
from dispatch.measures import Ratio
from dispatch.measures.figures import mean_text, percent_text
from dispatch.measures.watermelon import FEWEST_ANSWERS
from server.accounts.scope import Scope
from server.agreements.tables import Agreement
from server.kit.database import AnySession
from server.measures.cases import Wanted
from server.measures.felt import Felt, felt_about
from server.measures.objectives import MEANS, covered_by
from server.measures.promises_kept import attainments

MEASURED_MONTHS = 3
KEPT = "sla_attainment"


@dataclass(frozen=True, slots=True)
class Own:
    """What was kept on each clock and what was felt on `[from_day, to_day)`."""

    from_day: date
    to_day: date
    felt: Felt
    kept: Mapping[str, Ratio]

    def exact(self, measure: str, clock: str | None) -> Fraction | None:
        if measure == KEPT:
            return self.kept[clock or ""].percent
        return self.felt.exact(measure)

    def text(self, measure: str, clock: str | None) -> str | None:
        figure = self.exact(measure, clock)
        if figure is None:
            return None
        return mean_text(figure) if measure in MEANS else percent_text(figure)

    def rests_on(self, measure: str, clock: str | None) -> int:
        return (
            self.kept[clock or ""].denominator if measure == KEPT else self.felt.rests_on(measure)
        )

    def state(self, measure: str, clock: str | None, at_least: Decimal) -> str:
        """Whether a measure reaches its least; unknown on fewer than five."""
        figure = self.exact(measure, clock)
        if figure is None or self.rests_on(measure, clock) < FEWEST_ANSWERS:
            return "unknown"
        return "met" if figure >= Fraction(at_least) else "not_met"


async def own_figures(session: AnySession, scope: Scope, row: Agreement, now: datetime) -> Own:
    """Of what was reported in the last three months and an agreement covers."""
    to_day = now.astimezone(UTC).date() + timedelta(days=1)
    wanted = Wanted(months_later(to_day, -MEASURED_MONTHS), to_day, customer_id=row.customer_id)
    _, covered = await covered_by(session, scope, row.id, wanted, now=now)
    kept = {
        each.clock or "": Ratio(each.numerator or 0, each.denominator or 0)
        for each in attainments(covered)
    }
    return Own(wanted.from_day, to_day, await felt_about(session, covered, now), kept)
