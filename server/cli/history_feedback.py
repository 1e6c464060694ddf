"""What managers of the past said about work done for them, mostly nothing.

How often and how well is drawn in `dispatch.simulation.luck`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from dispatch.agreements import AgreementKind
from dispatch.clocks import Clock, ClockState
from dispatch.interventions import Decided
from dispatch.simulation import Luck, drawn
from server.accounts.schemas import Role
from server.experience.actions import MADE_IT_EASY
from server.experience.tables import Feedback
from server.interventions.tables import Intervention

CHANNELS = ("portal", "portal", "mail", "link")
WORDS: Mapping[int, tuple[str, ...]] = {
    1: ("Nobody told us anything all day.", "The third time this month.", "Nobody came for hours."),
    2: ("Too late, and nobody called.", "Runs again, but for how long?", ""),
    3: ("It took a while.", "", ""),
    4: ("Good work.", "", ""),
    5: ("Quick and friendly.", "Thank you!", "", ""),
}
SOONEST_MINUTES, LATEST_MINUTES = 20, 2 * 24 * 60


def feedback(
    row: Intervention, case: str, clocks: Iterable[Clock], *, seed: int, now: datetime
) -> Feedback | None:
    """What was said by now about an intervention that is over; nobody is asked about a round."""
    if row.decided != Decided.CLOSED.value or row.decided_at is None:
        return None
    states = {clock.state for clock in clocks if clock.party is AgreementKind.CUSTOMER}
    said = Luck(seed).answer(case, was_kept=ClockState.BREACHED not in states)
    draw = drawn(seed, "feedback", case)
    given_at = row.decided_at + timedelta(minutes=draw.randrange(SOONEST_MINUTES, LATEST_MINUTES))
    if said is None or given_at >= now:
        return None
    return Feedback(
        intervention_id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        role=Role.MANAGER.value,
        channel=draw.choice(CHANNELS),
        csat=said.csat,
        effort=said.effort,
        effort_wording=MADE_IT_EASY,
        comment=draw.choice(WORDS[said.csat]),
        is_irritated=said.is_irritated,
        given_at=given_at,
        replaced_at=None,
    )
