"""What a refusal says in its one sentence."""

import pytest

from dispatch.errors import Fault
from server.kit.problems import Invalid

NEVER = Fault("", "never_open", "The calendar never opens.")
LATE = Fault("weekly.0", "too_late", "A day ends at minute 1440.")


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ([NEVER], "The calendar never opens."),
        ([LATE], "weekly.0: A day ends at minute 1440."),
        ([LATE, NEVER], "weekly.0: A day ends at minute 1440. (and 1 more)"),
    ],
)
def test_the_first_fault_is_told_and_the_others_are_counted(
    faults: list[Fault], sentence: str
) -> None:
    assert Invalid(faults).detail == sentence
