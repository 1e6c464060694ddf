"""Two answers propose how bad a call is, and never that the worse one counts for less."""

import pytest

from dispatch.agreements import Severity
from dispatch.agreements.severity_matrix import (
    USUAL_MATRIX,
    Impact,
    Matrix,
    Urgency,
    matrix_faults,
    proposed,
)


def _but(impact: Impact, urgency: Urgency, severity: str) -> Matrix:
    changed = {**USUAL_MATRIX[impact], urgency: Severity(severity)}
    return {**USUAL_MATRIX, impact: changed}


def test_what_the_house_usually_says_has_no_faults() -> None:
    assert list(matrix_faults(USUAL_MATRIX)) == []
    assert proposed(USUAL_MATRIX, Impact.PERSON, Urgency.LATER) is Severity.ENTRAPMENT


@pytest.mark.parametrize(
    ("impact", "urgency", "severity", "path", "code"),
    [
        (Impact.PERSON, Urgency.LATER, "S2", "person.later", "only_people"),
        (Impact.STOPPED, Urgency.NOW, "S1", "stopped.now", "only_people"),
        (Impact.NONE, Urgency.NOW, "S2", None, None),
        (Impact.NONE, Urgency.TODAY, "S3", "none.today", "out_of_order"),
        (Impact.LIMITED, Urgency.TODAY, "S2", None, None),
        (Impact.LIMITED, Urgency.LATER, "S2", "limited.later", "out_of_order"),
    ],
)
def test_a_matrix_keeps_the_order_of_what_is_worse(
    impact: Impact, urgency: Urgency, severity: str, path: str | None, code: str | None
) -> None:
    found = [(each.path, each.code) for each in matrix_faults(_but(impact, urgency, severity))]
    assert found[:1] == ([] if path is None else [(path, code)])
