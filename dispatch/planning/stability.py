"""How much of what was announced may move, and what each change of promise costs.

Counting the changes of a plan is in `rules`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stability:
    """Cost per promise moved, seconds a start may slip unnoticed, and how many may move at all.

    >>> Stability().budget is None
    True
    """

    move_cost: int = 0
    tolerance: int = 0
    budget: int | None = None
