"""Days and quarters of a region lived by chance: calls, drives and mishaps, planned by the core.

Nothing is stored and nobody is sent anywhere; feeding what was lived to a server is the server's.
"""

from dispatch.simulation.calls import Call, draw_calls, work_seconds
from dispatch.simulation.case import Case, Passage
from dispatch.simulation.feasibility import Feasibility, Lot, feasibility
from dispatch.simulation.figures import (
    NOTHING_HAPPENS,
    ORDINARY_CHANCES,
    ORDINARY_DEMAND,
    Chances,
    Demand,
)
from dispatch.simulation.life import Life, Lived
from dispatch.simulation.luck import Luck, drawn
from dispatch.simulation.office import Planner, from_scratch, live
from dispatch.simulation.outcome import Kept, Outcome, Tally
from dispatch.simulation.territory import Lift, Territory, shifts_by_technician
from dispatch.simulation.world import Happening, World

__all__ = [
    "NOTHING_HAPPENS",
    "ORDINARY_CHANCES",
    "ORDINARY_DEMAND",
    "Call",
    "Case",
    "Chances",
    "Demand",
    "Feasibility",
    "Happening",
    "Kept",
    "Life",
    "Lift",
    "Lived",
    "Lot",
    "Luck",
    "Outcome",
    "Passage",
    "Planner",
    "Tally",
    "Territory",
    "World",
    "draw_calls",
    "drawn",
    "feasibility",
    "from_scratch",
    "live",
    "shifts_by_technician",
    "work_seconds",
]
