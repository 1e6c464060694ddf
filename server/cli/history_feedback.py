"""What managers of the past said about work done for them, mostly nothing.

How often and how well is drawn in `dispatch.simulation.luck`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import uuid_utils.compat

from dispatch.agreements import AgreementKind
from dispatch.clocks import Clock, ClockState
from dispatch.interventions import Decided
from dispatch.simulation import Luck, drawn
from server.accounts.schemas import Role
from server.cli.history_rows import OFFICE
from server.experience.actions import MADE_IT_EASY
from server.experience.irritation_actions import IRRITATION
from server.experience.tables import Feedback, Irritation
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
TALKED_ABOUT_AFTER = timedelta(days=3)


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
        id=uuid_utils.compat.uuid7(),
        intervention_id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        role=Role.MANAGER.value,
        channel=draw.choice(CHANNELS),
        csat=said.csat,
        effort=said.effort,
        effort_wording=MADE_IT_EASY,
        comment=draw.choice(WORDS[2 if said.is_irritated else said.csat]),
        is_irritated=said.is_irritated,
        given_at=given_at,
        replaced_at=None,
    )


def irritation(given: Feedback, now: datetime) -> Irritation:
    """What an unhappy answer asks to be talked about; only the latest still waits."""
    over_at = given.given_at + TALKED_ABOUT_AFTER
    is_over = over_at < now
    return Irritation(
        intervention_id=given.intervention_id,
        region_id=given.region_id,
        customer_id=given.customer_id,
        site_id=given.site_id,
        role=given.role,
        kind=IRRITATION,
        text=given.comment,
        raised_at=given.given_at,
        feedback_id=given.id,
        improvement_id=None,
        closed_at=over_at if is_over else None,
        closed_reason="Called, and it was put right." if is_over else "",
        closed_by_name=OFFICE.name if is_over else "",
    )
