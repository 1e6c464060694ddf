"""How bad it is, from a trapped person to a wish.

What each severity is promised stands in an agreement's targets.
"""

from enum import StrEnum


class Severity(StrEnum):
    """Worst first; the value is what people write and say."""

    ENTRAPMENT = "S1"
    OUT_OF_SERVICE = "S2"
    DEGRADED = "S3"
    REQUEST = "S4"
