"""How days of the past were for technicians: some said so, most of them contented."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from dispatch.measures.satisfaction import BEST_SATISFACTION, LOWEST
from dispatch.roster import Shift, ShiftKind
from dispatch.simulation import drawn
from server.experience.tables import Pulse, PulseGiven
from server.roster.tables import Technician

ANSWERED = 0.4
CONTENTED, SPREAD = 3.7, 0.9
GOOD = 4
WEIGHED = ("travel", "parts", "time", "access", "planning")


def pulses(
    shifts: Iterable[Shift], technicians: Mapping[str, Technician], zone: ZoneInfo, *, seed: int
) -> Iterator[tuple[Pulse, PulseGiven]]:
    """What was said of days with a shift: for each day the answer, and apart whose it was."""
    days = {
        (shift.technician_id, shift.starts_at.astimezone(zone).date())
        for shift in shifts
        if shift.kind is ShiftKind.SHIFT
    }
    for code, day in sorted(days):
        draw = drawn(seed, "pulse", code, day.isoformat())
        if draw.random() >= ANSWERED:
            continue
        score = min(BEST_SATISFACTION, max(LOWEST, round(draw.gauss(CONTENTED, SPREAD))))
        technician = technicians[code]
        yield (
            Pulse(
                region_id=technician.region_id,
                day=day,
                score=score,
                weighs="nothing" if score >= GOOD else draw.choice(WEIGHED),
            ),
            PulseGiven(technician_id=technician.id, day=day),
        )
