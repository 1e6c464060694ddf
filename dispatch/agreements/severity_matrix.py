"""How bad a call sounds: whom it touches and how much it presses, answered before anybody looked.

The dispatcher has the last word; what the answers proposed is kept beside it.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from dispatch.agreements.severity import Severity
from dispatch.errors import Fault


class Impact(StrEnum):
    """Whom or what it touches, worst first."""

    PERSON = "person"  # somebody is trapped or hurt
    STOPPED = "stopped"  # nobody can use it
    LIMITED = "limited"  # it works, not as it should
    NONE = "none"  # nothing is wrong, somebody wants something


class Urgency(StrEnum):
    """How much it presses, most first."""

    NOW = "now"  # danger, or somebody who cannot do without it
    TODAY = "today"
    LATER = "later"


Matrix = Mapping[Impact, Mapping[Urgency, Severity]]


def _row(now: Severity, today: Severity, later: Severity) -> Mapping[Urgency, Severity]:
    return MappingProxyType({Urgency.NOW: now, Urgency.TODAY: today, Urgency.LATER: later})


_S1, _S2, _S3, _S4 = Severity
USUAL_MATRIX: Matrix = MappingProxyType(
    {
        Impact.PERSON: _row(_S1, _S1, _S1),
        Impact.STOPPED: _row(_S2, _S2, _S3),
        Impact.LIMITED: _row(_S2, _S3, _S3),
        Impact.NONE: _row(_S4, _S4, _S4),
    }
)


def proposed(matrix: Matrix, impact: Impact, urgency: Urgency) -> Severity:
    """The severity two answers propose.

    >>> proposed(USUAL_MATRIX, Impact.STOPPED, Urgency.LATER).value
    'S3'
    """
    return matrix[impact][urgency]


def matrix_faults(matrix: Matrix) -> Iterator[Fault]:
    """What would let the worse call count for less.

    Somebody trapped is never anything but S1, nothing else is; what touches more, or presses
    more, is never less severe.
    """
    for impact in Impact:
        for urgency in Urgency:
            is_person = impact is Impact.PERSON
            if (matrix[impact][urgency] is Severity.ENTRAPMENT) is not is_person:
                sentence = "S1 is for people trapped or hurt, and for them always."
                yield Fault(f"{impact}.{urgency}", "only_people", sentence)
    for worse, better in pairwise(Impact):
        for urgency in Urgency:
            if matrix[better][urgency] < matrix[worse][urgency]:
                sentence = "This is more severe than what touches more."
                yield Fault(f"{better}.{urgency}", "out_of_order", sentence)
    for impact in Impact:
        for sooner, later in pairwise(Urgency):
            if matrix[impact][later] < matrix[impact][sooner]:
                sentence = "This is more severe than what presses more."
                yield Fault(f"{impact}.{later}", "out_of_order", sentence)
