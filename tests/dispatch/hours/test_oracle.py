"""The clock against a scan that looks at every second of a fortnight."""

from datetime import UTC, date, datetime, timedelta
from random import SystemRandom

import pytest

from dispatch.hours import due, elapsed, left_when_paused, open_spans, relative_due
from tests.dispatch.hours.draws import DAYS, FORTNIGHTS, Case, cases
from tests.dispatch.hours.scan import BeyondTheScan, Scan

SHORT, LONG, FRESH = 15, 280, 20  # cases in each fortnight; 17 x (280 + 20) = 5,100
Answers = dict[str, object]


def asked(case: Case, target: int) -> Answers:
    """What the product answers."""
    middle = datetime.combine(case.first, datetime.min.time(), UTC)
    return {
        "due": due(case.calendar, case.start, target, case.pauses),
        "left": left_when_paused(case.calendar, case.start, target, case.pauses),
        "elapsed": elapsed(case.calendar, case.start, case.start + timedelta(days=9), case.pauses),
        "spans": open_spans(case.calendar, middle, middle + timedelta(days=DAYS - 2)),
        "named": relative_due(case.calendar, case.start, case.named, case.pauses),
    }


def scanned(case: Case, scan: Scan, target: int) -> Answers:
    """What is seen by looking; without the named day if it lies beyond the fortnight."""
    middle = datetime.combine(case.first, datetime.min.time(), UTC)
    seen: Answers = {
        "due": scan.due(target),
        "left": scan.left(target),
        "elapsed": scan.elapsed(case.start + timedelta(days=9)),
        "spans": scan.open_spans(middle, middle + timedelta(days=DAYS - 2)),
    }
    try:
        seen["named"] = scan.named_due()
    except BeyondTheScan:
        return seen
    return seen


def agree(seed: object, zone: str, first: date, count: int) -> None:
    for case in cases(seed, zone, first, count):
        scan = Scan(case)
        target = scan.target()
        seen = scanned(case, scan, target)
        answers = asked(case, target)
        differing = {
            name: (answers[name], each) for name, each in seen.items() if answers[name] != each
        }
        assert differing == {}, f"seed {seed}, target {target}: {case}"


@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS)
def test_every_answer_of_the_clock_agrees_with_the_scan(zone: str, first: date) -> None:
    agree("palier", zone, first, SHORT)


@pytest.mark.proof
@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS)
def test_thousands_of_answers_agree_with_the_scan(zone: str, first: date) -> None:
    agree("proof", zone, first, LONG)
    agree(SystemRandom().getrandbits(64), zone, first, FRESH)
