"""How the core says no: one fault of a value, and the refusal every room's errors descend from.

The concrete refusals live beside the rule they guard; wording for the web lives in the server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was given: where, which rule, and a sentence for who must mend it.

    >>> Fault("[1]", "window_too_late", "A day ends at minute 1440.").under("weekly.0").path
    'weekly.0[1]'
    """

    path: str
    code: str
    sentence: str

    def under(self, parent: str) -> Fault:
        """Return the same fault, seen from the value that holds this one."""
        joint = "." if parent and self.path and not self.path.startswith("[") else ""
        return Fault(f"{parent}{joint}{self.path}", self.code, self.sentence)


class Refusal(Exception):
    """Something the core declines to do, with the facts as attributes and a stable code."""

    code: ClassVar[str] = "refused"


class Invalid(Refusal):
    """A value that cannot exist, with every fault found and not only the first."""

    code = "invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path}: {fault.sentence}" for fault in self.faults))
