"""The four clocks a promise can run on.

They stand at the foot of the ladder because agreements set them and pauses stop them.
"""

from enum import StrEnum


class ClockKind(StrEnum):
    """What is promised, named by the event that keeps the promise."""

    ACKNOWLEDGE = "acknowledge"  # a technician accepts
    RESPONSE = "response"  # a technician arrives
    SAFE = "safe"  # trapped people are free
    RESOLUTION = "resolution"  # the lift is back in service
