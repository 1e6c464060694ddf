"""How a search stands while it goes on: what its best plan costs, keeps and leaves out.

Who shows it, and how often, is the caller's.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """The best plan so far, after so many seconds of search.

    >>> Standing(seconds=2.5, total=90_000, jobs=120, late=3, unassigned=1).on_time
    116
    """

    seconds: float
    total: int
    jobs: int
    late: int
    unassigned: int

    @property
    def on_time(self) -> int:
        """How many jobs are served, and none of them after it is due."""
        return self.jobs - self.unassigned - self.late


Progress = Callable[[Standing], None]
